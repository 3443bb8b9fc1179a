"""`manage.py invite_member`: an account for a listed member, and the link that opens it once."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q
from django.utils import translation

from committee.accounts.invitations import invite
from committee.models import CommitteeMember, IllegalSeat
from openmuni import clock


class Command(BaseCommand):
    """Says the name to sign in and the link; the link is a secret until it was used."""

    help = "Give a committee member an account, by a link that works once, to hand over."

    def add_arguments(self, parser):
        parser.add_argument("edition", help="address of the edition, as 2024-2026")
        parser.add_argument("member", help="number of the seat, or the name in Arabic or French")
        parser.add_argument(
            "--language", default="ar", choices=[code for code, _ in settings.LANGUAGES]
        )

    def handle(self, *, edition, member, language, **options):
        seats = CommitteeMember.objects.sitting(clock.today()).filter(plan__slug=edition)
        number = Q(order=int(member)) if member.isdecimal() else Q()
        found = list(seats.filter(number or Q(name_ar=member) | Q(name_fr=member)))
        if len(found) != 1:
            raise CommandError(
                f"{len(found)} members of {edition} answer to that: give the number of the seat."
            )
        with translation.override(language):
            try:
                link = invite(found[0])
            except IllegalSeat as refusal:
                raise CommandError(str(refusal)) from None
        self.stdout.write(f"Name to sign in: {found[0].user.username}")
        self.stdout.write(f"Link, good once, for {settings.PASSWORD_RESET_TIMEOUT // 3600} hours:")
        self.stdout.write(f"  {_site()}{link}")


def _site() -> str:
    if settings.PRODUCTION:
        return f"https://{settings.ALLOWED_HOSTS[0].lstrip('.')}"
    return "http://127.0.0.1:8000"
