"""What tests/conftest.py promises to every other test."""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection
from django.template import Context, Origin, Template, engines

from proposals.guards import GUARDS, standing_guards
from tests.factories import make_actor, make_plan, make_proposal, make_step

from .sources import ROOT


def render(text, place="templates/page.html", **context):
    """Render `text` as if it were the template at `place`."""
    origin = Origin(str(ROOT / place))
    template = Template(text, origin=origin, engine=engines["django"].engine)
    return template.render(Context(context))


class WithoutContact:
    """What a submission whose contact was erased looks like."""

    @property
    def contact(self):
        raise ObjectDoesNotExist


@pytest.mark.parametrize(
    "text", ["{{ plna.title }}", "{% blocktranslate %}{{ plna }}{% endblocktranslate %}"]
)
def test_an_undefined_variable_fails_the_test(text):
    with pytest.raises(pytest.fail.Exception, match="plna"):
        render(text)


def test_a_missing_one_to_one_object_is_false_in_a_condition():
    text = "{% if idea.contact %}contact{% else %}none{% endif %}"
    assert render(text, idea=WithoutContact()) == "none"


def test_an_undefined_variable_is_empty_in_templates_of_libraries():
    assert render("[{{ is_popup }}]", place=".venv/lib/admin/base.html") == "[]"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "after a flush"])
def test_guards_stand_in_every_test(turn):
    assert {guard.name for guard in GUARDS} <= standing_guards(connection)
    # The guards refuse to delete this decision, and the flush after the test must.
    idea = make_proposal(make_step(make_plan()))
    idea.reject(by=make_actor(), reason="هذا الاقتراح من اختصاص جهة أخرى غير الجماعة.")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "after a flush"])
def test_groups_are_there_in_every_test(turn):
    coordinators = Group.objects.get(name="coordinator")
    assert coordinators.permissions.filter(codename="decide_proposal").exists()
