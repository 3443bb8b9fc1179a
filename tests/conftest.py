"""What every test stands on: the database, the guards around a flush, strict templates, the browser."""

import os
import sys
from pathlib import Path

import hypothesis
import pytest
from django.apps import apps
from django.conf import settings as django_settings
from django.contrib.auth.models import Group
from django.core import serializers
from django.db import connection
from django.db.models.signals import post_migrate
from django.template import engines
from django.template.base import Node
from django.utils import translation
from playwright.sync_api import sync_playwright

from proposals.guards import drop_guards

from .chromium import launch

# The same examples on every machine, and no example database left behind.
hypothesis.settings.register_profile("openmuni", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("openmuni")

# Strong hashes are slow on purpose; tests sign in hundreds of times.
django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """A test in the browser runs on one database only: what it shows does not depend on it."""
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker("once")


# --- Database -------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory, django_db_modify_db_settings_parallel_suffix):
    """SQLite tests write to a file of their own, so that two runs at once do not meet in it."""
    if connection.vendor == "sqlite":
        test_file = tmp_path_factory.mktemp("database") / "test.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(test_file)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """After each flush, put back the groups that a migration has made."""
    with django_db_blocker.unblock():
        groups = serializers.serialize("json", Group.objects.all(), use_natural_foreign_keys=True)

    def put_groups_back(sender, **kwargs):
        for group in serializers.deserialize("json", groups):
            group.save()

    # The last app's turn: by then the permissions are there again.
    last_app = [app for app in apps.get_app_configs() if app.models_module][-1]
    post_migrate.connect(put_groups_back, sender=last_app, weak=False)
    yield
    post_migrate.disconnect(put_groups_back, sender=last_app)


@pytest.fixture(autouse=True)
def _flush_passes_the_guards(request):
    """Drop the guards before a flush empties the tables; its post_migrate signal re-creates them."""
    marker = request.node.get_closest_marker("django_db")
    flushes = bool(marker and marker.kwargs.get("transaction")) or bool(
        {"transactional_db", "live_server", "django_db_reset_sequences"} & {*request.fixturenames}
    )
    if flushes:
        # Asked for first, so that it is torn down after this fixture.
        request.getfixturevalue("transactional_db")
    yield
    if flushes:
        drop_guards(connection)


@pytest.fixture(autouse=True)
def _begins_in_arabic():
    """A request leaves its language active in the thread; no test, and no fixture of a module, begins in it."""
    with translation.override(django_settings.LANGUAGE_CODE):
        yield


# --- Templates ------------------------------------------------------------------------------


class UndefinedVariable(str):
    """Django's string_if_invalid: fails the test that prints an unknown variable in our templates.

    Other people's templates (the admin's, crispy's) rely on unknown variables being empty.
    """

    __slots__ = ()
    ours = Path(django_settings.BASE_DIR) / "templates"

    def __bool__(self):
        # True where Django asks whether to use it; False where a template tests a value, so that a
        # missing one-to-one object stays false in {% if %}.
        return sys._getframe(1).f_code.co_name == "resolve"

    def __contains__(self, part):
        return part == "%s"

    def __mod__(self, variable):
        node = _node_being_rendered(sys._getframe(1))
        if node and Path(node.origin.name).is_relative_to(self.ours):
            place = f"{node.origin.name}:{node.token.lineno}"
            pytest.fail(f"undefined template variable {variable} in {place}", pytrace=False)
        return ""


def _node_being_rendered(frame):
    """The template node nearest to `frame` in the stack of calls."""
    while frame:
        node = frame.f_locals.get("self")
        if isinstance(node, Node) and hasattr(node, "origin"):
            return node
        frame = frame.f_back
    return None


@pytest.fixture(autouse=True, scope="session")
def _templates_are_strict():
    engines["django"].engine.string_if_invalid = UndefinedVariable()


# --- Browser --------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def chromium():
    """The system's Chromium, one for the whole run."""
    # Playwright's event loop runs in this thread, where Django would refuse its own calls.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def page_for(chromium, live_server):
    """Open a page of the live site: page_for(width, locale, java_script) → a Playwright page.

    The test fails if a page breaks the content security policy, raises a script error or asks
    another host for anything.
    """
    contexts, faults = [], []

    def heed_console(message):
        if "Content Security Policy" in message.text:
            faults.append(message.text)

    def heed_request(asked):
        if not asked.url.startswith((live_server.url, "data:", "blob:")):
            faults.append(f"asked for {asked.url}")

    def open_page(width=360, locale="ar-MA", java_script=True):
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 780},
            locale=locale,
            timezone_id="Africa/Casablanca",
            java_script_enabled=java_script,
        )
        context.set_default_timeout(15_000)
        context.on("console", heed_console)
        context.on("request", heed_request)
        context.on("weberror", lambda error: faults.append(str(error.error)))
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    assert not faults
