"""`manage.py export_plan`: the document of an edition as a file, the same bytes as from the admin."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from committee.documents import DocumentError, export_plan, page_count
from consultations.models import ActionPlan


class Command(BaseCommand):
    """Says the path, the pages, the version, the fingerprint and the replaced characters."""

    help = "Make the openness action plan as a PDF. Unchanged data gives the last document again."

    def add_arguments(self, parser):
        parser.add_argument("--plan", help="address of the edition; without it, the latest one")
        parser.add_argument(
            "--language", default="ar", choices=[code for code, _ in settings.LANGUAGES]
        )
        parser.add_argument("--output", type=Path, help="file to write; by default in var/")

    def handle(self, *, plan, language, output, **options):
        editions = ActionPlan.objects.latest_first()
        edition = editions.filter(slug=plan).first() if plan else editions.first()
        if edition is None:
            raise CommandError("There is no such edition." if plan else "There is no edition yet.")
        try:
            pdf = export_plan(edition, language)
        except DocumentError as error:
            raise CommandError(str(error)) from None
        name = f"{edition.slug}-v{pdf.version.number}-{language}.pdf"
        path = output or settings.VAR_DIR / name
        content = bytes(pdf.content)
        path.write_bytes(content)
        self.stdout.write(
            f"{path}: {page_count(content)} pages, version {pdf.version.number}, "
            f"fingerprint {pdf.version.data_sha256}, "
            f"{pdf.replaced_characters} characters replaced"
        )
