"""The stations in the admin: moved with a reason, warned of short notice, kept with what hangs on them."""

import datetime

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from consultations.models import ActLog, Association, Step, StepDocument
from openmuni import clock
from tests.factories import make_plan, make_proposal, make_step, make_user
from tests.openmuni.test_uploads import document

from .test_admin import form_of, sheet
from .test_pages import jpeg

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 6, 22)
MOVED = {"starts_on": "22/06/2026", "ends_on": "30/06/2026"}
REASON = "تمديد استجابة لطلب الجمعيات"


@pytest.fixture(autouse=True)
def _before_the_window(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    noon = datetime.datetime(2026, 6, 1, 12, tzinfo=clock.CASABLANCA)
    with time_machine.travel(noon, tick=False):
        yield


@pytest.fixture
def salma(client):
    user = make_user("salma", group="coordinator", first_name="سلمى", last_name="العلوي")
    client.force_login(user)
    return client


@pytest.fixture
def step():
    week = {"starts_on": DAY, "ends_on": DAY + datetime.timedelta(days=6)}
    return make_step(make_plan(), announced_on=datetime.date(2026, 6, 1), **week)


def posted(client, step, **sent):
    """The answer to the station's form with these changes in it."""
    address = sheet(Step, pk=step.pk)
    return client.post(address, form_of(client, address) | sent)


def errors(answer):
    return set(answer.context["adminform"].form.errors)


def warnings(answer):
    told = get_messages(answer.wsgi_request)
    return [str(message) for message in told if message.level_tag == "warning"]


# --- Moves ---------------------------------------------------------------------------------------


def test_other_dates_ask_for_a_public_reason_and_keep_what_was_typed(salma, step):
    answer = posted(salma, step, **MOVED, place_ar="قاعة البلدية")
    form = answer.context["adminform"].form
    assert errors(answer) == {"reason_ar"}
    assert (form["ends_on"].value(), form["place_ar"].value()) == ("30/06/2026", "قاعة البلدية")
    assert Step.objects.get().ends_on == DAY + datetime.timedelta(days=6)


@pytest.mark.parametrize("field", [{"opens_at": "09:00"}, {"closes_at": "18:00"}])
def test_other_hours_ask_for_a_public_reason(salma, step, field):
    assert errors(posted(salma, step, **field)) == {"reason_ar"}


def test_a_move_is_kept_with_its_reason_and_who_signed_it(salma, step):
    posted(salma, step, **MOVED, reason_ar=REASON, place_ar="قاعة البلدية")
    move, now = step.moves.get(), Step.objects.get()
    assert (move.ends_on, move.reason_ar) == (DAY + datetime.timedelta(days=6), REASON)
    assert (move.by_name, now.place_ar) == ("سلمى العلوي", "قاعة البلدية")
    assert now.ends_on == datetime.date(2026, 6, 30)


def test_a_move_is_made_in_the_french_admin_too(salma, step):
    address = sheet(Step, pk=step.pk).replace("/ar/", "/fr/")
    sent = form_of(salma, address) | MOVED | {"reason_ar": REASON, "title_fr": ""}
    assert salma.post(address, sent).status_code == 302
    assert step.moves.get().reason_fr == ""


def test_the_same_form_sent_twice_moves_once(salma, step):
    address = sheet(Step, pk=step.pk)
    sent = form_of(salma, address) | MOVED | {"reason_ar": REASON}
    salma.post(address, sent)
    assert errors(salma.post(address, sent)) == {"reason_ar"}
    assert step.moves.count() == 1


def test_a_reason_without_a_change_is_given_back(salma, step):
    assert errors(posted(salma, step, reason_ar=REASON)) == {"reason_ar"}


def test_what_is_no_date_is_changed_without_a_reason(salma, step):
    assert posted(salma, step, place_ar="قاعة البلدية").status_code == 302
    assert not step.moves.exists()


def test_in_an_edition_that_is_prepared_dates_are_free(salma, step):
    step.plan.state = "preparing"
    step.plan.save()
    assert posted(salma, step, **MOVED).status_code == 302
    assert (step.moves.count(), Step.objects.get().ends_on.day) == (0, 30)


def test_a_move_that_comes_after_somebody_else_s_is_given_back_with_its_text(
    salma, step, monkeypatch
):
    move = Step.move

    def late(self, **sent):
        raise ValidationError({"starts_on": "سبقك غيرك"})

    monkeypatch.setattr(Step, "move", late)
    answer = posted(salma, step, **MOVED, reason_ar=REASON, place_ar="قاعة البلدية")
    form = answer.context["adminform"].form
    assert (answer.status_code, form.non_field_errors()) == (200, ["سبقك غيرك"])
    assert (form["reason_ar"].value(), form["place_ar"].value()) == (REASON, "قاعة البلدية")
    assert not ActLog.objects.exists()
    monkeypatch.setattr(Step, "move", move)
    assert posted(salma, step, **MOVED, reason_ar=REASON).status_code == 302


@pytest.mark.parametrize(
    ("stood", "accepts"),
    [("ideas", "nothing"), ("ideas", "remarks"), ("both", "ideas"), ("both", "remarks")],
)
def test_an_open_window_is_not_shut_by_what_it_accepts(client, step, stood, accepts):
    Step.objects.update(accepts=stood)
    with time_machine.travel(datetime.datetime(2026, 6, 23, 12, tzinfo=clock.CASABLANCA)):
        client.force_login(make_user("salma", group="coordinator"))
        assert errors(posted(client, step, accepts=accepts)) == {"accepts"}
    assert Step.objects.get().accepts == stood


@pytest.mark.parametrize("stood", ["nothing", "ideas", "remarks"])
def test_an_open_window_may_accept_more(client, step, stood):
    Step.objects.update(accepts=stood)
    with time_machine.travel(datetime.datetime(2026, 6, 23, 12, tzinfo=clock.CASABLANCA)):
        client.force_login(make_user("salma", group="coordinator"))
        posted(client, step, accepts="both")
    assert Step.objects.get().accepts == "both"


def test_what_a_window_accepts_is_free_before_it_opens(salma, step):
    posted(salma, step, accepts="nothing")
    assert Step.objects.get().accepts == "nothing"


def test_in_an_edition_that_is_prepared_what_a_window_accepts_is_free(client, step):
    type(step.plan).objects.update(state="preparing")
    with time_machine.travel(datetime.datetime(2026, 6, 23, 12, tzinfo=clock.CASABLANCA)):
        client.force_login(make_user("salma", group="coordinator"))
        posted(client, step, accepts="nothing")
    assert Step.objects.get().accepts == "nothing"


def test_a_move_that_cannot_be_is_refused_with_everything_kept(salma, step):
    answer = posted(salma, step, ends_on="01/06/2026", reason_ar=REASON)
    form = answer.context["adminform"].form
    assert (errors(answer), form["reason_ar"].value()) == ({"ends_on"}, REASON)
    assert not step.moves.exists()


def test_a_station_of_a_closed_edition_is_read_only(salma, step):
    step.plan.state = "closed"
    step.plan.save()
    assert salma.get(sheet(Step, pk=step.pk)).status_code == 200
    assert salma.post(sheet(Step, pk=step.pk), MOVED | {"reason_ar": REASON}).status_code == 403


# --- Notice --------------------------------------------------------------------------------------


def test_short_notice_is_told_with_its_figures_on_saving(salma, step):
    (warning,) = warnings(posted(salma, step, announced_on="10/06/2026"))
    assert ("12" in warning, "14" in warning) == (True, True)


def test_a_window_that_nobody_announced_is_told_on_its_page(salma, step):
    Step.objects.update(announced_on=None)
    page = salma.get(sheet(Step, pk=step.pk))
    assert [one for one in page.context["messages"] if one.level_tag == "warning"]


def test_long_notice_is_not_told(salma, step):
    assert not [*salma.get(sheet(Step, pk=step.pk)).context["messages"]]
    assert not warnings(posted(salma, step, place_ar="قاعة البلدية"))


def test_a_window_that_is_over_is_not_told_of(salma, step):
    Step.objects.update(announced_on=None)
    with time_machine.travel(datetime.datetime(2026, 7, 1, tzinfo=datetime.UTC), tick=False):
        salma.force_login(make_user("salma"))
        assert not [*salma.get(sheet(Step, pk=step.pk)).context["messages"]]


# --- Figures -------------------------------------------------------------------------------------


def test_figures_may_be_typed_in_arabic_digits(client, step):
    with time_machine.travel(datetime.datetime(2026, 7, 1, tzinfo=datetime.UTC), tick=False):
        client.force_login(make_user("salma", group="coordinator"))
        posted(client, step, participants="١.٠٧٠", women="٤٠", associations_count="١٨")
    kept = Step.objects.values_list("participants", "women", "associations_count").get()
    assert kept == (1070, 40, 18)


def test_no_figure_of_a_station_is_a_number_input(salma, step):
    assert 'type="number"' not in salma.get(sheet(Step, pk=step.pk)).content.decode()


# --- What hangs on a station ---------------------------------------------------------------------


def delete_in_bulk(client, *steps, **sent):
    chosen = {"action": "delete_selected", "_selected_action": [step.pk for step in steps]}
    return client.post(sheet(Step, act="changelist"), chosen | sent, follow=True)


@pytest.mark.parametrize("what", ["idea", "document", "association", "move"])
def test_a_station_with_something_on_it_is_not_deleted(salma, step, what):
    if what == "idea":
        make_proposal(step)
    elif what == "document":
        StepDocument.objects.create(step=step, title_ar="محضر", date=DAY, file="documents/a.pdf")
    elif what == "association":
        step.attendance.create(association=Association.objects.create(name="جمعية النور"))
    else:
        posted(salma, step, **MOVED, reason_ar=REASON)
    assert salma.get(sheet(Step, pk=step.pk)).context["is_kept"]
    delete = sheet(Step, pk=step.pk, act="delete")
    assert salma.post(delete, {"post": "yes"}).status_code == 403
    answer = delete_in_bulk(salma, step, post="yes")
    (told,) = answer.context["messages"]
    assert (told.level_tag, str(step) in str(told)) == ("error", True)
    assert Step.objects.count() == 1


def test_stations_with_nothing_on_them_are_deleted_in_bulk_after_asking(salma, step):
    other = make_step(step.plan, accepts="nothing")
    assert delete_in_bulk(salma, step, other).status_code == 200
    assert Step.objects.count() == 2
    delete_in_bulk(salma, step, other, post="yes")
    assert not Step.objects.exists()


def test_a_station_of_a_closed_edition_is_not_deleted_in_bulk(salma, step):
    step.plan.state = "closed"
    step.plan.save()
    delete_in_bulk(salma, step, post="yes")
    assert Step.objects.exists()


# --- Associations and documents ------------------------------------------------------------------


def test_several_associations_are_added_at_once_each_once(salma, step):
    light = Association.objects.create(name="جمعية النور")
    step.attendance.create(association=light)
    names = "جمعية النور\n\n  جمعية الأمل  \nجمعية الأمل\n"
    posted(salma, step, new_associations=names)
    assert [str(one) for one in step.attendance.all()] == ["جمعية الأمل", "جمعية النور"]
    assert Association.objects.count() == 2


def test_a_name_that_is_too_long_is_told_and_the_others_are_kept_in_the_form(salma, step):
    names = f"جمعية الأمل\n{'ن' * 161}"
    answer = posted(salma, step, new_associations=names)
    assert errors(answer) == {"new_associations"}
    assert answer.context["adminform"].form["new_associations"].value() == names
    assert not Association.objects.exists()


def test_an_association_is_looked_up_by_its_name(salma, step):
    Association.objects.create(name="جمعية النور")
    query = {"app_label": "consultations", "model_name": "stepattendance"}
    query |= {"field_name": "association", "term": "النور"}
    found = salma.get("/ar/admin/autocomplete/", query).json()["results"]
    assert [one["text"] for one in found] == ["جمعية النور"]


def sent_document(step, name, content, **fields):
    document = {"step": step.pk, "kind": "photograph", "date": "22/06/2026", "title_ar": "القاعة"}
    return document | {"title_fr": "", "file": SimpleUploadedFile(name, content)} | fields


def test_a_photograph_is_uploaded_and_stored_anew(salma, step):
    salma.post(
        sheet(StepDocument, act="add"), sent_document(step, "IMG_2034.JPG", jpeg((3000, 600)))
    )
    photograph = StepDocument.objects.get()
    assert (photograph.extension, "IMG" in photograph.file.name) == ("jpg", False)
    assert photograph.size == photograph.file.size > 0


def test_a_document_is_uploaded_on_the_page_of_its_station(salma, step):
    new = sent_document(step, "p.jpg", jpeg())
    lines = {"documents-TOTAL_FORMS": 1} | {f"documents-0-{name}": new[name] for name in new}
    assert posted(salma, step, **lines).status_code == 302
    assert step.documents.get().size > 0


@pytest.mark.parametrize(
    ("name", "content", "field"),
    [
        ("minutes.pdf", b"<html>", "file"),
        ("p.jpg", b"%PDF-1.7", "file"),
        ("p.svg", b"<svg/>", "file"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_beside_its_field(
    salma, step, name, content, field
):
    answer = salma.post(sheet(StepDocument, act="add"), sent_document(step, name, content))
    assert (errors(answer), StepDocument.objects.count()) == ({field}, 0)


def test_a_photograph_is_a_picture(salma, step):
    minutes = sent_document(step, "a.pdf", document())
    answer = salma.post(sheet(StepDocument, act="add"), minutes)
    assert errors(answer) == {"kind"}


def test_a_document_is_corrected_without_sending_its_file_again(salma, step):
    salma.post(sheet(StepDocument, act="add"), sent_document(step, "p.jpg", jpeg()))
    photograph = StepDocument.objects.get()
    name, address = photograph.file.name, sheet(StepDocument, pk=photograph.pk)
    sent = form_of(salma, address) | {"title_ar": "قاعة الاجتماعات", "file": ""}
    assert salma.post(address, sent).status_code == 302
    photograph.refresh_from_db()
    assert (photograph.title_ar, photograph.file.name) == ("قاعة الاجتماعات", name)


def test_the_page_of_a_station_leads_to_its_sign_in_sheet(salma, step):
    with translation.override("ar"):
        link = f'href="{reverse("sign_in_sheet", args=[step.pk])}"'
    assert link in salma.get(sheet(Step, pk=step.pk)).content.decode()


@pytest.mark.parametrize("way", ["one", "bulk"])
def test_a_document_goes_with_its_file(salma, step, way, django_capture_on_commit_callbacks):
    salma.post(sheet(StepDocument, act="add"), sent_document(step, "p.jpg", jpeg()))
    photograph = StepDocument.objects.get()
    storage, name = photograph.file.storage, photograph.file.name
    assert storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        if way == "one":
            salma.post(sheet(StepDocument, pk=photograph.pk, act="delete"), {"post": "yes"})
        else:
            chosen = {"action": "delete_selected", "_selected_action": [photograph.pk]}
            salma.post(sheet(StepDocument, act="changelist"), chosen | {"post": "yes"})
    assert (StepDocument.objects.count(), storage.exists(name)) == (0, False)
