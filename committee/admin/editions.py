"""An edition in the admin: its sheet, its state, and how the next one is started from it."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modeltranslation.admin import TranslationAdmin

from committee.forms.editions import StartForm
from committee.models import CommitteeMember
from consultations.admin import ClosesWithItsEdition, yes_or_no
from consultations.models import ActionPlan, IllegalState, PlanPdf, Remark
from openmuni import clock
from proposals.models import Proposal, Status

State = ActionPlan.State

# By the state of an edition, the one act that is possible: its address, the verb, the button,
# what it changes, and what is said when it is done.
ACTS = {
    State.PREPARING: {
        "name": "open",
        "verb": ActionPlan.open,
        "label": gettext_lazy("Open the edition to the public"),
        "changes": gettext_lazy(
            "Everybody will read it, and take part while one of its stations is open."
            " It cannot be hidden again."
        ),
        "done": gettext_lazy("The edition is open to the public."),
    },
    State.OPEN: {
        "name": "close",
        "verb": ActionPlan.close,
        "label": gettext_lazy("Close the edition"),
        "changes": gettext_lazy(
            "Everybody will still read it, marked as past. Nobody will send anything to it;"
            " its sheets, decisions and opinions will no longer be written."
            " Moderation stays possible."
        ),
        "done": gettext_lazy("The edition is closed."),
    },
    State.CLOSED: {
        "name": "reopen",
        "verb": ActionPlan.open,
        "label": gettext_lazy("Open the edition again"),
        "changes": gettext_lazy(
            "Its sheets and decisions will be written again,"
            " and the public will take part while one of its stations is open."
        ),
        "done": gettext_lazy("The edition is open again."),
    },
}


@admin.register(ActionPlan)
class ActionPlanAdmin(ClosesWithItsEdition, TranslationAdmin):
    list_display = ["name", "address", "state", "rehearsal"]
    readonly_fields = ["state", "origin", "rehearsal"]
    fields = [
        "title",
        "slug",
        ("start_year", "end_year"),
        ("notice_days", "grace_minutes"),
        ("acknowledge_days", "answer_days"),
        "four_eyes",
        "appointment_act",
        "appointment_date",
        ("state", "origin", "rehearsal"),
    ]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        # Two years and a hyphen would change places among Arabic words.
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "slug":
            field.widget.attrs["dir"] = "ltr"
        return field

    @admin.display(description=ActionPlan._meta.get_field("title").verbose_name, ordering="title")
    def name(self, plan):
        return str(plan)

    @admin.display(description=ActionPlan._meta.get_field("slug").verbose_name, ordering="slug")
    def address(self, plan):
        return format_html('<bdi dir="ltr">{}</bdi>', plan.slug)

    @admin.display(description=ActionPlan._meta.get_field("started_from").verbose_name)
    def origin(self, plan):
        return plan.started_from or "—"

    @admin.display(description=ActionPlan._meta.get_field("is_rehearsal").verbose_name)
    def rehearsal(self, plan):
        return yes_or_no(plan.is_rehearsal)

    def edition_of(self, sheet):
        return sheet

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        """Save it; a new one is not shown to the public before somebody opens it."""
        if not change:
            obj.state = State.PREPARING
        super().save_model(request, obj, form, change)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        """Say besides in which languages the plan has been printed, and what may become of it."""
        pdfs = PlanPdf.objects.filter(version__plan=obj)
        context["pdf_languages"] = set(pdfs.values_list("language", flat=True))
        # By the right of the account alone: otherwise a closed edition had no way back.
        if obj and request.user.has_perm("consultations.change_actionplan"):
            context |= {"act": ACTS[obj.state], "unfinished": unfinished(obj)}
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def get_urls(self):
        wrap = self.admin_site.admin_view
        acts = [
            path(
                f"<int:pk>/{act['name']}/",
                wrap(self.act_view),
                {"act": act},
                f"consultations_actionplan_{act['name']}",
            )
            for act in ACTS.values()
        ]
        start = path(
            "<int:pk>/start/", wrap(self.start_view), name="consultations_actionplan_start"
        )
        return [*acts, start, *super().get_urls()]

    def act_view(self, request, pk, act):
        """Change the state by one act."""
        if not request.user.has_perm("consultations.change_actionplan"):
            raise PermissionDenied
        plan = get_object_or_404(ActionPlan, pk=pk)
        if request.method == "POST":
            try:
                act["verb"](plan, by=CommitteeMember.objects.actor(request.user, plan))
            except IllegalState as refusal:
                messages.error(request, refusal)
            else:
                self.log_change(request, plan, str(act["label"]))
                messages.success(request, act["done"])
        return redirect("admin:consultations_actionplan_change", pk)

    def start_view(self, request, pk):
        """The form of a new edition that takes over sheets of this one; a good POST leads to it."""
        if not request.user.has_perm("consultations.add_actionplan"):
            raise PermissionDenied
        model = get_object_or_404(ActionPlan, pk=pk)
        form = StartForm(request.POST if request.method == "POST" else None, model=model)
        if form.is_valid() and (plan := self._started(request, form)):
            return redirect("admin:consultations_actionplan_change", plan.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Start a new edition from this one"),
            "opts": self.opts,
            "model_edition": model,
            "form": form,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/consultations/actionplan/start.html", context)

    def _started(self, request, form):
        """The new edition; None, with an error in the form, when its address was taken meanwhile."""
        try:
            plan = form.start(CommitteeMember.objects.actor(request.user, form.model))
        except IntegrityError:
            form.add_error("slug", form.fields["slug"].error_messages["unique"])
            return None
        self.log_addition(request, plan, str(form.model))
        messages.success(request, _("The new edition is being prepared: only staff see it."))
        return plan


def unfinished(plan) -> list[tuple]:
    """What still waits in `plan`, as (label, number), for the person who is about to close it."""
    waiting = {
        _("ideas without a decision"): Proposal.objects.decidable().filter(
            plan=plan, status=Status.IN_PROGRESS
        ),
        _("remarks without an answer"): Remark.objects.public()
        .unanswered()
        .filter(card__project__plan=plan),
        _("stations open now"): plan.steps.open(clock.now()),
    }
    return [(label, number) for label, rows in waiting.items() if (number := rows.count())]
