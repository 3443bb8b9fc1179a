"""`manage.py reset_second_factor`: for an account without a seat, whose owner lost phone and paper."""

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from committee.accounts.second_factor import take_away


class Command(BaseCommand):
    """Takes the second factor away; the next sign-in sets up another."""

    help = "Take the second factor away from an account; its sessions end."

    def add_arguments(self, parser):
        parser.add_argument("name", help="name to sign in")

    def handle(self, *, name, **options):
        user = User.objects.filter(username=name).first()
        if user is None:
            raise CommandError("There is no such account.")
        take_away(user)
        self.stdout.write("Done: the next sign-in sets up another second factor.")
