"""The receipts of paper cards, for as long as their rows are kept: a code is made again from key and digest."""

import datetime

import segno
from django.urls import reverse
from django.utils import translation

from consultations.forms import RemarksForm
from consultations.receipts import Receipt, code_groups
from proposals.forms import IdeaForm, NewProjectForm

_WORDS = {"idea": IdeaForm, "new_project": NewProjectForm}


def receipts_of(draft, absolute) -> list[dict]:
    """What the receipt of each received row says, in the language of its card.

    `absolute` makes a path an address.
    """
    return [_receipt(row, absolute) for row in draft.received]


def _receipt(row, absolute):
    code = Receipt.again(row["key"], row["content_digest"]).code
    words = _WORDS.get(row["sheet"].partition(".")[0], RemarksForm)
    with translation.override(row["language"]):
        track = absolute(reverse("track"))
    # After the # the code stays in the browser: no server log ever holds it.
    qr = segno.make_qr(f"{track}#{code}", error="m", mask=0)
    return row | {
        "received_at": datetime.datetime.fromisoformat(row["received_at"]),
        "words": {"thanks": words.thanks, "received": words.received, "examined": words.examined},
        "code_groups": code_groups(code),
        "track": track.partition("://")[2],
        "qr": qr.svg_data_uri(dark="#06303f", border=2),
    }
