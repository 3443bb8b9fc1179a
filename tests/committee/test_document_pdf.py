"""The bytes of the document: what copies out of it, what is in it, what is not."""

import difflib
import io
import re
import socket
from pathlib import Path
from types import SimpleNamespace

import pypdf
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext

from committee.documents import DocumentError, export_plan, page_count, printing
from committee.documents.printing import print_pdf
from consultations.models import PlanPdf, PlanVersion
from tests.factories import make_actor, make_card, make_version

from .documenting import (
    ARABIC_BODY,
    CANARY,
    EMOJI_BODY,
    FRENCH_BODY,
    LONG_BODY,
    MARKUP,
    fill_sheet,
    make_document_plan,
    words,
)

pytestmark = [pytest.mark.once, pytest.mark.django_db]

REMARK = "لم يذكر النص حاجيات الأشخاص المسنين في الحي"
ANSWER = "أخذت اللجنة بهذه الملاحظة وعدلت النص تبعا لها"
LANGUAGES = pytest.mark.parametrize("language", ["ar", "fr"])


@pytest.fixture(scope="module")
def printed(django_db_setup, django_db_blocker):
    """The document of one edition in both languages, made once: {language: what was made}."""
    with django_db_blocker.unblock(), transaction.atomic():
        plan = make_document_plan(slug="2030-2031-rehearsal", is_rehearsal=True)
        fill_sheet(plan.projects.get(number=1))
        make_version(plan)
        answer = make_card(plan.projects.get(number=1), problem=REMARK).remarks.get()
        answer.give_answer("partly", ANSWER, by=make_actor())
        plan.projects.filter(number=1).update(problem_ar="مشكل الماء وفق القانون 09-08")
        made = {}
        for language in ("ar", "fr"):
            pdf = export_plan(plan, language)
            reader = pypdf.PdfReader(io.BytesIO(pdf.content))
            pages = [page.extract_text() for page in reader.pages]
            made[language] = SimpleNamespace(pdf=pdf, reader=reader, pages=pages)
        transaction.set_rollback(True)
    return made


def share_in_order(expected, pages):
    """The share of the expected words that the pages give in the same order."""
    matcher = difflib.SequenceMatcher(None, expected, words("\n".join(pages)), autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) / len(expected)


def without_spaces(*texts):
    return "".join("".join(texts).split())


# --- Text ---------------------------------------------------------------------------------


@LANGUAGES
@pytest.mark.parametrize(
    "text",
    [ARABIC_BODY, FRENCH_BODY, LONG_BODY, REMARK, ANSWER],
    ids=["ar", "fr", "long", "remark", "answer"],
)
def test_a_text_copies_out_in_order(printed, language, text):
    assert share_in_order(words(text), printed[language].pages) >= 0.95


@LANGUAGES
def test_an_amount_copies_out_as_it_is_written(printed, language):
    assert "1.250.000,50" in without_spaces(*printed[language].pages)


def test_what_was_removed_and_what_was_added_both_copy_out(printed):
    [page] = [page for page in printed["ar"].pages if "الماء" in page and "الإنارة" in page]
    assert words(page).count("القانون") == 1


def test_what_stands_after_an_emoji_copies_out(printed):
    assert re.search(r"•\s*أمام كل مدرسة", "\n".join(printed["ar"].pages))


@LANGUAGES
def test_the_emoji_is_counted(printed, language):
    assert printed[language].pdf.replaced_characters == EMOJI_BODY.count("🌳")


@LANGUAGES
def test_markup_in_an_idea_is_read_as_text(printed, language):
    assert without_spaces(MARKUP.split("<b>")[0]) in without_spaces(*printed[language].pages)


@LANGUAGES
def test_every_page_but_the_cover_says_its_number_and_the_total(printed, language):
    with translation.override(language):
        label = gettext("page {page} of {pages}")
    total = len(printed[language].pages)
    for number, page in enumerate(printed[language].pages[1:], 2):
        numbered = words(label.format(page=number, pages=total))
        assert set(numbered) <= set(words(" ".join(re.split(r"(\d+)", page))))


@LANGUAGES
def test_every_page_of_a_rehearsal_says_so(printed, language):
    with translation.override(language):
        word = without_spaces(gettext("Rehearsal"))
    assert not [page for page in printed[language].pages if word not in without_spaces(page)]


@LANGUAGES
def test_no_contact_is_in_the_document(printed, language):
    text = " ".join(printed[language].pages)
    assert not [secret for secret in CANARY.values() if secret in text]


# --- Structure ----------------------------------------------------------------------------


