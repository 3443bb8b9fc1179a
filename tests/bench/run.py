"""How long a newcomer waits from a clone to the first page, with the packages already fetched once."""

import contextlib
import os
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from .figures import say
from .site import ROOT, answers, reserve_port

SECONDS = 120
GIVE_UP = 500


def measure(figures):
    """`git clone` of what is committed, `make run`, the first page that answers 200."""
    # A newcomer has none of this bench's settings.
    strange = {"DATABASE_URL", "VAR_DIR", "SECRET_KEY", "TRACKING_PEPPER", "VIRTUAL_ENV"}
    environment = {name: value for name, value in os.environ.items() if name not in strange}
    with tempfile.TemporaryDirectory(prefix="openmuni-clone.") as folder, reserve_port() as holder:
        port = holder.getsockname()[1]
        clone = Path(folder) / "openmuni"
        begun = time.perf_counter()
        subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)
        log = (Path(folder) / "log").open("w")
        command = ["make", "run", f"PORT={port}"]
        process = subprocess.Popen(
            command, cwd=clone, env=environment, stdout=log, stderr=log, start_new_session=True
        )
        try:
            seconds = _first_page(process, f"http://127.0.0.1:{port}/ar/", begun)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=30)
            log.close()
        if seconds is None:
            say((Path(folder) / "log").read_text()[-2000:])
            raise RuntimeError("make run showed no page")
    figures.at_most("from git clone to the first page", seconds, SECONDS, "s")


def _first_page(process, url, begun) -> float | None:
    """Seconds until `url` answers, or None when `process` ends before or never shows it."""
    while process.poll() is None and time.perf_counter() - begun < GIVE_UP:
        if answers(url):
            return time.perf_counter() - begun
        time.sleep(0.2)
    return None
