"""The file of the proposals."""

from django.utils.translation import gettext_lazy as _

from openmuni.exports import Column, ExportResource, model_column

from .models import Decision, Proposal


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
    channel = Column("submission__get_channel_display", _("channel"))
    language = Column("submission__get_language_display", _("language"))
    moderation = Column("submission__get_moderation_display", _("moderation"))
    category = Column("submission__get_withheld_category_display", _("category"))
    kind = Column("get_kind_display", Proposal._meta.get_field("kind").verbose_name)
    title = model_column(Proposal, "title")
    body = model_column(Proposal, "body")
    axis = model_column(Proposal, "axis")
    neighbourhood = model_column(Proposal, "neighbourhood")
    shown_name = Column("submission__shown_name", _("published name"))
    status = Column("get_status_display", _("status"))
    project = model_column(Proposal, "project")
    reason = model_column(Decision, "reason")
    kept_part = model_column(Decision, "kept_part")
    decided_at = Column(None, _("decided at"))

    def filter_export(self, queryset, **kwargs):
        """Fetch what the columns ask for in a fixed number of queries."""
        return queryset.select_related(
            "plan", "axis", "project", "submission__step"
        ).prefetch_related("decisions", "parts")

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
    decisions = list(proposal.decisions.all())
    return getattr(decisions[-1], name) if decisions else None
