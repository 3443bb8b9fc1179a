"""The list of the proposals: what waits, for how long."""

from urllib.parse import urlencode

from django.contrib import admin
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from committee.accounts.sessions import ask_for_proof, is_proved
from committee.forms import ACTS
from committee.models import DraftDecision
from committee.opinions import glance_at
from committee.waiting import (
    WAITS_FOR,
    WaitsFor,
    age_of,
    awaiting_opinion,
    promise_on,
    seats_of,
    waiting_for,
    whom_it_waits_for,
)
from consultations.admin import ImportAdmin
from consultations.models import PriorityAxis, Submission
from openmuni import clock
from openmuni.exports import ExportAdmin
from proposals.exports import ProposalContactResource, ProposalResource
from proposals.imports import IdeaImport
from proposals.look_alikes import look_alikes
from proposals.models import Proposal
from proposals.trail import trail_of

from .desk import Desk
from .together import ActsTogether


def badge(code, words):
    """A state as its word on its colour."""
    return format_html('<span class="badge badge--{}">{}</span>', code, words)


NAMES_OF_QUEUES = {
    WaitsFor.MODERATOR: _("Waiting for the moderator"),
    WaitsFor.MY_OPINION: _("Waiting for my opinion"),
    WaitsFor.COMMITTEE: _("Waiting for the committee"),
    WaitsFor.SIGNATURE: _("Waiting for the second signature"),
}
_WAITING = {*NAMES_OF_QUEUES}


class AxisFilter(admin.SimpleListFilter):
    """By axis. Editions that share an axis share its entry."""

    title = PriorityAxis._meta.verbose_name
    parameter_name = "axis"

    def lookups(self, request, model_admin):
        names = {axis.key: str(axis) for axis in PriorityAxis.objects.order_by("-plan")}
        return [*names.items(), ("none", _("no axis"))]

    def queryset(self, request, queryset):
        if self.value() == "none":
            return queryset.filter(axis=None)
        return queryset.filter(axis__key=self.value()) if self.value() else queryset


class WaitsForFilter(admin.SimpleListFilter):
    """By whose turn it is."""

    title = WAITS_FOR
    parameter_name = "waits_for"

    def lookups(self, request, model_admin):
        """All of them; my opinion is asked of those who have a seat."""
        has_seat = seats_of(request.user).exists()
        return [(whom, whom.label) for whom in WaitsFor if has_seat or whom != WaitsFor.MY_OPINION]

    def queryset(self, request, queryset):
        if self.value() not in WaitsFor:
            return queryset
        return waiting_for(queryset, self.value(), request.user)


class LateFilter(admin.SimpleListFilter):
    """By whether what was promised to the author is late."""

    title = _("promised date")
    parameter_name = "late"

    def lookups(self, request, model_admin):
        return [("yes", pgettext("promise", "late"))]

    def queryset(self, request, queryset):
        return queryset.late(clock.now()) if self.value() == "yes" else queryset


def notes_on(proposal):
    """What staff noted on `proposal`, the newest first."""
    return proposal.notes.order_by("-pk")


def draft_on(proposal):
    """The decision on `proposal` that waits; None when there is none."""
    return DraftDecision.objects.whole().filter(proposal=proposal).first()


