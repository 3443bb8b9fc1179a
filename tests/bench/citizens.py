"""Citizens who send ideas to a live portal: a cheap client, and a ledger of what was acknowledged."""

import contextlib
import gzip
import http.client
import queue
import re
import threading
import time
import urllib.parse
from dataclasses import dataclass, field

from consultations.receipts import Receipt, code_digest, new_key

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_REFERENCE = re.compile(r'class="ticket__reference"[^>]*>([^<]+)<')
_CODE = re.compile(r'class="code"[^>]*>(?:<b>(\d{4})</b>\s*)(?:<b>(\d{4})</b>\s*)'
                   r'(?:<b>(\d{4})</b>\s*)(?:<b>(\d{4})</b>)')  # fmt: skip
# What can go wrong with a connection whose server is killed.
BROKEN = (OSError, http.client.HTTPException, EOFError)


@dataclass(frozen=True)
class Idea:
    """What a citizen types, with the key that the form carried."""

    number: int
    key: str = field(default_factory=new_key)

    @property
    def fields(self) -> dict:
        """The fields of the form as a browser sends them."""
        return {
            "key": self.key,
            "title": f"إنارة الزقاق رقم {self.number}",
            "body": f"نقترح إنارة الزقاق رقم {self.number} ليلا حتى يأمن المارة. " * 4,
            "axis": "",
            "neighbourhood": "حي البحر",
            "author_name": "سعاد",
            "association": "",
            "shown_as": "nobody",
            "contact": "",
            "consent": "on",
        }


@dataclass(frozen=True)
class Acknowledged:
    """A receipt as its citizen read it: the answer to one POST."""

    idea: Idea
    code: str
    reference: str
    seconds: float


class NotAcknowledged(Exception):
    """The portal answered, but not with a receipt."""


class Phone:
    """One citizen's browser: a connection kept open, a cookie, the token of the form."""

    def __init__(self, port: int, path: str):
        self.path = path
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookie = self.token = ""

    def close(self):
        """Hang up."""
        self.connection.close()

    def ask(self, method, path, body=None) -> tuple[int, str]:
        """One request with this phone's cookie; return (status, text)."""
        headers = {"Accept-Encoding": "gzip"} | ({"Cookie": self.cookie} if self.cookie else {})
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        content = answer.read()
        if answer.headers.get("Content-Encoding") == "gzip":
            content = gzip.decompress(content)
        if cookie := answer.headers.get("Set-Cookie"):
            self.cookie = cookie.split(";")[0]
        return answer.status, content.decode()

    def open_form(self):
        """Get the form: its cookie and its token serve for all that this phone sends."""
        status, text = self.ask("GET", self.path)
        found = _TOKEN.search(text)
        if status != 200 or not found:
            raise NotAcknowledged(f"the form answered {status}")
        self.token = found[1]

    def post(self, path, fields) -> tuple[int, str]:
        """Send a form with the token; return (status, text)."""
        sent = fields | {"csrfmiddlewaretoken": self.token}
        return self.ask("POST", path, urllib.parse.urlencode(sent))

    def send(self, idea: Idea) -> Acknowledged:
        """Send an idea; return its receipt. Raises NotAcknowledged, or what breaks a connection."""
        begun = time.perf_counter()
        if not self.token:
            self.open_form()
            begun = time.perf_counter()
        status, text = self.post(self.path, idea.fields)
        seconds = time.perf_counter() - begun
        code, reference = _CODE.search(text), _REFERENCE.search(text)
        if status != 200 or not code or not reference:
            raise NotAcknowledged(f"the idea was answered {status}")
        return Acknowledged(idea, "".join(code.groups()), reference[1].strip(), seconds)


class Crowd:
    """Citizens who send `ideas` at once, each from a thread of its own, and keep their receipts."""

    def __init__(self, port, path, ideas, citizens, *, patience=0):
        """`patience`: seconds for which a citizen presses again after a failure, with the same key."""
        self.port, self.path, self.patience = port, path, patience
        self.waiting = queue.SimpleQueue()
        for idea in ideas:
            self.waiting.put(idea)
        self.ledger, self.errors = [], []
        self.threads = [
            threading.Thread(target=self._send_all, daemon=True) for _ in range(citizens)
        ]

    def start(self):
        """Let them begin."""
        self.begun = time.perf_counter()
        for thread in self.threads:
            thread.start()

    def wait(self, timeout=300):
        """Wait until all is sent; raise TimeoutError after `timeout` seconds."""
        deadline = time.monotonic() + timeout
        for thread in self.threads:
            thread.join(max(0, deadline - time.monotonic()))
            if thread.is_alive():
                raise TimeoutError("the citizens are still waiting")
        self.seconds = time.perf_counter() - self.begun

    def _send_all(self):
        phone = Phone(self.port, self.path)
        with contextlib.closing(phone), contextlib.suppress(queue.Empty):
            while True:
                self._send(phone, self.waiting.get_nowait())

    def _send(self, phone, idea):
        deadline = time.monotonic() + self.patience
        while True:
            try:
                self.ledger.append(phone.send(idea))
                return
            except (*BROKEN, NotAcknowledged) as error:
                phone.close()
                if time.monotonic() >= deadline:
                    self.errors.append(f"{type(error).__name__}: {error}")
                    return
                time.sleep(0.1)


# What the portal keeps of each submission, to be compared with the citizens' receipts.
KEPT_SQL = "SELECT key_digest, reference, code_digest FROM consultations_submission"


@dataclass(frozen=True)
class Comparison:
    """Receipts beside rows: how many ideas are missing, kept twice, or under another code."""

    lost: int
    doubled: int
    mismatched: int


def compare(ledger: list[Acknowledged], rows: list[tuple], sample=200) -> Comparison:
    """Compare a ledger with the rows of KEPT_SQL; the slow hash of the code on a sample only.

    Needs the portal's own TRACKING_PEPPER in the settings.
    """
    kept, receipts = {}, {}
    for key_digest, *row in rows:
        kept.setdefault(key_digest, []).append(row)
    for receipt in ledger:
        digest = Receipt.of(receipt.idea.key, {}).key_digest
        receipts.setdefault(digest, set()).add((receipt.code, receipt.reference))
    shown = {digest: next(iter(pairs)) for digest, pairs in receipts.items() if digest in kept}
    hashed = set(list(shown)[:: max(1, len(shown) // sample)])
    mismatched = sum(len(pairs) > 1 for pairs in receipts.values())
    for digest, (code, reference) in shown.items():
        row_reference, row_code_digest = kept[digest][0]
        wrong_code = digest in hashed and code_digest(code) != row_code_digest
        mismatched += wrong_code or reference != row_reference
    return Comparison(
        lost=sum(digest not in kept for digest in receipts),
        doubled=sum(len(same) - 1 for same in kept.values()),
        mismatched=mismatched,
    )
