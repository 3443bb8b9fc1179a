"""The audit is not blind: each of its checks finds a fault that was planted, and none on a sound page."""

import pytest

from .links import broken
from .pages import shared_titles
from .samples import NAMED, public_views, unsampled
from .visit import Scene, Seen, Visitor, Way, options
from .words import strangers

BASE = "http://127.0.0.1:1"
SOUND = """<!doctype html><html lang="{language}" dir="{dir}"><head><meta charset="utf-8">
    <meta name="viewport" content="width=device-width"><title>{title}</title>
    <meta name="description" content="{title}"><link rel="icon" href="data:,"></head>
    <body><main><h1>{title}</h1>{body}</main></body></html>"""


@pytest.fixture
def faults_of(chromium):
    """faults_of(body, …): what a visitor finds on a page of that body, as {check: details}."""
    contexts = []

    def look(body="", language="ar", java_script=True, cookie="", title="عنوان"):
        way = Way("ar", 320, java_script)
        context = chromium.new_context(**options(BASE, way))
        contexts.append(context)
        direction = "rtl" if language == "ar" else "ltr"
        html = SOUND.format(language=language, dir=direction, title=title, body=body)
        headers = {"content-type": "text/html", **({"set-cookie": cookie} if cookie else {})}
        context.route(f"{BASE}/ar/", lambda route: route.fulfill(body=html, headers=headers))
        seen = Visitor(context, BASE, way).look(Scene("page", "page", "/ar/"))
        found = {}
        for check, detail in seen.faults:
            found.setdefault(check, []).append(detail)
        return found

    yield look
    for context in contexts:
        context.close()


def test_a_sound_page_has_no_fault(faults_of):
    sound = """<p>في <bdi dir="ltr">2024-2025</bdi></p><p>يوم 14/11/2026، الساعة 14:30</p>
        <img src="data:," width="1" height="1" alt=""><a href="#x">فقرة</a><h2 id="x">عنوان</h2>
        <details><summary>المزيد</summary><p>نص</p></details>"""
    assert faults_of(sound) == {}


@pytest.mark.parametrize(
    ("check", "body"),
    [
        ("overflow", '<p style="inline-size: 400px">نص</p>'),
        ("sticks out", '<p style="position: absolute; inset-inline-start: -50px">نص</p>'),
        (
            "cut",
            '<p style="overflow: hidden; white-space: nowrap; width: 50px">نص طويل جدا جدا</p>',
        ),
        ("cut", '<select style="width: 60px" aria-label="نعم"><option>اختيار طويل جدا</select>'),
        ("split", "<p style='width: 7em'>وثيقة رقم <bdi>123456-123456</bdi></p>"),
        ("h1", "<h1>آخر</h1>"),
        ("ids", '<p id="x"></p><p id="x"></p>'),
        ("image size", '<img src="data:," alt="">'),
        ("anchor", '<a href="#nowhere">فقرة</a>'),
        ("direction", "<p>القانون رقم 09-08</p>"),
        ("direction", "<p>سنة 2024-2025</p>"),
        ("direction", "<p>الهاتف 05 39 91 20 20</p>"),
        ("direction", "<p>الهاتف +212 539 912 020</p>"),
        ("axe", '<img src="data:," width="1" height="1">'),
        ("axe", '<button style="width: 9px; height: 9px" aria-label="نعم"></button>' * 3),
        ("axe", "<dialog><input></dialog>"),
        ("axe", "<details><summary>المزيد</summary><input></details>"),
        ("console", "<script>nothing()</script>"),
        ("foreign host", '<img src="http://127.0.0.1:2/" width="1" height="1" alt="">'),
        (
            "layout shift",
            "<p id=x>نص</p><script>requestAnimationFrame(() => requestAnimationFrame("
            "() => { x.style.marginTop = '300px' }))</script>",
        ),
    ],
)
def test_a_planted_fault_is_found(faults_of, check, body):
    assert check in faults_of(body)


@pytest.mark.parametrize("check", ["overflow", "direction", "ids"])
def test_without_scripts_the_page_is_looked_at_too(faults_of, check):
    body = '<p id="x" style="inline-size: 400px">سنة 2024-2025</p><p id="x"></p>'
    assert check in faults_of(body, java_script=False)


def test_a_cookie_on_a_page_to_read_is_found(faults_of):
    assert faults_of(cookie="a=b") == {"cookies": ["a"]}


def test_a_page_of_another_language_or_without_a_name_is_found(faults_of):
    assert faults_of(language="fr")["language"] == ['lang="fr"', 'dir="ltr"']
    assert {"title", "description"} <= set(faults_of(title=""))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Ideas", "ar"),
        ("أفكار المواطنين", "fr"),
        ("Put forward your idea", "fr"),
        ("Ideas", "fr"),
        ("%(count)s", "fr"),
        ("القيمة undefined", "ar"),
        ('">', "ar"),
    ],
)
def test_a_text_of_another_language_is_found(text, language):
    assert strangers([text], language, {"Ideas"}) == [text]


def test_texts_of_the_language_are_left_alone():
    assert strangers(["فكرة في ملف PDF"], "ar", {"Ideas"}) == []
    assert strangers(["Idées et propositions"], "fr", {"Ideas"}) == []


def test_a_title_that_two_pages_share_is_found():
    way = Way("ar", 320, True)
    pages = [Seen(Scene(name, "view", f"/ar/{name}/"), way, title="عنوان") for name in "ab"]
    assert shared_titles(pages) == {"عنوان (ar)": {"a", "b"}}


@pytest.mark.django_db
def test_a_link_to_nowhere_is_found(live_server):
    links = {
        f"{live_server.url}/ar/nowhere/": "home",
        f"{live_server.url}/ar/privacy/#nowhere": "home",
    }
    assert sorted(broken(live_server.url, links)) == [
        ("home", "/ar/nowhere/ answered 404"),
        ("home", "no #nowhere on /ar/privacy/"),
    ]


@pytest.mark.django_db
def test_an_address_without_a_sample_is_found():
    assert {"home", "idea_detail"} <= unsampled([])


@pytest.mark.django_db
def test_every_public_address_has_samples():
    assert public_views() - NAMED == set()