@admin.register(Proposal)
class ProposalAdmin(ImportAdmin, ExportAdmin, ActsTogether, Desk, admin.ModelAdmin):
    list_display = [
        "reference",
        "name",
        "waits_for",
        "age",
        "outcome",
        "moderation",
        "axis",
        "channel",
    ]
    list_display_links = ["reference", "name"]
    list_filter = [
        WaitsForFilter,
        LateFilter,
        "submission__moderation",
        "status",
        "kind",
        AxisFilter,
        "submission__channel",
        "plan",
    ]
    list_select_related = ["submission__step", "axis", "plan", "project", "draft_decision"]
    list_per_page = 25
    show_full_result_count = False
    # The newest first; the second key settles a tie as it does on the public list.
    ordering = ["-submission__received_at", "-submission_id"]
    search_fields = ["folded"]
    search_help_text = _("Reference, title, text or neighbourhood")
    import_kinds = [IdeaImport]
    acts = ACTS
    main_acts = ("publish", "confirm", "decide", "opinion")
    change_form_template = "admin/proposals/proposal/change_form.html"

    def get_ordering(self, request):
        """The newest first; of what waits, the one that has waited longest."""
        waits = request.GET.get(WaitsForFilter.parameter_name) in _WAITING
        if waits or request.GET.get(LateFilter.parameter_name):
            return ["submission__received_at", "submission_id"]
        return self.ordering

    def usual_filters(self, request, proposal):
        """The proposals of its edition that wait for the same as it does."""
        whom, kept = whom_it_waits_for(proposal), {"plan__id__exact": proposal.plan_id}
        if whom == WaitsFor.NOBODY:
            return urlencode(kept)
        one = Proposal.objects.filter(pk=proposal.pk)
        if whom != WaitsFor.MODERATOR and awaiting_opinion(one, seats_of(request.user)).exists():
            whom = WaitsFor.MY_OPINION
        return urlencode({WaitsForFilter.parameter_name: whom} | kept)

    def name_of_queue(self, filters):
        whom = filters.get(WaitsForFilter.parameter_name)
        if whom in _WAITING:
            return NAMES_OF_QUEUES[WaitsFor(whom)]
        if filters.get(LateFilter.parameter_name):
            return _("Late proposals")
        return Proposal._meta.verbose_name_plural

    def lines_of_queue(self, pks):
        rows = Proposal.objects.filter(pk__in=pks)
        for proposal in rows.select_related("submission", "plan", "draft_decision"):
            promise = promise_on(proposal)
            yield {"case": proposal, "title": proposal.title, "promise": promise}

    def main_act(self, queue, forms):
        """The opinion comes first where the list is of those that wait for it."""
        asked = QueryDict(queue.filters).get(WaitsForFilter.parameter_name)
        if asked == WaitsFor.MY_OPINION and "opinion" in forms:
            return "opinion"
        return super().main_act(queue, forms)

    def reading(self, request, proposal, forms):
        trail = trail_of(proposal)
        return {
            "proposal": proposal,
            "promise": promise_on(proposal),
            "waits_for": whom_it_waits_for(proposal),
            "trail": trail,
            "latest": trail[-1],
            "glance": self._if_may(request, "committee.view_opinion", glance_at, proposal),
            "look_alikes": self._if_may(request, "committee.view_opinion", look_alikes, proposal),
            "notes": self._if_may(request, "proposals.view_staffnote", notes_on, proposal),
            "draft": self._if_may(request, "committee.view_draftdecision", draft_on, proposal),
            "agenda": self._agenda(request, proposal),
        }

    @staticmethod
    def _if_may(request, permission, find, proposal):
        """What `find` finds on `proposal`, for whoever holds `permission`; None for others."""
        return find(proposal) if request.user.has_perm(permission) else None

    def _agenda(self, request, proposal):
        """Its places on the agendas of the committee: whoever reads the meetings reads them."""
        if not request.user.has_perm("committee.view_committeemeeting"):
            return None
        items = proposal.agenda_items.select_related("meeting").order_by("meeting__date", "pk")
        return items.prefetch_related("recusals__member")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related(*self.list_select_related)

    def changelist_view(self, request, extra_context=None):
        # Seven columns and the filters need the width.
        return super().changelist_view(request, {"is_nav_sidebar_enabled": False})

    def get_search_results(self, request, queryset, search_term):
        return queryset.search(search_term), False

    def get_export_resource_classes(self, request):
        """Contact data is a choice of its own, for those who may see it."""
        if request.user.has_perm("consultations.view_contact"):
            return [ProposalResource, ProposalContactResource]
        return [ProposalResource]

    def export_action(self, request):
        """The file; contact data go out to who has just proved who they are."""
        classes = self.get_export_resource_classes(request)
        contacts = str(classes.index(ProposalContactResource)) if len(classes) > 1 else None
        asked = request.method == "POST" and request.POST.get("resource") == contacts
        if asked and not is_proved(request):
            return ask_for_proof(request)
        return super().export_action(request)

    @admin.display(
        description=Submission._meta.get_field("reference").verbose_name,
        ordering="submission__reference",
    )
    def reference(self, proposal):
        mark = badge("rehearsal", _("rehearsal")) if proposal.plan.is_rehearsal else ""
        return format_html('<bdi dir="ltr">{}</bdi> {}', proposal.reference, mark)

    @admin.display(description=Proposal._meta.get_field("title").verbose_name, ordering="title")
    def name(self, proposal):
        return format_html("<bdi>{}</bdi>", proposal.title)

    @admin.display(
        description=Submission._meta.get_field("channel").verbose_name,
        ordering="submission__channel",
    )
    def channel(self, proposal):
        return proposal.submission.get_channel_display()

    @admin.display(description=Proposal._meta.get_field("status").verbose_name, ordering="status")
    def outcome(self, proposal):
        # Before that its author reads «received» or «withheld», not where the examination stands.
        if not proposal.submission.is_public:
            return None
        return badge(proposal.status, proposal.get_status_display())

    @admin.display(
        description=Submission._meta.get_field("moderation").verbose_name,
        ordering="submission__moderation",
    )
    def moderation(self, proposal):
        submission = proposal.submission
        return badge(submission.moderation, submission.get_moderation_display())

    @admin.display(description=WAITS_FOR)
    def waits_for(self, proposal):
        """Whose turn it is, and by when; late in words beside a drawing."""
        whom, promise = whom_it_waits_for(proposal), promise_on(proposal)
        if promise is None:
            return whom.label
        return render_to_string(
            "admin/includes/_promise.html", {"whom": whom.label, "promise": promise}
        )

    @admin.display(description=_("age"), ordering="submission__received_at")
    def age(self, proposal):
        return age_of(proposal.submission)
