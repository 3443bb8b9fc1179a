"""The council's sessions, each edited whole, its votes, and the deadlines of the law around them."""

from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from committee.deadlines import checklist, votes_of
from committee.forms.council import CouncilSessionForm, DeliberationForm
from committee.models import (
    CommitteeMember,
    CouncilSession,
    CouncilSitting,
    Deadline,
    Deliberation,
    LegalCalendar,
    SessionMove,
)
from consultations.admin import (
    ClosesWithItsEdition,
    GivesRefusalsBack,
    KeepsItsEdition,
    LogsActs,
    ReadOnly,
)
from consultations.models import PlanVersion
from openmuni import dates
from openmuni.fields import DayField, FigureField

_AS_TYPED = {
    models.DateField: {"form_class": DayField},
    models.IntegerField: {"form_class": FigureField},
}
_REASONS = ("reason_ar", "reason_fr")


class CouncilSittingInline(admin.StackedInline):
    model = CouncilSitting
    fields = [("held_on", "starts_at"), ("call", "present", "quorum")]
    formfield_overrides = _AS_TYPED
    extra = 1

    def get_queryset(self, request):
        # Each is named after its session.
        return super().get_queryset(request).select_related("session")


class SessionMoveInline(ReadOnly, admin.StackedInline):
    model = SessionMove
    fields = [("month", "starts_on"), ("reason_ar", "reason_fr"), ("by_name", "at")]


@admin.register(CouncilSession)
class CouncilSessionAdmin(GivesRefusalsBack, KeepsItsEdition, admin.ModelAdmin):
    change_form_template = "admin/committee/councilsession/change_form.html"
    form = CouncilSessionForm
    list_display = ["month", "starts_on", "kind", "agenda_number", "plan"]
    list_filter = ["plan", "kind"]
    list_select_related = ["plan"]
    fieldsets = [
        (None, {"fields": ["plan", "kind"]}),
        (
            _("Date"),
            {
                "fields": [("month", "starts_on"), _REASONS],
                "description": _(
                    "A date that the public knows already changes with a reason only."
                ),
            },
        ),
        (
            _("Agenda and papers"),
            {"fields": ["agenda_number", ("agenda_sent_on", "documents_sent_on")]},
        ),
        (_("Council"), {"fields": ["members_in_office"]}),
    ]
    formfield_overrides = _AS_TYPED
    inlines = [CouncilSittingInline, SessionMoveInline]

    def get_fieldsets(self, request, obj=None):
        """All of them; a reason is asked for where there is a date to be changed."""
        found = super().get_fieldsets(request, obj)
        if obj and self.has_change_permission(request, obj):
            return found
        return [
            (name, {"fields": [field for field in options["fields"] if field != _REASONS]})
            for name, options in found
        ]

    def told_by_verbs(self, form, change):
        """A move has told of the date."""
        return {"month", "starts_on"} if change else set()

    def save_model(self, request, obj, form, change):
        """Keep the sheet; a session that gets another date is moved, by who moves it."""
        if not (change and {"month", "starts_on"} & {*form.changed_data}):
            super().save_model(request, obj, form, change)
            return
        date = {"month": obj.month, "starts_on": obj.starts_on}
        obj.month, obj.starts_on = form.initial["month"], form.initial["starts_on"]
        super().save_model(request, obj, form, change)
        reasons = {name: form.cleaned_data[name] for name in ("reason_ar", "reason_fr")}
        obj.move(by=CommitteeMember.objects.actor(request.user, obj.plan), **reasons, **date)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        """Say besides what the law asks by when, and what is late."""
        if obj:
            calendar = LegalCalendar.load()
            context["checklist"] = checklist(obj, calendar)
            context["votes"] = votes_of(obj, calendar)
            context["may_vote"] = request.user.has_perm("committee.add_deliberation")
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)


@admin.register(Deliberation)
class DeliberationAdmin(ClosesWithItsEdition, admin.ModelAdmin):
    way_to_edition = "sitting__session__plan"
    form = DeliberationForm
    list_display = ["__str__", "sitting", "version", "sent_on", "posted_on"]
    list_filter = ["sitting__session__plan"]
    readonly_fields = ["state_today", "enforceable_from"]
    fieldsets = [
        (
            _("Vote"),
            {
                "fields": [
                    ("sitting", "version"),
                    "number",
                    ("votes_for", "votes_against", "abstentions"),
                    ("majority", "casting_vote_for"),
                    "redeliberates",
                ]
            },
        ),
        (
            _("Governor"),
            {"fields": ["sent_on", ("objected_on", "objection"), ("visa", "visa_on")]},
        ),
        (_("Posting and minutes"), {"fields": [("posted_on", "minutes_sent_on")]}),
        (_("What it has come to"), {"fields": ["state_today", "enforceable_from"]}),
    ]
    formfield_overrides = _AS_TYPED

    def get_queryset(self, request):
        votes = super().get_queryset(request)
        votes = votes.select_related("sitting__session__plan", "version__plan", "redeliberation")
        return votes.defer("version__data")

    def get_fieldsets(self, request, obj=None):
        found = super().get_fieldsets(request, obj)
        return found if obj else found[:-1]

    def has_delete_permission(self, request, obj=None):
        """Not of a vote that an adopted version bears."""
        return super().has_delete_permission(request, obj) and not (obj and obj.is_borne)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """The field, with what can be chosen, each named without a query of its own."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "sitting":
            field.queryset = field.queryset.select_related("session")
        elif db_field.name == "version":
            # A version's data is large and not needed to name it.
            endorsed = PlanVersion.objects.filter(kind=PlanVersion.Kind.ENDORSED)
            field.queryset = endorsed.select_related("plan").defer("data")
        elif db_field.name == "redeliberates":
            own = request.resolver_match.kwargs.get("object_id")
            objected = Deliberation.objects.exclude(objected_on=None).exclude(pk=own)
            field.queryset = objected.select_related("sitting")
        return field

    @admin.display(description=_("today"))
    def state_today(self, vote):
        return vote.state.label

    @admin.display(description=_("enforceable from"))
    def enforceable_from(self, vote):
        return dates.day(vote.enforceable_on) or _("not known yet")


@admin.register(Deadline)
class DeadlineAdmin(LogsActs, TranslationAdmin):
    way_to_edition = None
    formfield_overrides = _AS_TYPED
    list_display = ["order", "title", "done_by", "counts_from", "days", "working_days"]
    list_display_links = ["order", "title"]
    fields = [
        "order",
        "title",
        ("done_by", "counts_from"),
        ("days", "working_days"),
        "source",
    ]
