"""People and data for the tests. Every helper makes one plain thing; tests say the rest."""

import datetime

from django.contrib.auth.models import User

from committee.documents.gathering import plan_data
from consultations.actors import Actor
from consultations.models import (
    Accepts,
    ActionPlan,
    Commune,
    PlanVersion,
    PriorityAxis,
    Project,
    RemarkCard,
    RemarkHeading,
    Step,
)
from consultations.receipts import Receipt, new_key
from openmuni import clock
from openmuni.canonical import fingerprint
from proposals.models import Proposal

REASON = "هذا تعليل كاف يقرؤه صاحب الفكرة"


def make_commune(**fields) -> Commune:
    """The commune of the tests, made once."""
    defaults = {
        "name_ar": "جماعة الاختبار",
        "name_fr": "Commune d’essai",
        "reference_prefix": "TST",
    }
    commune, _created = Commune.objects.get_or_create(pk=1, defaults=defaults | fields)
    return commune


def make_plan(*, slug="2030-2031", **fields) -> ActionPlan:
    """An edition."""
    make_commune()
    defaults = {
        "title_ar": "برنامج عمل الانفتاح",
        "title_fr": "Programme d’action d’ouverture",
        "start_year": int(slug[:4]),
        "end_year": int(slug[5:9]),
    }
    return ActionPlan.objects.create(slug=slug, **defaults | fields)


def make_step(plan, *, accepts=Accepts.BOTH, first=-3, last=3, **fields) -> Step:
    """A station whose window runs from `first` to `last` days from today: open, by default."""
    today = clock.today()
    defaults = {
        "order": plan.steps.count() + 1,
        "kind": Step.Kind.CONSULTATION_WEEK,
        "title_ar": "أسبوع التشاور العمومي الرقمي",
        "title_fr": "Semaine de consultation publique numérique",
        "starts_on": today + datetime.timedelta(days=first),
        "ends_on": today + datetime.timedelta(days=last),
    }
    return Step.objects.create(plan=plan, accepts=accepts, **defaults | fields)


def make_axis(
    plan, *, key="services", name_ar="خدمات ذات جودة", name_fr="Services de qualité"
) -> PriorityAxis:
    """A priority axis."""
    return PriorityAxis.objects.create(
        plan=plan, order=plan.axes.count() + 1, key=key, name_ar=name_ar, name_fr=name_fr
    )


def make_project(plan, **fields) -> Project:
    """An openness project with an empty card."""
    number = plan.projects.count() + 1
    defaults = {
        "number": number,
        "title_ar": f"مشروع الاختبار {number}",
        "title_fr": f"Projet d’essai {number}",
    }
    return Project.objects.create(plan=plan, **defaults | fields)


def make_proposal(
    step, *, title="إنارة الحي", body="نقترح إنارة الحي ليلا", published=True, **submission
) -> Proposal:
    """An idea that came in at `step` and, by default, was published."""
    idea = {name: submission.pop(name) for name in ("axis", "neighbourhood") if name in submission}
    fields = {"language": "ar"} | submission
    receipt = Receipt.of(new_key(), {"title": title})
    proposal, _created = Proposal.objects.receive(
        receipt, step, {"title": title, "body": body} | idea, **fields
    )
    if published:
        proposal.submission.publish(by=make_actor("moderator"))
    return proposal


def make_user(username, *, group=None, **fields) -> User:
    """A staff account, in the group of that name when one is given."""
    user = User.objects.filter(username=username).first()
    if user is None:
        user = User.objects.create_user(
            username, password="a-long-password", is_staff=True, **fields
        )
    if group:
        user.groups.add(*type(user).groups.field.related_model.objects.filter(name=group))
    return user


def make_actor(username="amina") -> Actor:
    """A member of staff who acts: Amina, unless another is named."""
    return Actor(make_user(username), "أمينة", "عضوة اللجنة")


def make_version(plan, *, kind="draft", **fields) -> PlanVersion:
    """A frozen version of the present data of `plan`, before the public unless `published_at` says no."""
    data, now = plan_data(plan), clock.now()
    defaults = {
        "number": plan.versions.count() + 1,
        "data": data,
        "data_sha256": fingerprint(data),
        "frozen_at": now,
        "published_at": now,
        "frozen_by_name": "سلمى",
    }
    return PlanVersion.objects.create(plan=plan, kind=kind, **defaults | fields)


def make_heading(plan, key="problem") -> RemarkHeading:
    """The heading of the remarks card that speaks of `key`, made once."""
    names = {"name_ar": f"عنوان {key}", "name_fr": f"Rubrique {key}"}
    order = plan.headings.count() + 1
    return plan.headings.get_or_create(key=key, defaults={"order": order, **names})[0]


def make_card(project, *, step=None, published=True, **texts) -> RemarkCard:
    """A remarks card with `texts` by the key of their heading; on the problem by default."""
    texts = texts or {"problem": "الإشكالية أوسع من هذا"}
    remarks = [(make_heading(project.plan, key), text) for key, text in texts.items()]
    step = step or project.plan.steps.first() or make_step(project.plan)
    card, _created = RemarkCard.objects.receive(
        Receipt.of(new_key(), texts), step, project, remarks, language="ar"
    )
    if published:
        card.submission.publish(by=make_actor("moderator"))
    return card
