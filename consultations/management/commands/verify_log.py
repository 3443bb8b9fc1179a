"""manage.py verify_log: whether the log of what staff did is whole, and true."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from consultations.models import ActionPlan
from consultations.verifying import faults_of


class Command(BaseCommand):
    """Prints the length and the head of each log, or its faults; fails when there is one."""

    help = "Check the log of acts: its chain, and what it tells of decisions, versions and answers."

    def add_arguments(self, parser):
        parser.add_argument("edition", nargs="?", help="its address; without it, every edition")
        parser.add_argument(
            "--published",
            type=Path,
            metavar="FILE",
            help="the log of the edition as downloaded from its public page at any time before",
        )

    def handle(self, *, edition, published, **options):
        plans = ActionPlan.objects.latest_first()
        if edition:
            plans = plans.filter(slug=edition)
            if not plans:
                raise CommandError("There is no such edition.")
        elif published:
            raise CommandError("Name the edition that the published log is of.")
        heads = self.read(published) if published else {}
        faulty = sum(self.verify(plan, heads) for plan in plans)
        if faulty:
            raise CommandError(f"The log cannot be trusted: {faulty} faults.")

    def read(self, path) -> dict[int, str]:
        """The hashes of a published log by the numbers of their acts."""
        try:
            acts = json.loads(path.read_text(encoding="utf-8"))["acts"]
            return {int(act["number"]): str(act["hash"]) for act in acts}
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise CommandError(f"{path} is no published log: {error}") from None

    def verify(self, plan, heads) -> int:
        """Say what the log of `plan` is like; return the number of its faults."""
        faults = faults_of(plan, heads)
        for fault in faults:
            self.stderr.write(f"{plan.slug}: {fault}")
        if not faults:
            last = plan.log.order_by("-number").first()
            whole = f"{last.number} acts, head {last.hash}" if last else "no act yet"
            self.stdout.write(f"{plan.slug}: {whole}")
        return len(faults)
