"""The remarks cards, each with its desk, and the remarks with what they wait for."""

from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import Count, Q
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from committee.forms import CARD_ACTS
from committee.waiting import late_cards, promise_on_card
from consultations.admin import ImportAdmin, ReadOnly
from consultations.answers import NOT_ANSWERED
from consultations.became import Texts
from consultations.exports import RemarkResource
from consultations.imports import RemarkImport
from consultations.models import Moderation, Project, Remark, RemarkCard, Submission
from consultations.trail import events_of
from openmuni import clock
from openmuni.exports import ExportAdmin

from .desk import Desk
from .reports import ReportsOfWindows
from .triage import LateFilter, badge

_ALL = Count("remarks")
_ANSWERED = Count("remarks", filter=Q(remarks__outcome__gt=""))


class WaitingFilter(admin.SimpleListFilter):
    """Cards by whether all their remarks have an answer."""

    title = _("answers")
    parameter_name = "answers"

    def lookups(self, request, model_admin):
        return [("waiting", _("some are missing")), ("whole", _("each remark has one"))]

    def queryset(self, request, queryset):
        unanswered = Remark.objects.unanswered().values("card")
        if self.value() == "waiting":
            return queryset.filter(pk__in=unanswered)
        return queryset.exclude(pk__in=unanswered) if self.value() == "whole" else queryset


class LateCardFilter(LateFilter):
    """By whether what was promised to the author of the card is late."""

    def queryset(self, request, queryset):
        return late_cards(queryset, clock.now()) if self.value() == "yes" else queryset


@admin.register(RemarkCard)
class RemarkCardAdmin(Desk, admin.ModelAdmin):
    list_display = ["reference", "project", "received", "answers", "moderation"]
    list_filter = [
        "submission__moderation",
        WaitingFilter,
        LateCardFilter,
        "project__plan",
        "submission__step",
        "project",
    ]
    list_select_related = ["submission__step", "project__plan", "version"]
    list_per_page = 25
    show_facets = admin.ShowFacets.ALWAYS
    ordering = ["-submission__received_at", "-pk"]
    search_fields = ["submission__reference", "remarks__text"]
    actions = None
    acts = CARD_ACTS
    main_acts = ("publish", "answer")
    change_form_template = "admin/consultations/remarkcard/change_form.html"

    def get_queryset(self, request):
        cards = super().get_queryset(request).select_related(*self.list_select_related)
        # A version's data is large and not needed to name it.
        return cards.defer("version__data").annotate(all_remarks=_ALL, answered=_ANSWERED)

    def changelist_view(self, request, extra_context=None):
        # The columns and the filters need the width.
        return super().changelist_view(request, {"is_nav_sidebar_enabled": False})

    def get_ordering(self, request):
        """The newest first; of what waits, the one that has waited longest."""
        waits = request.GET.get("answers") == "waiting"
        pending = request.GET.get("submission__moderation__exact") == Moderation.PENDING
        late = LateFilter.parameter_name in request.GET
        return ["submission__received_at", "pk"] if waits or pending or late else self.ordering

    def usual_filters(self, request, card):
        """The cards of its edition that wait for the same as it does."""
        kept = {"project__plan__id__exact": card.project.plan_id}
        state = card.submission.moderation
        if state == Moderation.PENDING:
            return urlencode({"submission__moderation__exact": state} | kept)
        if state == Moderation.PUBLISHED and any(not row.is_answered for row in card.remarks.all()):
            waiting = {
                "submission__moderation__exact": state,
                WaitingFilter.parameter_name: "waiting",
            }
            return urlencode(waiting | kept)
        return urlencode(kept)

    def name_of_queue(self, filters):
        if filters.get(WaitingFilter.parameter_name) == "waiting":
            return _("Cards without all their answers")
        if filters.get("submission__moderation__exact") == Moderation.PENDING:
            return _("Cards to be read")
        if filters.get(LateFilter.parameter_name):
            return _("Late cards")
        return RemarkCard._meta.verbose_name_plural

    def lines_of_queue(self, pks):
        cards = RemarkCard.objects.filter(pk__in=pks).select_related("submission", "project__plan")
        for card in cards.annotate(all_remarks=_ALL, answered=_ANSWERED):
            yield {"case": card, "title": card.project, "promise": promise_on_card(card)}

    def reading(self, request, card, forms):
        trail = events_of(card.submission, _("The card was received"))
        return {
            "card": card,
            "promise": promise_on_card(card),
            "trail": trail,
            "latest": trail[-1],
            "rows": list(self._rows(card, forms.get("answer"))),
        }

    def _rows(self, card, form):
        """Each remark with the text it speaks of and the fields of its answer."""
        texts = Texts(card.plan, [card.version_id])
        for remark in card.remarks.select_related("heading"):
            yield {
                "remark": remark,
                "became": texts.became(card, remark.heading),
                "present": remark.heading.text_of(card.project),
                "fields": form.fields_of(remark) if form else [],
            }

    @admin.display(
        description=Submission._meta.get_field("reference").verbose_name,
        ordering="submission__reference",
    )
    def reference(self, card):
        mark = badge("rehearsal", _("rehearsal")) if card.plan.is_rehearsal else ""
        return format_html('<bdi dir="ltr">{}</bdi> {}', card.reference, mark)

    @admin.display(
        description=Submission._meta.get_field("received_at").verbose_name,
        ordering="submission__received_at",
    )
    def received(self, card):
        return card.submission.received_at

    @admin.display(description=_("answers"))
    def answers(self, card):
        return _("%(answered)s of %(all)s") % {"answered": card.answered, "all": card.all_remarks}

    @admin.display(
        description=Submission._meta.get_field("moderation").verbose_name,
        ordering="submission__moderation",
    )
    def moderation(self, card):
        submission = card.submission
        return badge(submission.moderation, submission.get_moderation_display())


