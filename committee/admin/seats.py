"""What a coordinator does for a seat of the committee: its account, its second factor, its end."""

import datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from committee.accounts import second_factor
from committee.accounts.invitations import administers, end_seat, invite
from committee.accounts.sessions import recently_proved
from committee.forms.accounts import EndForm
from committee.models import CommitteeMember, IllegalSeat
from consultations.acts import Act
from openmuni import clock

_STEM = "committee_committeemember"


class SeatActs:
    """Adds to the admin of the members the page of one seat and its acts."""

    def get_urls(self):
        acts = {
            "invite": self.invite_view,
            "second-factor": self.reset_view,
            "end": self.end_view,
        }
        wrap = self.admin_site.admin_view
        own = [
            path(
                f"<int:pk>/{name}/",
                wrap(require_POST(recently_proved(view))),
                name=f"{_STEM}_{name}",
            )
            for name, view in acts.items()
        ]
        seat = path("<int:pk>/seat/", wrap(self.seat_view), name=f"{_STEM}_seat")
        return [seat, *own, *super().get_urls()]

    def seat_view(self, request, pk):
        """Who holds the seat, what their account is worth, and the acts."""
        return self._seat_page(request, self._seat(request, pk))

    def invite_view(self, request, pk):
        """Make the account, or give it a new start, and show its link this once."""
        member = self._seat(request, pk)
        try:
            link = request.build_absolute_uri(invite(member, by=self._actor(request, member)))
        except IllegalSeat as refusal:
            return self._seat_refused(request, member, refusal)
        self.log_change(request, member, _("Invited, by a link that works once."))
        return self._seat_page(request, member, link=link)

    def reset_view(self, request, pk):
        """Take the second factor away from who lost it; the next sign-in sets up another."""
        member = self._seat(request, pk)
        if member.user is None or administers(member.user):
            return self._seat_refused(request, member, _("There is no account to reset here."))
        with transaction.atomic():
            second_factor.take_away(member.user)
            self.log_act(request, member, Act.ACCOUNT, after={"second_factor": None})
        self.log_change(request, member, _("The second factor was reset."))
        messages.success(
            request, _("The second factor was reset: the next sign-in sets up another.")
        )
        return self._to_seat(member)

    def end_view(self, request, pk):
        """End the seat; the row stays, and the account closes when it stands for nothing else."""
        member = self._seat(request, pk)
        form = EndForm(request.POST)
        if not form.is_valid():
            return self._seat_page(request, member, form=form)
        try:
            end_seat(member, form.cleaned_data["last_day"], by=self._actor(request, member))
        except IllegalSeat as refusal:
            form.add_error("last_day", str(refusal))
            return self._seat_page(request, member, form=form)
        self.log_change(request, member, _("The seat was ended."))
        messages.success(request, _("The seat has ended. All that was done in it stays."))
        return self._to_seat(member)

    def _seat(self, request, pk):
        member = self.get_object(request, str(pk))
        if member is None:
            raise Http404
        if not self.has_change_permission(request, member):
            raise PermissionDenied
        return member

    def _actor(self, request, member):
        return CommitteeMember.objects.actor(request.user, member.plan)

    def _seat_refused(self, request, member, refusal):
        messages.error(request, refusal)
        return self._to_seat(member)

    def _to_seat(self, member):
        return redirect(f"admin:{_STEM}_seat", member.pk)

    def _seat_page(self, request, member, *, link="", form=None):
        user = member.user
        context = {
            **self.admin_site.each_context(request),
            "title": str(member),
            "opts": self.opts,
            "member": member,
            "account": user,
            "has_app": bool(user) and second_factor.app_of(user) is not None,
            "sits": member.sits_on(clock.today()),
            "has_ended": bool(member.until) and member.until <= clock.today(),
            "successor": _successor(member),
            "link": link,
            "form": form or EndForm(),
        }
        request.current_app = self.admin_site.name
        template = "admin/committee/committeemember/seat.html"
        return TemplateResponse(request, template, context)


def _successor(member) -> str:
    """The address of the form of who follows, with what the seat says already."""
    known = {"plan": member.plan_id, "order": member.order}
    known |= {"college": member.college, "role": member.role}
    if member.until:
        known["since"] = (member.until + datetime.timedelta(days=1)).strftime("%d/%m/%Y")
    return f"{reverse(f'admin:{_STEM}_add')}?{urlencode(known)}"
