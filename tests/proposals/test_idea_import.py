"""Ideas from a spreadsheet: shown first, all or nothing, the same file twice changes nothing."""

import datetime

import pytest
import time_machine

from consultations.models import ActLog, Contact, ImportDraft, Moderation, Submission
from openmuni import clock
from proposals.models import Proposal
from tests.factories import make_axis, make_plan, make_proposal, make_step, make_user
from tests.importing import (
    IDEAS,
    a_file,
    confirm,
    coordinator,
    counts,
    csv_file,
    faults,
    refusal,
    rows_in,
    send,
    xlsx_file,
)

pytestmark = pytest.mark.django_db

HEADINGS = ["عنوان الفكرة", "الفكرة"]
IDEA = ["إنارة الحي", "نقترح إنارة الحي ليلا"]
REAL_FILES = [
    "ideas-libreoffice.ods",
    "ideas-libreoffice.xlsx",
    "ideas-windows-1256.csv",
    "ideas-utf-16-le.txt",
]


@pytest.fixture
def station(najat):
    """The station at which the cards of the files came in: over since a week."""
    with time_machine.travel(datetime.datetime(2030, 5, 20, 10, tzinfo=datetime.UTC), tick=False):
        # Her session is of today.
        najat.force_login(make_user("najat"))
        plan = make_plan()
        yield make_step(
            plan, starts_on=datetime.date(2030, 5, 9), ends_on=datetime.date(2030, 5, 13)
        )


@pytest.fixture
def najat(db):
    return coordinator()


def look(client, station, content, **fields):
    return send(client, IDEAS, content, **{"step": station.pk, "channel": "paper"} | fields)


def open_station(**fields):
    return make_step(make_plan(), **fields)


@pytest.mark.parametrize("name", REAL_FILES)
def test_a_file_of_another_program_comes_in_whole(najat, station, name):
    page = confirm(najat, look(najat, station, a_file(name)))
    ideas = list(Proposal.objects.order_by("pk").select_related("submission__contact"))
    assert page.redirect_chain
    assert ideas[0].title == "إنارة الأزقة المؤدية إلى المدرسة"
    assert ideas[0].body == "الأزقة مظلمة مساء.\nنقترح مصابيح مقتصدة في الطاقة."
    assert [idea.submission.card_number for idea in ideas] == ["1", "2", "3"]
    assert [idea.submission.channel for idea in ideas] == ["paper", "workshop", "paper"]
    assert [idea.submission.language for idea in ideas] == ["ar", "ar", "fr"]
    assert [idea.submission.contact.phone for idea in ideas][:2] == [
        "+212612345678",
        "+212612345679",
    ]
    assert [clock.local(idea.submission.received_at).date().day for idea in ideas] == [10, 11, 12]


def test_what_came_by_a_file_waits_for_its_moderator(najat, station):
    confirm(najat, look(najat, station, a_file(REAL_FILES[0])))
    assert set(Submission.objects.values_list("moderation", flat=True)) == {Moderation.PENDING}
    assert set(Proposal.objects.values_list("status", flat=True)) == {"in_progress"}


def test_what_came_by_a_file_is_numbered_in_its_order_and_found(najat, station):
    confirm(najat, look(najat, station, a_file(REAL_FILES[0])))
    numbers = Proposal.objects.order_by("pk").values_list("submission__number", flat=True)
    assert list(numbers) == [1, 2, 3]
    assert Proposal.objects.search("اناره الازقه").count() == 1


def test_nothing_is_written_before_the_button(najat, station):
    page = look(najat, station, a_file(REAL_FILES[0]))
    assert counts(page) == {"new": 3, "changed": 0, "same": 0, "refused": 0}
    assert not Submission.objects.exists()


@pytest.mark.parametrize("second", REAL_FILES[:2])
def test_the_same_file_twice_changes_nothing(najat, station, second):
    confirm(najat, look(najat, station, a_file(REAL_FILES[0])))
    page = look(najat, station, a_file(second))
    assert counts(page)["same"] == 3
    assert "process_import" not in page.content.decode()
    assert Proposal.objects.count() == 3


def test_a_file_with_one_row_more_brings_that_row(najat, station):
    confirm(najat, look(najat, station, csv_file([*HEADINGS, "يوم التوصل"], [*IDEA, "10/05/2030"])))
    more = csv_file(
        [*HEADINGS, "يوم التوصل"], [*IDEA, "10/05/2030"], ["حديقة", "حديقة", "10/05/2030"]
    )
    page = look(najat, station, more)
    assert counts(page)["same"] == counts(page)["new"] == 1
    confirm(najat, page)
    assert Proposal.objects.count() == 2


