"""A whole edition as the commune lives it, under a clock that moves: from its announcement to the visa.

One test, in chapters. The public acts by its pages; staff by the desk or by the verbs that their
pages call, which have tests of their own.
"""

import datetime

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from committee.documents import IllegalAct, adopt, endorse, mark_consulted, put_to_consultation
from committee.editions import Carried, start_from
from committee.models import CommitteeMeeting, CouncilSession, Deliberation
from consultations.models import Accepts, ActionPlan, Remark, RemarkCard, Step
from consultations.models.report import ReportNotReady
from consultations.receipts import new_key
from openmuni import clock
from proposals.models import Proposal
from tests.committee.acting import act, decide, give_seat, sign_in
from tests.factories import REASON, make_actor, make_heading, make_plan, make_project, make_step
from tests.proposals.test_intake_pages import answers, code_on

pytestmark = pytest.mark.django_db

BEFORE = "يعاني السكان من ضعف صيانة الحدائق"
AFTER = "يعاني السكان من ضعف صيانة الحدائق وغياب الماء"
REMARK = "أضيفوا غياب الماء إلى الإشكالية"
_State = Deliberation.State


class Edition:
    """The edition under way, the people who run it, and the clock."""

    def __init__(self, traveller, plan):
        self.traveller, self.plan = traveller, plan
        self.by = make_actor("coordinator")

    def on(self, day, hour="10:00:00"):
        """Let it be `hour` on `day`, by the commune's clocks."""
        day, hour = datetime.date.fromisoformat(day), datetime.time.fromisoformat(hour)
        self.traveller.move_to(clock.instant(day, hour))

    def read(self, name, *arguments):
        """The words of a public page of the edition; a browser that was never there before."""
        answer = Client().get(reverse(name, args=arguments or [self.plan.slug]))
        assert answer.status_code == 200, name
        assert not answer.cookies, name
        return " ".join(strip_tags(answer.content.decode()).split())


@pytest.fixture
def edition():
    """The edition 2032-2033, begun from the one before it in January 2031."""
    start = datetime.datetime(2031, 1, 6, 9, tzinfo=datetime.UTC)
    with time_machine.travel(start, tick=False) as traveller:
        call_command("loaddata", "fixtures/morocco.json", verbosity=0)
        last = make_plan(slug="2030-2031")
        make_heading(last)
        make_project(last, title_ar="المحافظة على الحدائق", problem_ar=BEFORE)
        give_seat("member", last)
        fields = {"slug": "2032-2033", "start_year": 2032, "end_year": 2033}
        fields |= {"title_ar": "برنامج عمل الانفتاح", "by": make_actor()}
        plan = start_from(last, Carried.values, **fields)
        last.close(by=make_actor())
        yield Edition(traveller, plan)


def announce(edition):
    """The stations are set, then shown: 17 days before the first window opens."""
    days = {
        "ideas": ("2031-02-03", "2031-02-10", Accepts.IDEAS, Step.Kind.CONSULTATION_WEEK),
        "remarks": ("2031-06-02", "2031-06-08", Accepts.REMARKS, Step.Kind.WIDER_CONSULTATION),
        "council": ("2031-10-01", "2031-10-31", Accepts.NOTHING, Step.Kind.COUNCIL_ADOPTION),
    }
    announced = datetime.date(2031, 1, 17)
    for name, (starts_on, ends_on, accepts, kind) in days.items():
        fields = {"starts_on": starts_on, "ends_on": ends_on, "announced_on": announced}
        if kind == Step.Kind.COUNCIL_ADOPTION:
            fields["precision"] = Step.Precision.MONTH
        make_step(edition.plan, accepts=accepts, kind=kind, in_charge_ar=f"مصلحة {name}", **fields)
    assert Client().get(reverse("timeline", args=[edition.plan.slug])).status_code == 404
    edition.on("2031-01-17")
    edition.plan.open(by=edition.by)
    assert "03 إلى 10 فبراير 2031" in edition.read("timeline")
    home = edition.read("edition_home")
    assert "03 إلى 10 فبراير 2031" in home
    assert "مصلحة ideas" in home


