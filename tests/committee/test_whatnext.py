"""The one sentence that says what happens next: every moment of an edition, by a clock that is moved."""

import datetime

import pytest
import time_machine
from django.utils import translation

from committee import whatnext
from committee.models import CommitteeMeeting
from consultations.models import Commune, RemarkCard, RemarkHeading
from openmuni import clock, dates
from tests.factories import (
    REASON,
    make_actor,
    make_commune,
    make_plan,
    make_project,
    make_proposal,
    make_step,
)

from .voting import load_deadlines, make_session, make_sitting, on, vote_of

pytestmark = pytest.mark.django_db

POST = "Point focal"


@pytest.fixture(autouse=True)
def _in_french():
    with translation.override("fr"):
        yield


@pytest.fixture
def plan():
    make_commune(contact_post_ar="نقطة الارتكاز", contact_post_fr=POST)
    return make_plan()


def station(plan, first, last, title="Étape", **fields):
    """A station that lasts from `first` to `last`, both days of 2030 as (month, day)."""
    days = {"starts_on": on(*first), "ends_on": on(*last)}
    fields = {"accepts": "nothing", "kind": "citizen_meeting"} | fields
    return make_step(plan, title_fr=title, **days, **fields)


def sentence(plan, moment="2030-06-10 12:00"):
    """What is said of `plan` when the commune's clocks show `moment`."""
    now = datetime.datetime.fromisoformat(moment).replace(tzinfo=clock.CASABLANCA)
    with time_machine.travel(now, tick=False):
        return whatnext.of_edition(plan, Commune.objects.first())


# --- Windows and stations ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accepts", "what"),
    [("ideas", "des idées"), ("remarks", "des remarques"), ("both", "des idées et des remarques")],
)
def test_while_a_window_is_open_it_says_what_can_be_sent_and_until_when(plan, accepts, what):
    closes = datetime.time(18, 0)
    station(plan, (6, 9), (6, 12), accepts=accepts, closes_at=closes)
    assert f"envoyer {what}" in sentence(plan)
    assert "jusqu’au 12 juin 2030 à 18:00" in sentence(plan)


def test_a_window_without_an_hour_lasts_to_the_end_of_its_day(plan):
    station(plan, (6, 9), (6, 12), accepts="ideas")
    assert "jusqu’au 12 juin 2030 inclus" in sentence(plan)


def test_what_follows_an_open_window_is_said_with_its_days(plan):
    station(plan, (6, 9), (6, 12), accepts="ideas")
    station(plan, (9, 1), (9, 3), "Plus tard")
    station(plan, (7, 1), (7, 31), "Examen du comité", precision="month")
    assert "viendra ensuite\xa0: Examen du comité (juillet 2030)" in sentence(plan)
    assert "Plus tard" not in sentence(plan)


def test_of_two_windows_the_one_that_closes_first_is_named(plan):
    station(plan, (6, 1), (6, 30), accepts="remarks")
    station(plan, (6, 9), (6, 12), accepts="ideas")
    assert "12 juin" in sentence(plan)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2030-06-09 08:59", "Prochaine étape"),
        ("2030-06-09 09:00", "Vous pouvez envoyer"),
        ("2030-06-12 17:59", "Vous pouvez envoyer"),
        ("2030-06-12 18:01", "sont terminées"),
    ],
)
def test_the_sentence_follows_the_clock_to_the_minute(plan, moment, expected):
    hours = {"opens_at": datetime.time(9, 0), "closes_at": datetime.time(17, 59)}
    station(plan, (6, 9), (6, 12), accepts="both", **hours)
    assert expected in sentence(plan, moment)


def test_before_a_station_it_is_named_with_its_days(plan):
    station(plan, (7, 2), (7, 4), "Rencontre")
    assert "Prochaine étape\xa0: Rencontre (2 au 4 juillet 2030)" in sentence(plan)


def test_a_station_that_takes_nothing_is_under_way(plan):
    station(plan, (6, 1), (6, 30), "Examen")
    station(plan, (7, 2), (7, 2), "Rencontre")
    assert "En cours\xa0: Examen (1er au 30 juin 2030)" in sentence(plan)
    assert "Rencontre (2 juillet 2030)" in sentence(plan)


