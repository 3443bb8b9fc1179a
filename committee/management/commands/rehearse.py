"""manage.py rehearse: an edition to play the whole story in."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from committee import rehearsal
from committee.documents import DocumentError
from consultations.models import ActionPlan, Commune


class Command(BaseCommand):
    """Builds the rehearsal, wipes it, or gives its accounts fresh passwords."""

    help = (
        "Build a rehearsal: an edition to play the whole story in, with an account for each role."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--no-documents",
            action="store_false",
            dest="documents",
            help="Leave out the PDFs of the draft, which take some seconds.",
        )
        instead = parser.add_mutually_exclusive_group()
        instead.add_argument(
            "--if-none", action="store_true", help="Change nothing when there is one."
        )
        instead.add_argument(
            "--new-passwords", action="store_true", help="Give its accounts fresh passwords."
        )
        instead.add_argument(
            "--wipe",
            action="store_true",
            help="Remove it. What was changed of the commune's own row stays.",
        )

    def handle(self, **options):
        standing = ActionPlan.objects.filter(is_rehearsal=True).first()
        if options["wipe"]:
            self.wipe(standing)
        elif options["new_passwords"]:
            self.give_passwords(standing)
        elif standing and options["if_none"]:
            self.stdout.write(f"The rehearsal {standing.slug} is there already.")
        else:
            self.build(standing, documents=options["documents"])

    def build(self, standing, *, documents):
        """Make the rehearsal, unless something stands in its way."""
        if standing:
            raise CommandError(
                f"The rehearsal {standing.slug} is there already:"
                " take it away with --wipe, or ask for --new-passwords."
            )
        if settings.PRODUCTION and rehearsal.real_submissions().exists():
            # Its accounts have the rights of their roles in every edition.
            raise CommandError("People have already written to this portal: rehearse on another.")
        if not Commune.objects.exists():
            raise CommandError("There is no commune yet: load one with loaddata first.")
        if names := rehearsal.names_in_use():
            raise CommandError(
                f"Somebody's own account has a name the rehearsal needs: {', '.join(names)}."
            )
        with transaction.atomic():
            plan = rehearsal.build()
            passwords = rehearsal.new_passwords()
        if documents:
            self.print_documents(plan)
        self.stdout.write(f"The rehearsal {plan.slug} is ready.")
        self.print_passwords(passwords)

    def print_documents(self, plan):
        """Make the PDFs; without them the rehearsal is still a whole one."""
        try:
            rehearsal.print_documents(plan)
        except DocumentError as error:
            self.stderr.write(f"The PDFs of the draft could not be made: {error}")

    def wipe(self, standing):
        """Remove the rehearsal."""
        for name in rehearsal.wipe():
            self.stdout.write(f"The account {name} also acted on real ideas: it was closed.")
        if not standing:
            self.stdout.write("There was no rehearsal.")
            return
        self.stdout.write(f"The rehearsal {standing.slug} is gone.")
        # The commune is the real one: what somebody wrote there while playing is not told apart.
        self.stdout.write("What was changed of the commune's own row stays: read it over.")

    def give_passwords(self, standing):
        """Give the accounts fresh passwords."""
        if not standing:
            raise CommandError("There is no rehearsal: make one with rehearse.")
        self.print_passwords(rehearsal.new_passwords())

    def print_passwords(self, passwords):
        """Show each password once: the database keeps a digest only."""
        addresses = []
        for code, _name in settings.LANGUAGES:
            with translation.override(code):
                addresses.append(reverse("admin:index"))
        self.stdout.write(f"Sign in at {' or '.join(addresses)} as")
        for name, password in passwords.items():
            self.stdout.write(f"  {name:<12} {password}")
        self.stdout.write("The passwords are not kept: --new-passwords makes new ones.")
