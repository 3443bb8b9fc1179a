"""The file of the committee's members."""

from django.utils.translation import gettext_lazy as _

from openmuni.exports import Column, ExportResource, model_column

from .models import CommitteeMember


class CommitteeMemberResource(ExportResource):
    """The seats of the committee, without the accounts behind them."""

    class Meta:
        name = CommitteeMember._meta.verbose_name_plural

    plan = model_column(CommitteeMember, "plan")
    rehearsal = Column("plan__is_rehearsal", _("rehearsal"))
    order = model_column(CommitteeMember, "order")
    college = Column("get_college_display", _("college"))
    role = Column("get_role_display", _("role"))
    name_ar = model_column(CommitteeMember, "name_ar")
    name_fr = model_column(CommitteeMember, "name_fr")
    role_title_ar = model_column(CommitteeMember, "role_title_ar")
    role_title_fr = model_column(CommitteeMember, "role_title_fr")
    function_ar = model_column(CommitteeMember, "function_ar")
    function_fr = model_column(CommitteeMember, "function_fr")
    since = model_column(CommitteeMember, "since")
    until = model_column(CommitteeMember, "until")
