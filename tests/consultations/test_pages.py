"""The page of the stations, their documents and photographs, the sheet to sign in on."""

import datetime
import io

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from consultations.models import Association, StepDocument
from tests.factories import make_actor, make_plan, make_proposal, make_step, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def step():
    return make_step(make_plan())


def jpeg(size=(1200, 900)) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, "teal").save(target, "JPEG")
    return target.getvalue()


def make_paper(step, **fields) -> StepDocument:
    """Minutes, as a PDF of 17 bytes."""
    defaults = {
        "title_ar": "محضر اللقاء",
        "kind": "minutes",
        "date": datetime.date(2030, 5, 6),
        "size": 1_249_000,
        "file": ContentFile(b"%PDF-1.7 minutes", "a.pdf"),
    }
    return StepDocument.objects.create(step=step, **defaults | fields)


def make_photograph(step, **fields) -> StepDocument:
    """A photograph of the hall."""
    picture = {"kind": "photograph", "title_ar": "القاعة", "file": ContentFile(jpeg(), "a.jpg")}
    return make_paper(step, **picture | fields)


def shown(client, step, language="ar"):
    return client.get(f"/{language}/{step.plan.slug}/timeline/").content.decode()


# --- Documents -----------------------------------------------------------------------------------


def address(document, kind="documents", tail=""):
    return f"/ar/{kind}/{document.pk}/{tail}"


def fetched(client, *parts):
    """The answer at an address and the bytes of its body, which closes the file."""
    answer = client.get(address(*parts))
    return answer, b"".join(answer)


def test_a_document_is_a_file_to_keep(client, step):
    answer, body = fetched(client, make_paper(step))
    assert body == b"%PDF-1.7 minutes"
    assert answer["Content-Disposition"].startswith("attachment")
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == (
        "application/pdf",
        "nosniff",
    )


@pytest.mark.parametrize("title", ["محضر" * 50, '../"; x=\r\n<script>', "///"])
def test_a_document_of_any_title_has_a_plain_file_name(client, step, title):
    document = make_paper(step, title_ar=title)
    answer, _body = fetched(client, document)
    assert (answer.status_code, len(answer["Content-Disposition"]) < 1000) == (200, True)
    assert not {*'/\\"<>\r\n;'} & {*document.download_name}
    assert len(document.download_name.encode()) < 200


def test_a_document_is_kept_under_a_name_that_tells_nothing(step):
    names = {make_paper(step, file=ContentFile(b"%PDF-", "minutes.pdf")).file.name for _ in "ab"}
    assert len(names) == 2
    assert not any("minutes" in name for name in names)


def test_a_document_whose_file_is_gone_is_not_found(client, step):
    document = make_paper(step)
    document.file.storage.delete(document.file.name)
    assert client.get(address(document)).status_code == 404


def test_a_document_of_an_edition_that_is_prepared_is_for_staff(client, step):
    document = make_paper(step)
    step.plan.state = "preparing"
    step.plan.save()
    assert client.get(address(document)).status_code == 404
    client.force_login(make_user("nabila", group="auditor"))
    assert fetched(client, document)[1]


def test_a_photograph_is_seen_in_the_browser(client, step):
    answer, _body = fetched(client, make_photograph(step), "photographs")
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert "attachment" not in answer.get("Content-Disposition", "")


def test_a_photograph_has_a_small_picture(client, step):
    _answer, body = fetched(client, make_photograph(step), "photographs", "small/")
    assert Image.open(io.BytesIO(body)).size == (480, 360)


@pytest.mark.parametrize(("state", "is_private"), [("preparing", True), ("open", False)])
def test_a_small_picture_of_an_edition_that_is_prepared_is_kept_by_no_shared_cache(
    client, step, state, is_private
):
    photograph = make_photograph(step)
    step.plan.state = state
    step.plan.save()
    client.force_login(make_user("nabila", group="auditor"))
    answer, _body = fetched(client, photograph, "photographs", "small/")
    assert ("private" in answer["Cache-Control"]) is is_private


@pytest.mark.parametrize("tail", ["", "small/"])
def test_what_is_no_photograph_is_never_shown_in_the_browser(client, step, tail):
    assert client.get(address(make_paper(step), "photographs", tail)).status_code == 404


