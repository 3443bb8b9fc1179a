"""A person who triages at the keyboard of a real browser, and what that takes."""

from dataclasses import dataclass
from urllib.parse import urlsplit

REASON = "درست اللجنة الفكرة ووجدت أنها تدخل في اختصاص الجماعة وأن صاحبها محق فيها."
INDEX = "/ar/admin/"
# The ends of the queues: a moderator's, then the committee's.
OPEN_FIRST, OPEN_SECOND = "1", "2"
# The keys of each decision before its reason; a merge goes past its other fields.
ACCEPT, REJECT = ("1",), ("3",)
MERGE = ("2", "3", "Tab", "Tab", "Tab")


@dataclass(frozen=True)
class Taken:
    """What one act took: keys beside those of its reason, and loads of pages."""

    act: str
    keys: int
    loads: int


class Keyboard:
    """Counts the keys that are pressed on `page`, and the pages that load."""

    def __init__(self, page):
        self.page, self.keys, self.loads, self.taken = page, 0, 0, []
        page.on("load", self._count_load)

    def _count_load(self, _page):
        self.loads += 1

    def press(self, *keys):
        """Press each in turn; the keys of a chord count one by one."""
        for key in keys:
            self.page.keyboard.press(key)
            self.keys += len(key.split("+"))

    def go(self, *keys):
        """Press what opens another page, and wait for it."""
        with self.page.expect_navigation():
            self.press(*keys)
        self.page.wait_for_load_state()

    def decide(self, act, *keys):
        """Choose by `keys`, write the reason where the cursor is by then, and go on to the next case."""
        self.press(*keys)
        if keys:
            self.page.keyboard.insert_text(REASON)
        self.go("Control+Enter")
        self.taken.append(Taken(act, self.keys, self.loads))
        self.keys = self.loads = 0


def open_queue(keyboard, digit):
    """From the first page to the case that has waited longest in the queue of that number."""
    keyboard.page.goto(INDEX)
    keyboard.page.wait_for_load_state()
    keyboard.go(digit)


def publish_all(keyboard, count):
    """Publish the next `count` cases of the queue that is open."""
    for _case in range(count):
        keyboard.decide("publish")


def decide_all(keyboard, count):
    """Decide on the next `count` cases: accept, merge, reject, and so on in turn."""
    acts = [("accept", ACCEPT), ("merge", MERGE), ("reject", REJECT)]
    for case in range(count):
        name, keys = acts[case % len(acts)]
        keyboard.decide(name, *keys)


def path_of(page) -> str:
    """The path of the page that is open."""
    return urlsplit(page.url).path
