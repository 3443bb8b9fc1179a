"""How long the coordinator waits for a file of ten thousand ideas, in each format and as a person asks for it."""

import time

from django.contrib.auth.models import User
from django.test import Client

from openmuni.exports import ExportAdmin
from proposals.models import Proposal

from .seed import add_ideas, rehearsal

IDEAS = 10_000
SECONDS = 5
ADDRESS = "/ar/admin/proposals/proposal/export/"
PLAIN, WITH_CONTACTS = "0", "1"


def measure(figures):
    """The export page's answers, with and without contact data."""
    add_ideas(rehearsal(), IDEAS)
    figures.note("ideas", Proposal.objects.count())
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(username="coordinator"))
    for number, file_format in enumerate(ExportAdmin.export_formats):
        for resource, words in ((PLAIN, "ideas"), (WITH_CONTACTS, "with contacts")):
            begun = time.perf_counter()
            answer = client.post(ADDRESS, {"format": number, "resource": resource})
            name = f"{file_format.extension}, {words}"
            figures.at_most(f"{name}: time", time.perf_counter() - begun, SECONDS, "s")
            figures.exactly(f"{name}: status", answer.status_code, 200)
            figures.note(f"{name}: size", len(answer.content) / 1000, "KB")
