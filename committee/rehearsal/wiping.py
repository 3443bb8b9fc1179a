"""Wiping the rehearsal: its rows, its accounts and what the log and the sessions know of them."""

from django.contrib.admin.models import LogEntry
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import ProtectedError

from committee.models import (
    AgendaItem,
    Attendance,
    CommitteeMeeting,
    CommitteeMember,
    CouncilSession,
    CouncilSitting,
    Deliberation,
    DraftDecision,
    Opinion,
    Recusal,
    SessionMove,
    TypingDraft,
)
from consultations.models import (
    ActionPlan,
    ActLog,
    Association,
    Contact,
    Erratum,
    FundingLine,
    Indicator,
    Milestone,
    ModerationAct,
    PlanPdf,
    PlanVersion,
    PriorityAxis,
    Project,
    ProjectPrinciple,
    Remark,
    RemarkCard,
    RemarkHeading,
    Statement,
    Step,
    StepAttendance,
    StepDocument,
    StepMove,
    Submission,
)
from proposals.models import CardPart, Decision, Proposal, ReasonText, ReportedTally, StaffNote

from .accounts import accounts

# (model, the way to its edition): what protects another row goes before it, the edition last.
ROWS = [
    (ActLog, "plan"),
    (DraftDecision, "proposal__plan"),
    (TypingDraft, "step__plan"),
    (StaffNote, "proposal__plan"),
    (Recusal, "item__meeting__plan"),
    (Recusal, "member__plan"),
    (AgendaItem, "meeting__plan"),
    (AgendaItem, "proposal__plan"),
    (AgendaItem, "remark__card__project__plan"),
    (Attendance, "meeting__plan"),
    (Attendance, "member__plan"),
    (CommitteeMeeting, "plan"),
    (Deliberation, "sitting__session__plan"),
    (Deliberation, "version__plan"),
    (CouncilSitting, "session__plan"),
    (SessionMove, "session__plan"),
    (CouncilSession, "plan"),
    (Decision, "proposal__plan"),
    (Opinion, "proposal__plan"),
    (Opinion, "member__plan"),
    (CommitteeMember, "plan"),
    (CardPart, "proposal__plan"),
    (Proposal, "plan"),
    (ReasonText, "plan"),
    (ReportedTally, "step__plan"),
    (Remark, "card__project__plan"),
    (RemarkCard, "project__plan"),
    (ModerationAct, "submission__step__plan"),
    (Contact, "submission__step__plan"),
    (Submission, "step__plan"),
    (RemarkHeading, "plan"),
    (ProjectPrinciple, "project__plan"),
    (FundingLine, "project__plan"),
    (Indicator, "project__plan"),
    (Milestone, "project__plan"),
    (Project.expected_results.through, "project__plan"),
    (Project, "plan"),
    (StepDocument, "step__plan"),
    (StepAttendance, "step__plan"),
    (StepMove, "step__plan"),
    (Step, "plan"),
    (PlanPdf, "version__plan"),
    (Erratum, "version__plan"),
    (PlanVersion, "plan"),
    (PriorityAxis, "plan"),
    (Statement, "plan"),
    (ActionPlan, "pk"),
]


@transaction.atomic
def wipe() -> list[str]:
    """Remove the rehearsal; return the names of accounts that could be closed only.

    An account that acted on real rows as well is named by them for good: it stays, without a
    password and without a role.
    """
    invented = _associations_of_rehearsals_alone()
    for plan in ActionPlan.objects.filter(is_rehearsal=True):
        _delete_files(plan)
        for model, way in ROWS:
            _delete(model.objects.filter(**{way: plan.pk}))
    _delete(Association.objects.filter(pk__in=invented))
    return _wipe_accounts()


def _associations_of_rehearsals_alone():
    """The keys of those that came to stations of a rehearsal and to no real one."""
    real = Association.objects.filter(attendance__step__plan__is_rehearsal=False)
    played = Association.objects.filter(attendance__step__plan__is_rehearsal=True)
    return set(played.values_list("pk", flat=True)) - set(real.values_list("pk", flat=True))


def _delete(rows):
    """Delete `rows` and what the admin's log says of them."""
    about = LogEntry.objects.filter(
        content_type__app_label=rows.model._meta.app_label,
        content_type__model=rows.model._meta.model_name,
        object_id__in=[str(pk) for pk in rows.values_list("pk", flat=True)],
    )
    about.delete()
    rows.delete()


def _delete_files(plan):
    """Delete the uploaded documents once the rows that name them are gone for certain."""
    for document in StepDocument.objects.filter(step__plan=plan):
        storage, name = document.file.storage, document.file.name
        transaction.on_commit(lambda storage=storage, name=name: storage.delete(name))


def _wipe_accounts():
    closed = []
    _end_sessions({str(pk) for pk in accounts().values_list("pk", flat=True)})
    for account in accounts():
        try:
            _delete(User.objects.filter(pk=account.pk))
        except ProtectedError:
            account.is_active = account.is_staff = False
            account.set_unusable_password()
            account.groups.clear()
            account.save()
            closed.append(account.username)
    return closed


def _end_sessions(user_ids):
    """Delete the sessions of these users. A session tells whose it is only when it is opened."""
    ended = [
        session.pk
        for session in Session.objects.iterator()
        if session.get_decoded().get(SESSION_KEY) in user_ids
    ]
    Session.objects.filter(pk__in=ended).delete()
