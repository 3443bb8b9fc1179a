"""The acts of staff that the log knows. Imports no model, so that every model may name its acts."""

from django.db import models
from django.utils.translation import pgettext_lazy

# In the place of the names of fields: not one of them.
ALL = "__all__"


class Act(models.TextChoices):
    """What was done. What waits for its publication is told of without what it says."""

    BEGIN = "begin", pgettext_lazy("act", "beginning of the log")

    START_EDITION = "start_edition", pgettext_lazy("act", "new edition")
    OPEN_EDITION = "open_edition", pgettext_lazy("act", "edition opened")
    CLOSE_EDITION = "close_edition", pgettext_lazy("act", "edition closed")

    ADD_SHEET = "add_sheet", pgettext_lazy("act", "sheet added")
    CHANGE_SHEET = "change_sheet", pgettext_lazy("act", "sheet changed")
    DELETE_SHEET = "delete_sheet", pgettext_lazy("act", "sheet deleted")
    IMPORT = "import", pgettext_lazy("act", "import")
    TYPE_IN = "type_in", pgettext_lazy("act", "paper cards typed in")

    MODERATE = "moderate", pgettext_lazy("act", "moderation")
    ERASE_AUTHOR = "erase_author", pgettext_lazy("act", "author’s data erased")
    FILE = "file", pgettext_lazy("act", "filed under an axis")
    NOTE = "note", pgettext_lazy("act", "staff note")
    OPINION = "opinion", pgettext_lazy("act", "opinion given")
    PREPARE = "prepare", pgettext_lazy("act", "decision prepared")
    SEND_BACK = "send_back", pgettext_lazy("act", "decision sent back")
    DECIDE = "decide", pgettext_lazy("act", "decision")
    ANSWER = "answer", pgettext_lazy("act", "answer to a remark")
    REPORT = "report", pgettext_lazy("act", "report published")

    MOVE_STEP = "move_step", pgettext_lazy("act", "station moved")
    MOVE_SESSION = "move_session", pgettext_lazy("act", "session moved")
    FILL_AGENDA = "fill_agenda", pgettext_lazy("act", "agenda filled")
    RECORD = "record", pgettext_lazy("act", "recorded at a meeting")
    FREEZE = "freeze", pgettext_lazy("act", "version of the plan")
    CORRECT = "correct", pgettext_lazy("act", "erratum")

    INVITE = "invite", pgettext_lazy("act", "invitation")
    END_SEAT = "end_seat", pgettext_lazy("act", "end of a seat")
    ACCOUNT = "account", pgettext_lazy("act", "account changed")