@LANGUAGES
def test_no_font_but_amiri_is_embedded(printed, language):
    fonts = {
        str(font.get_object()["/BaseFont"]).partition("+")[2]
        for page in printed[language].reader.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert fonts == {"Amiri", "Amiri-Bold"}


@LANGUAGES
def test_every_font_is_inside_the_file(printed, language):
    for page in printed[language].reader.pages:
        for font in page["/Resources"]["/Font"].values():
            [descendant] = font.get_object()["/DescendantFonts"]
            assert "/FontFile2" in descendant.get_object()["/FontDescriptor"]


@LANGUAGES
def test_nothing_is_attached(printed, language):
    assert not printed[language].reader.attachments


def bookmarks(outline):
    for entry in outline:
        if isinstance(entry, list):
            yield from bookmarks(entry)
        else:
            yield entry.title


@pytest.mark.parametrize(
    ("language", "title"), [("ar", "مشروع بلا بطاقة"), ("fr", "Projet sans fiche")]
)
def test_a_project_has_a_bookmark(printed, language, title):
    assert title in list(bookmarks(printed[language].reader.outline))


@LANGUAGES
def test_every_chapter_has_a_bookmark(printed, language):
    with translation.override(language):
        chapters = {gettext("Contents"), gettext("Priority axes"), gettext("Next steps")}
    assert chapters <= set(bookmarks(printed[language].reader.outline))


@LANGUAGES
def test_the_file_says_its_language(printed, language):
    assert printed[language].reader.trailer["/Root"]["/Lang"] == language


@LANGUAGES
def test_the_file_is_tagged_for_screen_readers(printed, language):
    assert printed[language].reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


@pytest.mark.parametrize(
    ("language", "title"), [("ar", "برنامج عمل الانفتاح"), ("fr", "Programme d’action d’ouverture")]
)
def test_the_file_bears_its_title(printed, language, title):
    assert title in printed[language].reader.metadata.title


def test_the_pages_are_counted_without_a_library(printed):
    assert page_count(printed["ar"].pdf.content) == len(printed["ar"].pages)


def test_both_languages_are_one_version(printed):
    assert printed["ar"].pdf.version == printed["fr"].pdf.version


# --- Versions -----------------------------------------------------------------------------


@pytest.fixture
def quick_print(monkeypatch):
    """A printer that gives back the page itself, to look at versions without waiting."""
    monkeypatch.setattr(
        "committee.documents.freezing.print_pdf", lambda html: b"%PDF-" + html.encode()
    )


def rename(plan):
    plan.title_ar = "عنوان جديد"
    plan.save()


def test_unchanged_data_gives_the_same_bytes(quick_print):
    plan = make_document_plan()
    assert bytes(export_plan(plan, "ar").content) == bytes(export_plan(plan, "ar").content)


def test_unchanged_data_makes_no_second_version(quick_print):
    plan = make_document_plan()
    export_plan(plan, "ar")
    export_plan(plan, "fr")
    assert plan.versions.count() == 1


def test_changed_data_makes_the_next_version(quick_print):
    plan = make_document_plan()
    first = export_plan(plan, "ar").version.number
    rename(plan)
    assert export_plan(plan, "ar").version.number == first + 1


def test_the_document_of_the_former_version_stays(quick_print):
    plan = make_document_plan()
    former = export_plan(plan, "ar")
    rename(plan)
    export_plan(plan, "ar")
    assert bytes(PlanPdf.objects.get(pk=former.pk).content) == former.content


def test_an_export_that_another_overtook_gives_the_other_one(monkeypatch):
    plan, made = make_document_plan(), []

    def overtaken(html):
        monkeypatch.setattr("committee.documents.freezing.print_pdf", lambda html: b"%PDF-other")
        made.append(export_plan(plan, "ar"))
        return b"%PDF-late"

    monkeypatch.setattr("committee.documents.freezing.print_pdf", overtaken)
    assert export_plan(plan, "ar") == made[0]


def test_a_document_that_fails_makes_no_version(monkeypatch):
    def fail(html):
        raise DocumentError

    monkeypatch.setattr("committee.documents.freezing.print_pdf", fail)
    plan = make_document_plan()
    with pytest.raises(DocumentError):
        export_plan(plan, "ar")
    assert not PlanVersion.objects.filter(plan=plan).exists()


# --- The child process ----------------------------------------------------------------------


def test_a_child_that_takes_too_long_is_killed(monkeypatch, settings):
    children = []
    start = printing._child
    monkeypatch.setattr(printing, "_child", lambda: children.append(start()) or children[0])
    settings.PDF_TIME_LIMIT = 0
    with pytest.raises(DocumentError):
        print_pdf("<p>نص</p>")
    assert children[0].poll() == -9


def test_a_child_that_takes_too_much_memory_fails(settings):
    settings.PDF_MEMORY_LIMIT = 30_000_000
    with pytest.raises(DocumentError):
        print_pdf("<p>نص</p>")


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="file:///etc/passwd">',
        '<link rel="stylesheet" href="file:///etc/passwd">',
        '<link rel="attachment" href="file:///etc/passwd">',
        '<a rel="attachment" href="file:///etc/passwd">x</a>',
        '<img src="../../etc/passwd">',
        '<img src="%2e%2e/manage.py">',
        '<link rel="attachment" href="css/print.css">',
        '<img src="data:image/png;base64,iVBORw0KGgo=">',
    ],
)
def test_a_page_that_asks_for_another_file_makes_no_document(markup):
    with pytest.raises(DocumentError):
        print_pdf(f"<p>نص {markup}</p>")


def test_a_page_that_asks_the_network_makes_no_document_and_no_connection():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        with pytest.raises(DocumentError):
            print_pdf(f'<img src="{address}">')
        with pytest.raises(TimeoutError):
            listener.accept()


def test_the_child_knows_no_secret_of_ours(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "x" * 60)
    with printing._child() as child:
        environment = Path(f"/proc/{child.pid}/environ").read_text()
        child.kill()
    assert "SECRET_KEY" not in environment


# --- The command ----------------------------------------------------------------------------


def test_the_command_writes_the_document_and_says_what_it_is(tmp_path, capsys):
    plan, path = make_document_plan(), tmp_path / "plan.pdf"
    call_command("export_plan", plan=plan.slug, output=path)
    digest = plan.versions.get().data_sha256
    pages = page_count(path.read_bytes())
    said = f"{path}: {pages} pages, version 1, fingerprint {digest}, 1 characters replaced\n"
    assert capsys.readouterr().out == said


def test_the_command_names_an_unknown_edition():
    with pytest.raises(CommandError, match="no such edition"):
        call_command("export_plan", plan="1999-2000")


def test_the_fonts_are_the_complete_files():
    sizes = [
        path.stat().st_size for path in (settings.BASE_DIR / "static/fonts/print").glob("*.ttf")
    ]
    assert min(sizes) > 350_000