def test_a_scanned_paper_is_a_file_to_keep(client, step):
    scan = make_paper(step, file=ContentFile(jpeg(), "a.jpg"))
    assert client.get(address(scan, "photographs")).status_code == 404
    answer, _body = fetched(client, scan)
    assert (answer["Content-Type"], answer["Content-Disposition"][:10]) == (
        "image/jpeg",
        "attachment",
    )


# --- The page ------------------------------------------------------------------------------------


def test_a_document_is_offered_with_its_kind_date_format_and_size(client, step):
    document = make_paper(step)
    page = shown(client, step)
    parts = [address(document), "محضر", "06 ماي 2030", "PDF", "1,2\u00a0"]
    assert [part for part in parts if part not in page] == []


def test_a_photograph_is_shown_small_with_its_title_and_leads_to_the_whole(client, step):
    photograph = make_photograph(step)
    page = shown(client, step)
    assert f'src="{address(photograph, "photographs", "small/")}" alt="القاعة"' in page
    assert f'href="{address(photograph, "photographs")}"' in page


def test_a_moved_station_keeps_its_old_date_and_the_reason_in_sight(client):
    day = datetime.date(2030, 5, 6)
    step = make_step(make_plan(), accepts="nothing", starts_on=day, ends_on=day)
    later = {"starts_on": datetime.date(2030, 5, 20), "ends_on": datetime.date(2030, 5, 20)}
    step.move(by=make_actor(), reason_ar="تزامن مع عطلة", **later)
    page = shown(client, step)
    old = page[page.index("<del>") : page.index("</del>")]
    assert "06 ماي 2030" in old
    assert [part for part in ("20 ماي 2030", "تزامن مع عطلة") if part not in page] == []


def test_the_reason_of_a_move_is_marked_where_it_exists_in_arabic_only(client, step):
    step.move(by=make_actor(), reason_ar="تمديد", ends_on=step.ends_on + datetime.timedelta(days=1))
    assert '<span lang="ar" dir="rtl">تمديد</span>' in shown(client, step, "fr")


def test_the_page_tells_nobody_s_name(client, step):
    step.move(by=make_actor(), reason_ar="تمديد", ends_on=step.ends_on + datetime.timedelta(days=1))
    assert not [name for name in ("أمينة", "amina") if name in shown(client, step)]


def test_the_days_on_which_it_was_held_are_told_where_they_differ(client):
    day = datetime.date(2026, 5, 6)
    held = {"held_from": datetime.date(2026, 5, 7), "held_until": datetime.date(2026, 5, 8)}
    step = make_step(make_plan(), starts_on=day, ends_on=day, **held)
    assert "7 au 8 mai 2026" in shown(client, step, "fr")


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ({}, "du 6 mai 2030 jusqu’à la fin du 8 mai 2030"),
        ({"opens_at": datetime.time(9)}, "du 6 mai 2030 à 09:00 jusqu’à la fin du 8 mai 2030"),
        ({"closes_at": datetime.time(18)}, "du 6 mai 2030 à 00:00 jusqu’au 8 mai 2030 à 18:00"),
        (
            {"opens_at": datetime.time(9), "closes_at": datetime.time(18)},
            "du 6 mai 2030 à 09:00 jusqu’au 8 mai 2030 à 18:00",
        ),
        ({"closes_at": datetime.time(23, 59)}, "jusqu’à la fin du 8 mai 2030"),
    ],
)
def test_a_window_says_from_when_to_when_to_the_minute(client, hours, words):
    days = {"starts_on": datetime.date(2030, 5, 6), "ends_on": datetime.date(2030, 5, 8)}
    step = make_step(make_plan(), **days | hours)
    assert words in shown(client, step, "fr").replace("&#x27;", "'")


def test_a_window_of_some_hours_of_one_day_names_the_day_once(client):
    day = datetime.date(2030, 5, 6)
    hours = {"opens_at": datetime.time(9), "closes_at": datetime.time(18)}
    step = make_step(make_plan(), starts_on=day, ends_on=day, **hours)
    assert "le 6 mai 2030, de 09:00 à 18:00" in shown(client, step, "fr")


