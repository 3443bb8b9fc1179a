"""The file of the proposals."""

from itertools import islice

from django.conf import settings
from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from consultations.models import Channel, Moderation, WithholdingCategory
from openmuni.exports import ChoiceColumn, Column, ExportResource, model_column

from .models import Decision, Proposal, Status


class ProposalResource(ExportResource):
    """Every proposal with its moderation, its status and the reason of its last decision."""

    class Meta:
        name = Proposal._meta.verbose_name_plural
        file_stem = "proposals"

    reference = Column("submission__reference", _("reference"))
    plan = model_column(Proposal, "plan")
    rehearsal = Column("plan__is_rehearsal", _("rehearsal"))
    step = Column("submission__step", _("station"))
    received_at = Column("submission__received_at", _("received at"))
    channel = ChoiceColumn("submission__channel", _("channel"), Channel.choices)
    language = ChoiceColumn("submission__language", _("language"), settings.LANGUAGES)
    moderation = ChoiceColumn("submission__moderation", _("moderation"), Moderation.choices)
    category = ChoiceColumn(
        "submission__withheld_category", _("category"), WithholdingCategory.choices
    )
    kind = ChoiceColumn(
        "kind", Proposal._meta.get_field("kind").verbose_name, Proposal.Kind.choices
    )
    title = model_column(Proposal, "title")
    body = model_column(Proposal, "body")
    axis = model_column(Proposal, "axis")
    neighbourhood = model_column(Proposal, "neighbourhood")
    shown_name = Column("submission__shown_name", _("published name"))
    status = ChoiceColumn("status", _("status"), Status.choices)
    project = model_column(Proposal, "project")
    reason = model_column(Decision, "reason")
    kept_part = model_column(Decision, "kept_part")
    decided_at = Column(None, _("decided at"))

    def filter_export(self, queryset, **kwargs):
        """Fetch what the columns ask for in a fixed number of queries for each thousand rows.

        What many rows share is fetched apart, so that it is not made anew for each of them.
        """
        decisions = Prefetch("decisions", to_attr="told")
        rows = queryset.select_related(None).select_related("submission")
        return rows.prefetch_related("plan", "axis", "project", "submission__step", decisions)

    def iter_queryset(self, queryset):
        """The rows; only new project cards have parts to fetch."""
        rows = iter(super().iter_queryset(queryset))
        while some := list(islice(rows, 1000)):
            cards = [row for row in some if row.kind == Proposal.Kind.NEW_PROJECT]
            prefetch_related_objects(cards, "parts")
            yield from some

    def dehydrate_body(self, proposal):
        return proposal.whole_text

    def dehydrate_reason(self, proposal):
        return _last(proposal, "reason")

    def dehydrate_kept_part(self, proposal):
        return _last(proposal, "kept_part")

    def dehydrate_decided_at(self, proposal):
        return _last(proposal, "at")


class ProposalContactResource(ProposalResource):
    """The same with what is private of the author: for those who may see it, and on purpose only."""

    class Meta:
        name = _("proposals with contact data")
        file_stem = "proposals-with-contacts"

    contact_name = Column("submission__contact__name", _("name"))
    association = Column("submission__contact__association", _("association"))
    phone = Column("submission__contact__phone", _("telephone"))
    email = Column("submission__contact__email", _("e-mail"))

    def filter_export(self, queryset, **kwargs):
        """As above, with the contact's row."""
        return super().filter_export(queryset, **kwargs).select_related("submission__contact")


def _last(proposal, name):
    return getattr(proposal.told[-1], name) if proposal.told else None