class OutcomeFilter(admin.SimpleListFilter):
    """By what became of the remark, those that wait for an answer among them."""

    title = Remark._meta.get_field("outcome").verbose_name
    parameter_name = "outcome"

    def lookups(self, request, model_admin):
        return [("none", NOT_ANSWERED), *Remark.Outcome.choices]

    def queryset(self, request, queryset):
        if self.value() == "none":
            return queryset.unanswered()
        return queryset.filter(outcome=self.value()) if self.value() else queryset


@admin.register(Remark)
class RemarkAdmin(ReportsOfWindows, ReadOnly, ImportAdmin, ExportAdmin, admin.ModelAdmin):
    """A list of all remarks; each leads to the desk of its card, where it is answered."""

    list_display = ["words", "reference", "project", "heading", "what_became", "moderation"]
    list_filter = [
        "card__project__plan",
        "card__submission__step",
        OutcomeFilter,
        "card__submission__moderation",
        "card__project",
        "heading__key",
    ]
    list_select_related = ["card__submission", "card__project", "heading"]
    list_per_page = 50
    show_facets = admin.ShowFacets.ALWAYS
    ordering = ["-card__submission__received_at", "pk"]
    search_fields = ["text", "answer", "card__submission__reference"]
    actions = None
    resource_classes = [RemarkResource]
    import_kinds = [RemarkImport]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Lead to the desk of its card."""
        remark = self.get_object(request, object_id)
        if remark is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        desk = reverse("admin:consultations_remarkcard_change", args=[remark.card_id])
        return redirect(f"{desk}#remark-{remark.pk}")

    @admin.display(description=Remark._meta.verbose_name, ordering="text")
    def words(self, remark):
        return format_html("<bdi>{}</bdi>", Truncator(remark.text).chars(90))

    @admin.display(
        description=Submission._meta.get_field("reference").verbose_name,
        ordering="card__submission__reference",
    )
    def reference(self, remark):
        return format_html('<bdi dir="ltr">{}</bdi>', remark.card.reference)

    @admin.display(description=Project._meta.verbose_name, ordering="card__project__number")
    def project(self, remark):
        return f"{remark.card.project.number}. {remark.card.project}"

    @admin.display(description=Remark._meta.get_field("outcome").verbose_name, ordering="outcome")
    def what_became(self, remark):
        if remark.is_answered:
            return badge(remark.outcome, remark.get_outcome_display())
        return badge("unanswered", NOT_ANSWERED)

    @admin.display(
        description=Submission._meta.get_field("moderation").verbose_name,
        ordering="card__submission__moderation",
    )
    def moderation(self, remark):
        submission = remark.card.submission
        return badge(submission.moderation, submission.get_moderation_display())