def send_ideas(edition):
    """Souad's idea is taken inside the window alone, which is extended by two days meanwhile."""
    address = reverse("idea_new", args=[edition.plan.slug])
    citizen = Client()
    assert citizen.post(address, answers()).status_code == 403
    edition.on("2031-02-09")
    step = edition.plan.steps.get(accepts=Accepts.IDEAS)
    step.refresh_from_db()
    step.move(by=edition.by, reason_ar="بسبب الأمطار", ends_on=datetime.date(2031, 2, 12))
    timeline = edition.read("timeline")
    assert "بسبب الأمطار" in timeline
    assert "إلى غاية نهاية يوم 10 فبراير 2031" in timeline
    assert "03 إلى 12 فبراير 2031" in timeline
    edition.on("2031-02-12", "23:59:59")
    code = code_on(citizen.post(address, answers()))
    edition.on("2031-02-13", "00:00:00")
    assert citizen.post(address, answers(title="متأخرة")).status_code == 403
    return code, Proposal.objects.get()


def triage(edition, code, idea):
    """It is published, put on the agenda of a meeting, and merged there into the project."""
    edition.on("2031-02-20")
    assert act(sign_in("moderator", "moderator"), idea, "publish").status_code == 302
    meeting = CommitteeMeeting.objects.create(plan=edition.plan, date="2031-03-04")
    meeting = CommitteeMeeting.objects.get(pk=meeting.pk)
    meeting.call_members()
    assert meeting.put_on_agenda(by=edition.by) == 1
    edition.on("2031-03-04", "18:00:00")
    meeting.attendance.update(present=True)
    idea.refresh_from_db()
    item, project = meeting.agenda.get(), edition.plan.projects.get()
    item.record(lambda by, at: idea.merge_into(project, by=by, reason=REASON, at=at), edition.by)
    assert item.meeting.has_records
    answer = Client().post(reverse("track"), {"code": code}).content.decode()
    assert REASON in answer
    assert "مدمجة في مشاريع الانفتاح" in edition.read("idea_detail", idea.reference)
    late = decide(sign_in("member", "member"), idea, "accepted")
    assert late.status_code == 409


def put_the_draft_before_the_public(edition):
    """The draft is frozen and read, before its window opens."""
    edition.on("2031-05-12")
    assert "الصيغة" not in edition.read("plan")
    draft = put_to_consultation(edition.plan, by=edition.by, note_ar="أول صيغة")
    page = edition.read("plan")
    assert BEFORE in page
    assert "مسودة" in page
    pdf = Client().get(reverse("version_pdf", args=[edition.plan.slug, draft.number, "ar"]))
    assert b"".join(pdf).startswith(b"%PDF-")
    return draft


def send_remarks(edition, draft):
    """Two cards come in, one of them in the minutes of grace; a project is proposed besides."""
    project = edition.plan.projects.get()
    box = f"heading-{edition.plan.headings.get().pk}"
    card = {"shown_as": "nobody", "consent": "on"}
    address = reverse("remark_card_new", args=[project.pk])
    citizen = Client()
    edition.on("2031-06-08", "23:58:00")
    assert citizen.post(address, card | {"key": new_key(), box: REMARK}).status_code == 200
    opened = citizen.get(address).context["form"]["opened"].value()
    new = reverse("new_project", args=[edition.plan.slug])
    sent = {"key": new_key(), "title": "مكتبة متنقلة", box: "لا توجد مكتبة", "axis": ""}
    assert citizen.post(new, card | sent).status_code == 200
    edition.on("2031-06-09", "00:29:00")
    slow = card | {"key": new_key(), box: "وأين مؤشر الماء؟"}
    assert citizen.post(address, slow).status_code == 403
    assert citizen.post(address, slow | {"opened": opened}).status_code == 200
    assert [one.submission.in_grace for one in RemarkCard.objects.order_by("pk")] == [False, True]
    assert {one.version for one in RemarkCard.objects.all()} == {draft}
    assert Proposal.objects.filter(kind=Proposal.Kind.NEW_PROJECT).count() == 1


