"""The list of the proposals: what waits, for how long."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from committee.forms import ACTS
from consultations.models import PriorityAxis, Submission
from openmuni import clock
from openmuni.exports import ExportAdmin
from proposals.exports import ProposalContactResource, ProposalResource
from proposals.models import Proposal
from proposals.trail import trail_of

from .desk import Desk


def badge(code, words):
    """A state as its word on its colour."""
    return format_html('<span class="badge badge--{}">{}</span>', code, words)


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


@admin.register(Proposal)
class ProposalAdmin(ExportAdmin, Desk, admin.ModelAdmin):
    list_display = ["reference", "name", "age", "outcome", "moderation", "axis", "channel"]
    list_display_links = ["reference", "name"]
    list_filter = [
        "submission__moderation",
        "status",
        "kind",
        AxisFilter,
        "submission__channel",
        "plan",
    ]
    list_select_related = ["submission__step", "axis", "plan", "project"]
    list_per_page = 25
    show_full_result_count = False
    # The newest first; the second key settles a tie as it does on the public list.
    ordering = ["-submission__received_at", "-submission_id"]
    search_fields = ["folded"]
    search_help_text = _("Reference, title, text or neighbourhood")
    actions = None
    acts = ACTS
    change_form_template = "admin/proposals/proposal/change_form.html"

    def reading(self, request, proposal, forms):
        trail = trail_of(proposal)
        return {
            "proposal": proposal,
            "trail": trail,
            "latest": trail[-1],
            "opinions": self._opinions(request, proposal),
            "agenda": self._agenda(request, proposal),
        }

    def _opinions(self, request, proposal):
        if not request.user.has_perm("committee.view_opinion"):
            return None
        return proposal.opinions.select_related("member")

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

    @admin.display(description=_("age"), ordering="submission__received_at")
    def age(self, proposal):
        days = (clock.today() - clock.local(proposal.submission.received_at).date()).days
        return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