def test_the_post_in_charge_of_the_station_is_named(plan):
    station(
        plan, (7, 2), (7, 4), in_charge_ar="مصلحة التواصل", in_charge_fr="Service communication"
    )
    assert sentence(plan).endswith("responsable\xa0: Service communication.")


def test_without_one_the_post_of_the_commune_is_named(plan):
    station(plan, (7, 2), (7, 4))
    assert sentence(plan).endswith(f"responsable\xa0: {POST}.")


def test_without_any_post_the_commune_itself_is_named():
    plan = make_plan()
    station(plan, (7, 2), (7, 4))
    assert sentence(plan).endswith("responsable\xa0: Commune d’essai.")


def test_a_name_that_exists_in_arabic_alone_is_marked_so(plan):
    station(plan, (7, 2), (7, 4), title=None)
    assert '<span lang="ar" dir="rtl">' in sentence(plan)


def test_a_title_is_no_markup(plan):
    station(plan, (7, 2), (7, 4), "<b>Étape</b>")
    assert "&lt;b&gt;Étape" in sentence(plan)


@pytest.mark.parametrize("over", [True, False])
def test_an_edition_with_nothing_ahead_says_that_no_date_is_set(plan, over):
    if over:
        station(plan, (1, 2), (1, 4))
    assert ("terminées" in sentence(plan)) == over
    assert POST in sentence(plan)


def test_a_closed_edition_is_closed_whatever_its_stations(plan):
    station(plan, (6, 9), (6, 12), accepts="ideas")
    plan.close(by=make_actor())
    assert sentence(plan).startswith("Cette édition est close")


def test_of_an_edition_that_is_being_prepared_nothing_is_said():
    assert sentence(make_plan(state="preparing")) == ""


# --- The council --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "when"),
    [({"starts_on": None}, "octobre 2030"), ({}, "1er octobre 2030")],
)
def test_after_the_stations_comes_the_session_of_the_council(plan, fields, when):
    station(plan, (1, 2), (1, 4))
    make_session(plan, **fields)
    assert f"délibération du conseil sur le programme, {when}" in sentence(plan)


def test_a_sitting_is_said_rather_than_the_session(plan):
    station(plan, (10, 1), (10, 31), kind="council_adoption", precision="month")
    make_sitting(make_session(plan))
    assert "3 octobre 2030" in sentence(plan)


def test_an_earlier_station_comes_before_the_session(plan):
    station(plan, (7, 2), (7, 4), "Rencontre")
    make_session(plan)
    assert "Rencontre" in sentence(plan)


def test_a_session_that_is_past_is_not_to_come(plan):
    station(plan, (1, 2), (1, 4))
    make_session(plan)
    assert "terminées" in sentence(plan, "2030-11-02 12:00")


@pytest.fixture
def voted(plan):
    """The council has voted; the deadlines are those of the law."""
    load_deadlines()
    station(plan, (10, 1), (10, 31), "Adoption", kind="council_adoption", precision="month")
    with time_machine.travel(datetime.datetime(2030, 10, 3, 18, tzinfo=datetime.UTC)):
        vote = vote_of(make_sitting(make_session(plan)))
        vote.save()
    return vote


def test_after_the_vote_the_decision_is_to_be_sent_in_its_delay(plan, voted):
    said = sentence(plan, "2030-10-04 12:00")
    assert "a adopté le programme le 3 octobre 2030" in said
    assert "au plus tard le 24 octobre 2030" in said


@pytest.mark.parametrize(
    ("fields", "moment", "expected"),
    [
        ({"votes_for": 2}, "2030-10-04", "n’a pas adopté le programme le 3 octobre 2030"),
        ({"sent_on": on(10, 7)}, "2030-10-08", "s’y opposer jusqu’au 10 octobre 2030"),
        (
            {"sent_on": on(10, 7), "objected_on": on(10, 9), "objection": "Motif"},
            "2030-10-10",
            "en délibérera à nouveau",
        ),
        ({"sent_on": on(10, 7), "visa": "pending"}, "2030-10-12", "à partir du 28 octobre 2030"),
        ({"sent_on": on(10, 7), "visa": "undecided"}, "2030-10-12", "est soumise au visa"),
        ({"sent_on": on(10, 7)}, "2030-10-12", "il reste à l’afficher"),
        (
            {"sent_on": on(10, 7), "posted_on": on(10, 8)},
            "2030-10-12",
            "exécutoire depuis le 11 octobre 2030",
        ),
    ],
)
def test_the_delay_that_runs_after_the_vote_is_said(plan, voted, fields, moment, expected):
    type(voted).objects.filter(pk=voted.pk).update(**fields)
    assert expected in sentence(plan, f"{moment} 12:00")


