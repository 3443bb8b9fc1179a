"""The whole story in a real browser: an idea is sent, published, decided on, followed and printed."""

import io
import re

import pypdf
import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.utils import translation
from django.utils.translation import gettext

from consultations.models import ActionPlan
from openmuni.arabic import fold
from proposals.models import Proposal

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "one-password-for-the-story"
IDEAS = {
    "ar": {
        "title": "ممر للراجلين قرب المدرسة",
        "body": "نقترح ممرا للراجلين قرب باب المدرسة، مع علامات واضحة.",
        "reason": "الفكرة واضحة ومفيدة للتلاميذ، وستدرس مع قسم الأشغال.",
    },
    "fr": {
        "title": "Un passage piéton près de l’école",
        "body": "Nous proposons un passage piéton devant la porte de l’école.",
        "reason": "L’idée est claire et utile aux élèves ; elle sera étudiée avec les travaux.",
    },
}


@pytest.fixture
def rehearsal():
    """The deck's edition beside a rehearsal whose three accounts share one password."""
    call_command("loaddata", "fixtures/larache.json", verbosity=0)
    call_command("rehearse", documents=False, verbosity=0)
    for account in User.objects.all():
        account.set_password(PASSWORD)
        account.save()
    return ActionPlan.objects.get(is_rehearsal=True)


def send_idea(page, language, idea):
    """Souad, from the home page to her receipt; return her reference and code."""
    page.goto(f"/{language}/")
    page.get_by_role("link", name=gettext("Put forward your idea")).first.click()
    page.locator("[name=title]").fill(idea["title"])
    page.locator("[name=body]").fill(idea["body"])
    page.locator("input[name=axis]").first.check()
    go_on = page.get_by_role("button", name=gettext("Go on"), exact=True)
    go_on.click()
    # The rehearsal may have an idea like hers; hers is different.
    different = page.get_by_role("button", name=gettext("Mine is different, go on"))
    different.or_(page.locator("input[name=contact]")).wait_for()
    if different.is_visible():
        different.click()
    page.locator("input[name=contact]").fill("06 12 34")
    page.locator("input[name=consent]").check()
    go_on.click()
    # The incomplete number is doubted in its field and nothing that was typed is lost.
    assert page.locator("[name=body]").input_value() == idea["body"]
    page.locator("input[name=contact]").fill("٠٦ ١٢ ٣٤ ٥٦ ٧٨")
    go_on.click()
    page.get_by_role("button", name=gettext("Send my idea")).click()
    page.get_by_role("heading", name=gettext("We have your idea, thank you")).wait_for()
    text = page.locator("main").inner_text()
    code = "".join(re.findall(r"\b\d{4}\b", page.locator(".code").inner_text()))
    return re.search(r"[A-Z]+-R-\d{4}-\d{4}", text)[0], code


def sign_in(page, language, username):
    page.goto(f"/{language}/admin/")
    page.locator("input[name=username]").fill(username)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[type=submit], button[type=submit]").first.click()


def open_idea(page, language, reference):
    """From the list of proposals to the page of one, by search."""
    page.goto(f"/{language}/admin/proposals/proposal/")
    page.locator("#searchbar").fill(reference)
    page.keyboard.press("Enter")
    page.get_by_role("link", name=reference).click()


def publish(page, language, reference):
    sign_in(page, language, "moderator")
    open_idea(page, language, reference)
    page.get_by_role("button", name=gettext("Publish"), exact=True).click()
    page.get_by_text(gettext("It is published.")).wait_for()


def accept(page, language, reference, reason):
    sign_in(page, language, "member")
    open_idea(page, language, reference)
    page.locator("input[name=decision][value=accepted]").check()
    page.locator("#id_decide_reason").fill(reason)
    page.get_by_role("button", name=gettext("Save the decision")).click()
    page.get_by_text(gettext("The decision is saved and published.")).wait_for()


def follow(page, language, code):
    """What Souad reads with her code."""
    page.goto(f"/{language}/track/")
    page.locator("input[name=code]").fill(code)
    page.get_by_role("button", name=gettext("Show my idea")).click()
    return page.locator("main").inner_text()


def export_plan(page, language, plan):
    """The coordinator, from the edition's page in the admin to the text of the PDF."""
    sign_in(page, language, "coordinator")
    page.goto(f"/{language}/admin/consultations/actionplan/{plan.pk}/change/")
    with page.expect_download() as download:
        page.locator(f"form[action^='/{language}/'][action$='plan.pdf'] button").click()
    pdf = pypdf.PdfReader(io.BytesIO(download.value.path().read_bytes()))
    return " ".join(page.extract_text() for page in pdf.pages)


def words_found(text, document):
    """The share of the words of `text` that stand in `document`, both folded."""
    words = fold(text).split()
    there = set(fold(document).split())
    return sum(word in there for word in words) / len(words)


@pytest.mark.parametrize(("language", "java_script"), [("ar", False), ("fr", True)])
def test_an_idea_goes_from_a_phone_to_the_council_s_document(
    page_for, rehearsal, language, java_script
):
    idea = IDEAS[language]
    with translation.override(language):
        phone = page_for(360, f"{language}-MA", java_script=java_script)
        reference, code = send_idea(phone, language, idea)
        assert gettext("received") in follow(phone, language, code)

        # The Django admin asks for JavaScript nowhere on this path.
        publish(page_for(1280, java_script=java_script), language, reference)
        accept(page_for(1280, java_script=java_script), language, reference, idea["reason"])

        answer = follow(phone, language, code)
        assert Proposal.objects.get(submission__reference=reference).get_status_display() in answer
        assert idea["reason"] in answer

        document = export_plan(page_for(1280, java_script=java_script), language, rehearsal)
        assert words_found(f"{idea['title']} {idea['body']} {idea['reason']}", document) >= 0.9
        assert reference in document
