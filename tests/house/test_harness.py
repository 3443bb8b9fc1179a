"""What tests/conftest.py promises to every other test."""

import pytest
from django.db import connection
from django.template import Context, Origin, Template, engines

from proposals.guards import GUARDS, standing_guards

from .sources import ROOT


def render(text, place="templates/page.html"):
    """Render `text` with no variable at all, as if it were the template at `place`."""
    origin = Origin(str(ROOT / place))
    return Template(text, origin=origin, engine=engines["django"].engine).render(Context())


@pytest.mark.parametrize(
    "text", ["{{ plna.title }}", "{% blocktranslate %}{{ plna }}{% endblocktranslate %}"]
)
def test_an_undefined_variable_fails_the_test(text):
    with pytest.raises(pytest.fail.Exception, match="plna"):
        render(text)


def test_an_undefined_variable_is_false_in_a_condition():
    assert render("{% if plan.draft %}draft{% else %}none{% endif %}") == "none"


def test_an_undefined_variable_is_empty_in_templates_of_libraries():
    assert render("[{{ is_popup }}]", place=".venv/lib/admin/base.html") == "[]"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "after a flush"])
def test_guards_stand_in_every_test(turn):
    assert {guard.name for guard in GUARDS} <= standing_guards(connection)