def test_one_bad_row_at_the_end_keeps_all_out(najat):
    step = open_station()
    rows = [[f"فكرة {n}", "نص الفكرة"] for n in range(50)]
    page = look(najat, step, csv_file(HEADINGS, *rows, ["", "نص بلا عنوان"]))
    assert faults(page)[0][0] == 52
    assert counts(page)["new"] == 50
    sent = {"draft": page.context["draft"].pk, "fingerprint": page.context["preview"].fingerprint}
    najat.post(f"/ar/admin/{IDEAS}/process_import/", sent)
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_a_fault_names_row_and_column_in_the_language_of_the_reader(najat, language):
    content = csv_file([*HEADINGS, "Téléphone"], [*IDEA, "06"])
    page = send(najat, IDEAS, content, language=language, step=open_station().pk, channel="paper")
    number, heading, words = faults(page)[0]
    assert number == 2
    assert heading == {"ar": "الهاتف", "fr": "téléphone"}[language].strip() or heading
    assert ("chiffres" in words) == (language == "fr")


def test_the_sheet_of_faults_holds_the_rows_as_they_stood_and_can_be_sent_again(najat):
    step = open_station()
    rows = [["+فكرة", "نص"], ["عنوان " * 40, "نص"]]
    page = look(najat, step, xlsx_file([*HEADINGS, "عمود آخر"], *[[*row, 7] for row in rows]))
    answer = najat.get(page.context["faults_address"])
    headings, first, second = rows_in(answer)
    assert headings[-1] == "الخطأ"
    assert first[0] == rows[1][0]
    assert "120" in first[-1]
    assert second == ["'+فكرة", "نص", 7, None]
    mended = xlsx_file(headings, ["عنوان", *first[1:]], second)
    confirm(najat, look(najat, step, mended))
    assert set(Proposal.objects.values_list("title", flat=True)) == {"عنوان", "+فكرة"}


@pytest.mark.parametrize("name", REAL_FILES[:3])
def test_the_sheet_of_faults_comes_in_the_format_of_the_file(najat, name):
    page = look(najat, open_station(), a_file(name))
    answer = najat.get(page.context["faults_address"])
    assert (
        answer["Content-Disposition"]
        == f'attachment; filename="ideas-faults.{name[-3:].replace("lsx", "xlsx")}"'
    )


def test_two_rows_alike_are_refused(najat):
    page = look(najat, open_station(), csv_file(HEADINGS, IDEA, IDEA))
    assert [fault[0] for fault in faults(page)] == [3]


def test_two_rows_alike_with_card_numbers_of_their_own_are_two(najat):
    content = csv_file([*HEADINGS, "رقم البطاقة"], [*IDEA, "1"], [*IDEA, "2"])
    confirm(najat, look(najat, open_station(), content))
    assert Proposal.objects.count() == 2


@pytest.mark.parametrize("where", ["file", "database"])
def test_a_card_number_is_used_once(najat, where):
    step = open_station()
    headings = [*HEADINGS, "رقم البطاقة"]
    if where == "database":
        make_proposal(step, card_number="7")
        content = csv_file(headings, [*IDEA, "٧"])
    else:
        content = csv_file(headings, [*IDEA, "٧"], ["أخرى", "نص", "7"])
    assert len(faults(look(najat, step, content))) == 1


def test_status_code_moderation_and_reference_are_not_taken_and_said_so(najat):
    headings = [*HEADINGS, "الحالة", "الرمز", "حالة النشر", "المرجع", "لون"]
    page = look(
        najat, open_station(), csv_file(headings, [*IDEA, "مقبولة", "1", "منشورة", "A", "ب"])
    )
    table = page.context["preview"].table
    assert table.never_taken == ["الحالة", "الرمز", "حالة النشر", "المرجع"]
    assert table.unknown == ["لون"]
    confirm(najat, page)
    idea = Proposal.objects.get()
    assert (idea.status, idea.submission.moderation) == ("in_progress", "pending")


def test_contact_data_go_to_the_contact_alone(najat):
    headings = [*HEADINGS, "الاسم", "الجمعية", "البريد الإلكتروني"]
    row = [*IDEA, "ياسين العلمي", "جمعية الحي", "yassine@example.org"]
    confirm(najat, look(najat, open_station(), csv_file(headings, row)))
    contact = Contact.objects.get()
    assert (contact.name, contact.association) == ("ياسين العلمي", "جمعية الحي")
    assert contact.email == "yassine@example.org"
    assert contact.submission.shown_name == ""
    assert "ياسين" not in str([act.told for act in ActLog.objects.all()])


def test_an_axis_is_known_by_its_names_and_others_are_refused(najat):
    step = open_station()
    axis = make_axis(step.plan)
    content = csv_file(
        [*HEADINGS, "Axe prioritaire"],
        ["أ", "ب", "خدمات ذات جوده"],
        ["ج", "د", "SERVICES DE QUALITE"],
        ["ه", "و", "غير معروف"],
    )
    page = look(najat, step, content)
    assert [line.said.get("axis") for line in page.context["preview"].lines] == [axis, axis, None]
    assert [fault[0] for fault in faults(page)] == [4]


