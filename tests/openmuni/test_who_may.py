"""Who may open and send what: every role at every address of the site, as a table."""

import functools
import re

import pytest

from .addresses import addresses
from .who_may import ROLES, browser, outcome, small_site

pytestmark = pytest.mark.django_db

# Whom the letters of a row stand for, in this order; each has one for GET and one for POST:
# y answered, n refused (403), s asked to sign in, - not there (400, 404, 405, 410).
assert ROLES == ("anonymous", "moderator", "member", "coordinator", "auditor")

# Sheets of the admin by who reads and who writes them.
READ_BY_ALL = "submission|moderationact|proposal|remarkcard|decision"
READ_BY_ALL_KEPT = "priorityaxis|project|step|actionplan"
READ_BY_COMMITTEE = "actlog|opinion|planversion|planpdf|erratum|reportedtally"
KEPT = (
    "commune|holiday|statement|remarkheading|association|stepdocument|councilsession|deliberation"
    "|deadline|committeemeeting|agendaitem|committeemember|reasontext"
)
ALL = f"{READ_BY_ALL}|{READ_BY_ALL_KEPT}|{READ_BY_COMMITTEE}|{KEPT}|remark|contact|user|group"
# Sheets that exist by what happens, or that nobody makes anew.
NOT_MADE = (
    f"{READ_BY_ALL}|actlog|opinion|planversion|planpdf|reportedtally"
    "|commune|agendaitem|remark|contact|user|group"
)
NOT_DELETED = f"{READ_BY_ALL}|{READ_BY_ALL_KEPT}|{READ_BY_COMMITTEE}|commune|committeemember|remark|user|group"

# An argument is written *, and the admin of a model @model; a row may name several: (a|b).
TABLE = {
    # The public site.
    "y- y- y- y- y-": """
        /  privacy/  accessibility/  legal/  sitemap.xml  sitemap-*.xml  robots.txt  humans.txt
        favicon.ico
        site.webmanifest
        */  */about/  */documents/  */timeline/  */timeline.ics  documents/*/  photographs/*/  photographs/*/small/
        */ideas/  */ideas.csv  ideas/*/  */results/  */results.csv  */projects/  projects/*/  */committee/  */council/
        */remarks/  */remarks.csv  */log/  */log.json
        */plan/  */versions/  */versions/*/  */versions/*/data.json  */versions/*/*.pdf
        */versions/*/*/
        */cards/idea.pdf  */cards/new-project.pdf  projects/*/card.pdf  */work-file.pdf
    """,
    "yy yy yy yy yy": """
        (root)  */ideas/new/  */projects/new/  projects/*/remarks/new/  track/
        admin/login/  admin/second-step/
    """,
    # Around the sign-in. A link of an invitation is good with its own token alone.
    "-- -- -- -- --": ".well-known/security.txt  admin/welcome/  admin/welcome/*/*/",
    "yy -y -y -y -y": "admin/logout/",
    "ss y- y- y- y-": """
        admin/second-factor/  admin/go-on/  admin/password_change/done/  admin/jsi18n/
        stations/*/sign-in/
    """,
    "ss -y -y -y -y": "admin/second-factor/(codes|off)/",
    # The desk, and sheets that everybody of staff reads. What does not exist leads to the desk.
    "ss yy yy yy yy": f"""
        admin/  admin/*/  admin/confirm/  admin/second-factor/app/  admin/password_change/
        @({ALL})/*/  @({READ_BY_ALL}|{READ_BY_ALL_KEPT}|remark)/
        @({READ_BY_ALL}|{READ_BY_ALL_KEPT}|remark|holiday|erratum)/*/history/  @remark/*/change/
    """,
    "ss -- -- -- --": "admin/*  admin/r/*/*/",
    "ss n- n- n- n-": "admin/autocomplete/",
    "ss yn yn yn yn": f"@({READ_BY_ALL})/*/change/",
    "ss yn yn yy yn": f"@({READ_BY_ALL_KEPT})/*/change/  @remark/reports/*/",
    # What the committee reads.
    "ss nn yy yy yy": f"""
        @({READ_BY_COMMITTEE}|{KEPT})/
        @(actlog|opinion|planversion|planpdf|reportedtally)/*/history/
        @(commune|statement|remarkheading|association|stepdocument|councilsession)/*/history/
        @(deliberation|deadline|committeemeeting|agendaitem|committeemember|reasontext)/*/history/
        @committeemeeting/*/sheet/  @planpdf/*/download/
    """,
    "ss nn yn yn yn": f"@({READ_BY_COMMITTEE})/*/change/",
    "s- n- y- y- y-": "*/plan/preview/",
    # What the coordinator keeps.
    "ss nn yn yy yn": f"@({KEPT})/*/change/  @committeemeeting/*/agenda/  */plan.pdf",
    "ss nn nn yy nn": """
        @(holiday|statement|priorityaxis|project|remarkheading|step|association|stepdocument)/add/
        @(councilsession|deliberation|deadline|actionplan|committeemeeting|committeemember)/add/
        @(erratum|reasontext)/add/
        @(holiday|statement|remarkheading|association|stepdocument|councilsession)/*/delete/
        @(deliberation|deadline|committeemeeting|agendaitem|reasontext|contact)/*/delete/
        @(project|proposal|remark|committeemember)/export/
        @(project|proposal|remark|committeemember)/import/
        @(project|proposal|remark|committeemember)/import/*/
        @(project|proposal|remark|committeemember)/import/*/faults/
        @contact/  @contact/*/history/  @(proposal|remarkcard)/*/erase/
        @actionplan/*/(open|close|reopen|start)/  @planversion/acts/*/*/
        @committeemember/*/seat/
    """,
    "ss nn nn yn nn": "@contact/*/change/",
    "ss -n -n -y -n": """
        @committeemember/*/(invite|second-factor|end)/
        @(project|proposal|remark|committeemember)/process_import/
    """,
    # Each of its own kind alone; none is asked for here.
    "ss nn nn -- nn": "@(project|proposal|remark|committeemember)/import/blank/*.*",
    # What each does with what came in.
    "ss nn yy yy nn": """
        @proposal/*/(opinion|decide|confirm|send_back|axis)/  @proposal/together/*/
        @remarkcard/*/answer/
        @committeemeeting/*/decisions/
    """,
    "ss yy yy yy nn": "@proposal/*/note/",
    # Cards that are being typed in; of another's, there is nothing.
    "ss yy nn yy nn": "@typingdraft/  @(proposal|remarkcard)/*/(publish|withhold|restore)/",
    "ss -- nn -- nn": "@typingdraft/*/  @typingdraft/*/(receipts|cards)/",
    "ss -- -n -- -n": "@typingdraft/*/keep/",
    # What only the administration of the site does, or nobody.
    "ss nn nn nn nn": f"""
        @({NOT_MADE})/add/  @({NOT_DELETED})/*/delete/
        @(user|group)/  @(user|group)/*/(history|change)/  @user/*/password/
    """,
}

