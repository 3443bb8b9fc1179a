"""The printed plan as a file to keep."""

import io

from django.http import FileResponse


def pdf_download(pdf) -> FileResponse:
    """The stored bytes of a PlanPdf, under the edition, the version and the language."""
    name = f"{pdf.version.plan.slug}-v{pdf.version.number}-{pdf.language}.pdf"
    return FileResponse(io.BytesIO(pdf.content), as_attachment=True, filename=name)