# --- Days ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "is_taken"),
    [
        ("10/05/2030", True),
        ("٠٩/٠٥/٢٠٣٠", True),
        ("2030-05-13", True),
        ("14/05/2030", False),
        ("8/5/2030", False),
        ("31/02/2030", False),
        ("", False),
    ],
)
def test_a_day_lies_in_the_window_of_the_station(najat, station, day, is_taken):
    page = look(najat, station, csv_file([*HEADINGS, "يوم التوصل"], [*IDEA, day]))
    assert (not faults(page)) == is_taken


def test_days_of_a_workbook_are_days(najat, station):
    day = datetime.date(2030, 5, 11)
    confirm(najat, look(najat, station, xlsx_file([*HEADINGS, "يوم التوصل"], [*IDEA, day])))
    received = clock.local(Proposal.objects.get().submission.received_at)
    assert received.date() == day


def test_what_names_no_day_came_in_now_while_the_station_is_open(najat):
    confirm(najat, look(najat, open_station(), csv_file(HEADINGS, IDEA)))
    assert clock.now() - Proposal.objects.get().submission.received_at < datetime.timedelta(
        minutes=1
    )


# --- Cells -----------------------------------------------------------------------------------------


def test_a_formula_is_refused_by_row_and_column(najat):
    page = look(najat, open_station(), xlsx_file(HEADINGS, ["=1+1", "نص"]))
    assert [(number, heading) for number, heading, _words in faults(page)] == [(2, "عنوان الفكرة")]


def test_spoilt_letters_are_refused(najat):
    spoilt = "إنارة الأزقة".encode().decode("cp1256", errors="ignore")
    assert len(faults(look(najat, open_station(), xlsx_file(HEADINGS, [spoilt, "نص"])))) == 1


def test_five_thousand_and_one_rows_are_refused_with_words(najat):
    rows = [[f"فكرة {n}", "نص"] for n in range(5001)]
    page = look(najat, open_station(), csv_file(HEADINGS, *rows))
    assert "5000" in refusal(page)
    assert not ImportDraft.objects.exists()


def test_a_file_without_our_headings_is_refused_with_their_names(najat):
    words = refusal(look(najat, open_station(), csv_file(["أ", "ب"], ["1", "2"])))
    assert "عنوان الفكرة" in words


def test_a_file_without_the_text_is_refused_with_its_name(najat):
    assert "الفكرة" in refusal(look(najat, open_station(), csv_file(["عنوان الفكرة"], ["أ"])))


def test_hostile_text_is_shown_as_text(najat):
    page = look(najat, open_station(), csv_file(HEADINGS, ["<img src=x onerror=alert(1)>", "نص"]))
    assert "<img src=x" not in page.content.decode()
    assert "&lt;img src=x" in page.content.decode()


# --- Blank files -----------------------------------------------------------------------------------


@pytest.mark.parametrize("extension", ["xlsx", "ods", "csv"])
@pytest.mark.parametrize("language", ["ar", "fr"])
def test_a_blank_file_has_headings_that_are_understood(najat, extension, language):
    step = open_station()
    make_axis(step.plan)
    blank = najat.get(f"/{language}/admin/{IDEAS}/import/blank/ideas.{extension}")
    page = send(najat, IDEAS, blank.content, language=language, step=step.pk, channel="paper")
    assert "العناوين" in refusal(page) or "en-têtes" in refusal(page)


def test_a_blank_file_filled_in_comes_in(najat):
    step = open_station()
    blank = najat.get(f"/ar/admin/{IDEAS}/import/blank/ideas.xlsx")
    (headings,) = rows_in(blank)
    row = [*IDEA, *[None] * (len(headings) - 2)]
    confirm(najat, look(najat, step, xlsx_file(headings, row)))
    assert Proposal.objects.count() == 1


def test_the_file_of_the_ideas_comes_in_at_another_portal_and_not_in_another_edition(najat):
    step = open_station()
    make_proposal(step)
    export = najat.post(f"/ar/admin/{IDEAS}/export/", {"format": "1", "resource": "0"})
    other = make_step(make_plan(slug="2032-2033", title_ar="أخرى", title_fr="Autre"))
    page = look(najat, other, export.content)
    assert faults(page)[0][1] == "نسخة"


def test_many_rows_cost_as_many_queries_as_few(najat, django_assert_max_num_queries):
    step = open_station()
    for count in (3, 60):
        rows = [[f"فكرة {count} {n}", "نص"] for n in range(count)]
        with django_assert_max_num_queries(75):
            confirm(najat, look(najat, step, csv_file(HEADINGS, *rows)))
    assert Proposal.objects.count() == 63