_ADMIN_OF_MODEL = re.compile(r"admin/(?:consultations|proposals|committee|auth)/(\w+)/")
ROWS = [(cells, pattern) for cells, patterns in TABLE.items() for pattern in patterns.split()]


def written(route):
    """A route as the table writes it."""
    short = re.sub(r"<(\w+:)?\w+>", "*", route.removeprefix("ar/"))
    short = _ADMIN_OF_MODEL.sub(r"@\1/", short)
    return {"": "/" if route else "(root)"}.get(short, short)


@functools.cache
def expression(pattern):
    return re.compile(re.sub(r"\\([()|])", r"\1", re.escape(pattern)))


def rows_of(route):
    """The (cells, pattern) whose pattern is that of `route`."""
    short = written(route)
    return [row for row in ROWS if row[1] == short or expression(row[1]).fullmatch(short)]


def test_every_address_has_one_row():
    found = {each.route: rows_of(each.route) for each in addresses()}
    assert {route: rows for route, rows in found.items() if len(rows) != 1} == {}


def test_every_row_is_that_of_an_address():
    used = {row for each in addresses() for row in rows_of(each.route)}
    assert {row for row in ROWS if row not in used} == set()


@pytest.fixture
def site(settings, tmp_path, monkeypatch):
    """The arguments of the addresses of a small site, which prints nothing."""
    settings.MEDIA_ROOT = tmp_path
    for name in ("cards", "freezing"):
        monkeypatch.setattr(f"committee.documents.{name}.print_pdf", lambda html: b"%PDF-")
    return small_site()


@pytest.mark.once
@pytest.mark.parametrize("role", ROLES)
def test_a_role_meets_what_the_table_says(role, site):
    client, faults = browser(role), {}
    for address in addresses(filled=site):
        for cells, _pattern in rows_of(address.route):
            expected = cells.split()[ROLES.index(role)]
            met = "".join(outcome(client, method, address) for method in ("get", "post"))
            if met != expected:
                faults[address.path] = f"{met} instead of {expected}"
    assert not faults