def answer_remarks(edition):
    """The report waits for each answer; then the sheet is amended and frozen anew."""
    edition.on("2031-06-20")
    window = edition.plan.steps.get(accepts=Accepts.REMARKS)
    with pytest.raises(ReportNotReady):
        window.publish_report(by=edition.by)
    for card in RemarkCard.objects.all():
        card.submission.publish(by=make_actor("moderator"))
    with pytest.raises(IllegalAct):
        mark_consulted(edition.plan, by=edition.by)
    outcomes = iter(Remark.Outcome)
    for remark in Remark.objects.order_by("pk"):
        remark.give_answer(next(outcomes), "شكرا، أضافت اللجنة هذه العبارة", by=edition.by)
    window.refresh_from_db()
    window.publish_report(by=edition.by)
    edition.plan.projects.update(problem_ar=AFTER)
    consulted = mark_consulted(edition.plan, by=edition.by, note_ar="أخذ بالملاحظات")
    page = edition.read("remarks")
    assert REMARK in page
    assert "أضافت اللجنة هذه العبارة" in page
    assert "وغياب الماء" in page
    assert "وغياب الماء" in edition.read("version_compare", edition.plan.slug, 1, consulted.number)


def reach_the_council(edition):
    """The bureau endorses, the session is postponed, the council votes and adopts what it read."""
    edition.on("2031-09-10")
    endorsed = endorse(edition.plan, by=edition.by, acted_on=clock.today())
    session = CouncilSession.objects.create(
        plan=edition.plan,
        month="2031-10-01",
        starts_on=datetime.date(2031, 10, 1),
        members_in_office=39,
        agenda_number=7,
        agenda_sent_on="2031-09-11",
        documents_sent_on="2031-09-21",
    )
    session.refresh_from_db()
    later = datetime.date(2031, 10, 8)
    session.move(by=edition.by, reason_ar="بسبب الفيضانات", month=later, starts_on=later)
    assert "بسبب الفيضانات" in edition.read("council")
    assert "08 أكتوبر 2031" in edition.read("edition_home")
    edition.on("2031-10-08", "19:00:00")
    sitting = session.sittings.create(held_on=later, present=30)
    vote = Deliberation(
        sitting=sitting, version=endorsed, number="12", votes_for=25, votes_against=3, abstentions=2
    )
    vote.full_clean()
    vote.save()
    adopted = adopt(vote, by=edition.by)
    assert adopted.data_sha256 == endorsed.data_sha256
    assert vote.state == _State.TO_BE_SENT
    assert AFTER in edition.read("plan")
    return vote


def await_the_governor(edition, vote):
    """Sent on a Monday: three working days to object; no visa; posted; carried out only then."""
    edition.on("2031-10-13")
    vote.sent_on = clock.today()
    vote.posted_on = clock.today()
    vote.full_clean()
    vote.save()
    assert vote.state == _State.SENT
    assert vote.enforceable_on is None
    assert "لم يُحدد بعد ما إذا كان المقرر يستلزم التأشير" in edition.read("council")
    vote.visa = Deliberation.Visa.NOT_NEEDED
    vote.save()
    assert vote.enforceable_on > clock.today()
    edition.on("2031-10-17")
    vote = Deliberation.objects.get(pk=vote.pk)
    assert vote.state == _State.ENFORCEABLE
    assert "17 أكتوبر 2031" in edition.read("council")


def test_an_edition_goes_from_its_announcement_to_the_governor(edition):
    announce(edition)
    code, idea = send_ideas(edition)
    triage(edition, code, idea)
    draft = put_the_draft_before_the_public(edition)
    send_remarks(edition, draft)
    answer_remarks(edition)
    vote = reach_the_council(edition)
    await_the_governor(edition, vote)
    edition.plan.close(by=edition.by)
    assert Client().post(reverse("track"), {"code": code}).status_code == 200
    assert ActionPlan.objects.get(pk=edition.plan.pk).is_closed
    assert AFTER in edition.read("plan")