def test_a_window_of_one_whole_day_names_the_day_once(client):
    day = datetime.date(2030, 5, 6)
    step = make_step(make_plan(), starts_on=day, ends_on=day)
    assert "le 6 mai 2030, toute la journée" in shown(client, step, "fr")


def test_a_window_is_told_in_arabic_from_day_to_day(client):
    days = {"starts_on": datetime.date(2031, 2, 3), "ends_on": datetime.date(2031, 2, 12)}
    step = make_step(make_plan(), opens_at=datetime.time(9), **days)
    words = "من يوم 03 فبراير 2031 على الساعة 09:00 إلى غاية نهاية يوم 12 فبراير 2031"
    assert words in shown(client, step)


def test_a_month_without_a_day_is_shown_as_such(client):
    days = {"starts_on": datetime.date(2030, 10, 1), "ends_on": datetime.date(2030, 10, 31)}
    step = make_step(make_plan(), accepts="nothing", precision="month", **days)
    page = shown(client, step)
    assert ("أكتوبر 2030" in page, "31 أكتوبر 2030" in page) == (True, False)


def test_associations_are_named_and_counted(client, step):
    for name in ("جمعية النور", "جمعية <b>الأمل</b>"):
        step.attendance.create(association=Association.objects.create(name=name))
    page = shown(client, step)
    assert [part for part in ("جمعية النور", "<dd>2</dd>", "&lt;b&gt;") if part not in page] == []


def test_the_count_of_associations_is_the_one_that_was_published(client, step):
    step.associations_count = 18
    step.save()
    step.attendance.create(association=Association.objects.create(name="جمعية النور"))
    assert "<dd>18</dd>" in shown(client, step)


def test_a_station_leads_to_the_ideas_that_came_there(client, step):
    make_proposal(step)
    make_proposal(step, title="سرية", published=False)
    page = shown(client, step, "fr")
    assert f'href="/fr/{step.plan.slug}/ideas/?step={step.pk}"' in page
    assert "1 idée reçue ici" in page


def test_the_page_runs_the_same_queries_for_any_number_of_rows(
    client, django_assert_max_num_queries
):
    plan, runs = make_plan(), []
    for times in (1, 4):
        for number in range(times):
            first = 100 + 10 * plan.steps.count()
            step = make_step(plan, first=first, last=first + 5)
            make_paper(step)
            make_photograph(step)
            make_proposal(step, title=f"فكرة {number}")
            association = Association.objects.create(name=f"جمعية {step.pk}")
            step.attendance.create(association=association)
            step.move(by=make_actor(), reason_ar="تمديد", closes_at=datetime.time(18))
        with django_assert_max_num_queries(9) as seen:
            shown(client, step)
        runs.append(len(seen))
    assert runs[0] == runs[1]


def test_reading_the_page_sets_no_cookie(client, step):
    make_photograph(step)
    assert not client.get(f"/ar/{step.plan.slug}/timeline/").cookies


# --- The sheet to sign in on ---------------------------------------------------------------------


def sheet(client, step, language="ar", **query):
    return client.get(f"/{language}/stations/{step.pk}/sign-in/", query)


@pytest.fixture
def staff(client):
    client.force_login(make_user("salma", group="coordinator"))
    return client


def test_a_stranger_gets_no_sheet(client, step):
    assert sheet(client, step).status_code == 302


def test_staff_without_the_right_get_no_sheet(client, step):
    client.force_login(make_user("omar"))
    assert sheet(client, step).status_code == 403


@pytest.mark.parametrize(
    ("asked", "lines"),
    [
        ({}, 34),
        ({"rows": "60"}, 60),
        ({"rows": "1"}, 10),
        ({"rows": "999"}, 200),
        ({"rows": "-5"}, 34),
        ({"rows": "²"}, 34),
        ({"rows": "9" * 5000}, 34),
        ({"rows": "x"}, 34),
    ],
)
def test_a_sheet_has_as_many_lines_as_asked_within_reason(staff, step, asked, lines):
    assert sheet(staff, step, **asked).content.decode().count("<td></td><td></td>") == lines


def test_a_sheet_bears_the_station_and_nobody_s_name(staff, step):
    make_proposal(step, contact={"name": "كريمة"})
    page = sheet(staff, step).content.decode()
    assert (str(step) in page, "كريمة" in page) == (True, False)