def test_after_an_objection_the_next_session_is_said(plan, voted):
    objected = {"sent_on": on(10, 7), "objected_on": on(10, 9), "objection": "Motif"}
    type(voted).objects.filter(pk=voted.pk).update(**objected)
    make_session(plan, month=on(11, 1), starts_on=on(11, 5))
    assert "5 novembre 2030" in sentence(plan, "2030-10-10 12:00")


def test_at_the_vote_nothing_is_called_in_force(plan, voted):
    assert "vigueur" not in sentence(plan, "2030-10-04 12:00")
    assert "exécutoire" not in sentence(plan, "2030-10-04 12:00")


def test_without_the_deadlines_of_the_law_no_day_is_invented(plan):
    station(plan, (10, 1), (10, 31), "Adoption", kind="council_adoption", precision="month")
    vote_of(make_sitting(make_session(plan))).save()
    said = sentence(plan, "2030-10-04 12:00")
    assert "est maintenant transmise au gouverneur" in said
    assert "au plus tard" not in said


# --- A thing that was sent ------------------------------------------------------------------------


def about(thing, plan):
    return whatnext.of_thing(thing, plan, Commune.objects.first())


def test_an_idea_is_read_before_it_is_examined(plan):
    idea = make_proposal(make_step(plan), published=False)
    assert about(idea, plan).startswith("Lecture, publication, puis examen par le comité")


def test_the_receipt_says_the_same(plan):
    idea = make_proposal(make_step(plan), published=False)
    assert about(idea.submission, plan) == about(idea, plan)


def test_the_next_meeting_of_the_committee_is_said(plan):
    day = clock.today() + datetime.timedelta(days=9)
    CommitteeMeeting.objects.create(plan=plan, date=day + datetime.timedelta(days=20))
    CommitteeMeeting.objects.create(plan=plan, date=day)
    idea = make_proposal(make_step(plan))
    assert dates.day(day) in about(idea, plan)


def test_without_a_meeting_the_review_of_the_timeline_is_said(plan):
    make_step(plan, accepts="nothing", kind="committee_review", first=5, last=5)
    idea = make_proposal(make_step(plan))
    assert "prochaine date du comité" in about(idea, plan)


def test_an_idea_that_is_not_accepted_has_nothing_more_to_come(plan):
    idea = make_proposal(make_step(plan))
    idea.reject(by=make_actor(), reason=REASON)
    assert "ses motifs restent ici" in about(idea, plan)


def test_what_is_kept_of_an_idea_goes_on_with_the_programme(plan):
    idea = make_proposal(make_step(plan))
    idea.accept(by=make_actor(), reason=REASON)
    assert whatnext.of_edition(plan, Commune.objects.first()) in about(idea, plan)


def test_what_is_withheld_is_not_said_to_be_examined(plan):
    idea = make_proposal(make_step(plan))
    idea.submission.withhold(by=make_actor(), category="insult", reason=REASON)
    assert "pas montrée au public" in about(idea, plan)


def test_a_remarks_card_waits_until_each_remark_is_answered(plan):
    card = RemarkCard.objects.create(
        submission=make_proposal(make_step(plan)).submission, project=make_project(plan)
    )
    heading = RemarkHeading.objects.create(plan=plan, order=1, key="problem", name_ar="الإشكالية")
    remark = card.remarks.create(heading=heading, text="كلام")
    assert "Le comité l’examine" in about(card, plan)
    remark.give_answer("taken", "جواب اللجنة عن هذه الملاحظة", by=make_actor())
    assert "Le comité a répondu" in about(card, plan)
