"""A small edition with all that the document must stand: two languages, an emoji, a long text, markup."""

import datetime
import re
from decimal import Decimal

from django.template.loader import render_to_string
from django.utils import translation

from committee.documents import STYLESHEET, current_version, document_context
from committee.models import CommitteeMember
from consultations.models import Commune, Statement, WithholdingCategory
from openmuni import clock
from openmuni.arabic import fold
from tests.factories import (
    REASON,
    make_actor,
    make_axis,
    make_plan,
    make_project,
    make_proposal,
    make_step,
)

FRENCH_BODY = "Il faudrait des bancs à l’ombre près de l’école, pour les parents qui attendent."
ARABIC_BODY = "نقترح إنارة الحي ليلا حتى يعود العمال والتلاميذ إلى بيوتهم في أمان كل مساء."
EMOJI_BODY = "نغرس 🌳 أمام كل مدرسة"
MARKUP = (
    '<img src="file:///etc/passwd"><link rel="attachment" href="file:///etc/passwd"><b>غليظ</b>'
)
SENTENCE = "تحتاج ساحة الحي إلى مقاعد وأشجار وممر للراجلين. "
LONG_BODY = (SENTENCE * 200)[:5000].strip()
CANARY = {"name": "CanaryName", "phone": "+212600000042", "email": "canary@contact.example"}


def make_document_plan(**fields):
    """An edition with five published ideas, two that are not, two projects, a committee and figures."""
    plan = make_plan(appointment_act_ar="قرار رئيس المجلس", **fields)
    Commune.objects.update(
        header_lines_ar="المملكة المغربية\nوزارة الداخلية",
        header_lines_fr="Royaume du Maroc\nMinistère de l'Intérieur",
    )
    add_statements(plan)
    add_committee(plan)
    make_step(
        plan,
        title_ar="اللقاء الأول",
        title_fr="Première rencontre",
        participants=70,
        women=40,
        associations_count=18,
    )
    axis = make_axis(plan)
    project = make_project(
        plan,
        axis=axis,
        problem_ar="مشكل الإنارة وفق القانون 09-08",
        problem_fr="Problème de l’éclairage",
    )
    make_project(plan, title_ar="مشروع بلا بطاقة", title_fr="Projet sans fiche")
    add_ideas(plan, project, axis)
    return plan


def make_plan_to_decide():
    """Such an edition whose window is over."""
    plan = make_document_plan()
    plan.steps.update(
        starts_on=clock.today() - datetime.timedelta(9),
        ends_on=clock.today() - datetime.timedelta(2),
    )
    return plan


def fill_sheet(project):
    """Write every line of the sheet of `project`."""
    principle, result = (
        project.plan.statements.get(kind=kind) for kind in ("principle", "objective")
    )
    project.lead_ar, project.lead_fr = "مصلحة الشؤون", "Service des affaires"
    project.partners_ar = "جمعية الحي\nالمجلس الإقليمي"
    project.starts_on, project.ends_on = datetime.date(2031, 1, 1), datetime.date(2031, 6, 30)
    project.platform_url = "https://platform.example/" + "a-project-of-openness-" * 6
    project.save()
    project.expected_results.set([result])
    project.principles.create(principle=principle, sentence_ar="ينشر المعطيات في حينها")
    project.funding_lines.create(source="state", certainty="secured", amount=Decimal("1250000.50"))
    project.funding_lines.create(source="private", name_ar="مستثمر")
    project.indicators.create(kind="impact_indicator", name_ar="نسبة الرضا", target=Decimal("75.5"))
    project.milestones.create(activity_ar="جرد المساطر", starts_on=datetime.date(2031, 1, 2))


def add_statements(plan):
    for kind in Statement.Kind.values:
        Statement.objects.create(
            plan=plan,
            kind=kind,
            order=1,
            text_ar=f"نص رسمي {kind}",
            text_fr=f"Texte officiel {kind}",
        )


def add_committee(plan):
    role, college = CommitteeMember.Role, CommitteeMember.College
    seats = [
        ("رشيدة", "Rachida", role.CHAIR, college.ELECTED),
        ("مليكة", "Malika", role.MEMBER, college.ELECTED),
        ("إدريس", "Driss", role.MEMBER, college.STAFF),
    ]
    for order, (name_ar, name_fr, role, college) in enumerate(seats, 1):
        plan.members.create(
            order=order, name_ar=name_ar, name_fr=name_fr, role=role, college=college
        )


def add_ideas(plan, project, axis):
    step, by = plan.steps.get(), make_actor()
    lamps = make_proposal(step, title="إنارة الحي", body=ARABIC_BODY, axis=axis, contact=CANARY)
    lamps.accept(by=by, reason=REASON)
    benches = make_proposal(
        step, title="Des bancs", body=FRENCH_BODY, language="fr", channel="workshop"
    )
    benches.merge_into(
        project, by=by, reason="Idée utile, reprise dans le projet.", kept_part="bancs"
    )
    make_proposal(step, title="شجرة لكل مدرسة", body=EMOJI_BODY)
    make_proposal(step, title="ساحة الحي", body=LONG_BODY).reject(by=by, reason=REASON)
    make_proposal(step, title="رسم <b>جميل</b>", body=MARKUP)
    make_proposal(step, title="WaitingIdea", body="PendingBody", published=False)
    withheld = make_proposal(step, title="HiddenIdea", body="WithheldBody")
    withheld.submission.withhold(by=by, category=WithholdingCategory.INSULT, reason=REASON)


def add_reported_figures(plan):
    step = make_step(plan, title_ar="لقاء سابق", tally_label_ar="عدد المقترحات")
    step.reported_tallies.create(status="accepted", count=15)
    step.reported_tallies.create(status="rejected", count=2)


def html_of(plan, language="ar", **changes):
    """The document of `plan` as HTML in `language`."""
    version = current_version(plan)
    for name, value in changes.items():
        setattr(version, name, value)
    with translation.override(language):
        context = document_context(version, language) | {"stylesheet": STYLESHEET}
        return render_to_string("committee/plan_document.html", context)


def words(text):
    """The words of `text` in the spelling that search compares."""
    return re.findall(r"\w+", fold(text))


def an_instant(day):
    return datetime.datetime.fromisoformat(f"{day}T12:00:00+00:00")
