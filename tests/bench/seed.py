"""An edition with data in it: the rehearsal, and many more ideas of the same kind."""

import contextlib
import datetime
import hashlib
import io
import random

from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection, transaction

from consultations.models import ActionPlan, Contact, ModerationAct, Submission
from openmuni import clock
from proposals.models import Decision, Proposal, Status

REASON = "هذا تعليل كاف يقرؤه صاحب الفكرة ويعرف منه ما تقرر في شأنها"
# About as many ideas of each status as the rehearsal has.
STATUSES = [Status.ACCEPTED] * 4 + [Status.MERGED] + [Status.IN_PROGRESS] * 4 + [Status.REJECTED]
BATCH = 500


def rehearsal() -> ActionPlan:
    """The commune's data and a rehearsal, as `make run` lays them out; the rehearsal's edition."""
    call_command("loaddata", "fixtures/larache.json", verbosity=0)
    with contextlib.redirect_stdout(io.StringIO()):  # it prints passwords
        call_command("rehearse", documents=False)
    return ActionPlan.objects.get(is_rehearsal=True)


def add_ideas(plan: ActionPlan, published: int):
    """Fill `plan` with varied ideas until `published` of them are public, each with its trail."""
    models = list(Proposal.objects.public().filter(plan=plan))
    dice = random.Random(published)
    words = " ".join(model.body for model in models).split()
    for first in range(len(models), published, BATCH):
        numbers = range(first, min(first + BATCH, published))
        with transaction.atomic():
            proposals = _receive([dice.choice(models) for _ in numbers], numbers, words, dice)
            _decide(proposals, plan, dice)
    if connection.vendor == "postgresql":
        # A server in use does this by itself within a minute.
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def _receive(models, numbers, words, dice) -> list[Proposal]:
    """A published idea for each of `numbers`, like one of `models` but with words of its own."""
    now = clock.now()
    submissions = Submission.objects.bulk_create(
        Submission(
            step=model.submission.step,
            series=model.submission.series,
            number=100_000 + number,
            reference=f"{model.submission.series}-{100_000 + number}",
            channel=model.submission.channel,
            language=model.submission.language,
            received_at=now - datetime.timedelta(minutes=number),
            moderation="published",
            **{
                name: _digest(name, number)
                for name in ("key_digest", "content_digest", "code_digest")
            },
        )
        for model, number in zip(models, numbers, strict=True)
    )
    Contact.objects.bulk_create(Contact(submission=each, consented_at=now) for each in submissions)
    staff = {"by": User.objects.first(), "by_name": "أمينة", "at": now}
    ModerationAct.objects.bulk_create(
        ModerationAct(submission=each, act=ModerationAct.Act.PUBLISH, **staff)
        for each in submissions
    )
    proposals = []
    for submission, model in zip(submissions, models, strict=True):
        proposal = Proposal(
            plan_id=model.plan_id,
            submission=submission,
            title=" ".join(dice.sample(words, 6))[:120],
            body=" ".join(dice.sample(words, dice.randint(30, 90))),
            axis=model.axis,
            neighbourhood=model.neighbourhood,
        )
        proposal.refold()
        proposals.append(proposal)
    return Proposal.objects.bulk_create(proposals)


def _digest(name, number) -> str:
    return hashlib.sha256(f"{name} {number}".encode()).hexdigest()


def _decide(proposals, plan, dice):
    """Decide on `proposals` in the order of the guards: the decision, then the status it says."""
    projects = list(plan.projects.all())
    staff = {"by": User.objects.first(), "by_name": "أمينة", "at": clock.now()}
    chosen = {}
    for proposal in proposals:
        status = dice.choice(STATUSES)
        project = dice.choice(projects) if status == Status.MERGED else None
        if status != Status.IN_PROGRESS:
            chosen.setdefault((status, project), []).append(proposal)
    for (status, project), group in chosen.items():
        Decision.objects.bulk_create(
            Decision(
                proposal=proposal,
                from_status=Status.IN_PROGRESS,
                to_status=status,
                project=project,
                reason=REASON,
                **staff,
            )
            for proposal in group
        )
        Proposal.objects.filter(pk__in=[proposal.pk for proposal in group]).update(
            status=status, project=project
        )
