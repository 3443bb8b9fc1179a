"""A portal of its own, to be measured or hurt: database, secrets, files and server, all gone at the end."""

import contextlib
import os
import secrets
import shlex
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parents[2]
# Below the ports that a system gives to outgoing connections: while the server is down, a client
# that tries again there could be connected to itself.
PORTS = range(8301, 8400)
START_SECONDS = 30


def reserve_port() -> socket.socket:
    """A socket whose port is ours until it is closed, for a server that has yet to listen there.

    It holds the UDP port of the same number, so that two runs at once do not choose the same.
    """
    for port in PORTS:
        holder = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        with contextlib.suppress(OSError), contextlib.closing(socket.socket()) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            holder.bind(("127.0.0.1", port))
            probe.bind(("127.0.0.1", port))
            return holder
        holder.close()
    raise RuntimeError("no free port")


def serve_options() -> list[str]:
    """The options that `make run` gives to gunicorn, without its address: what is run is measured."""
    script = (ROOT / ".ci/serve").read_text()
    command = shlex.split(script[script.index(".venv/bin/gunicorn") :].replace("\\\n", " "))
    options = command[command.index("openmuni.wsgi") :]
    address = options.index("--bind")
    return options[:address] + options[address + 2 :]


class Portal:
    """A migrated, empty portal in a folder of its own; a context manager.

    Its database is of the same kind as DATABASE_URL says, never that one itself.
    """

    def __enter__(self):
        self._stack = contextlib.ExitStack()
        try:
            self.folder = Path(tempfile.mkdtemp(prefix="openmuni-portal."))
            self._stack.callback(shutil.rmtree, self.folder, ignore_errors=True)
            # Where static files are collected in production; WhiteNoise warns when it is missing.
            (self.folder / "var/static").mkdir(parents=True)
            self.pepper = secrets.token_urlsafe(50)
            self.environment = {
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "openmuni.settings",
                "VAR_DIR": str(self.folder / "var"),
                "SECRET_KEY": secrets.token_urlsafe(50),
                "TRACKING_PEPPER": self.pepper,
                "DATABASE_URL": self._make_database(),
            }
            self.manage("migrate", "--verbosity", "0", "--no-input")
        except BaseException:
            self._stack.close()
            raise
        return self

    def __exit__(self, *exception):
        self._stack.close()

    def _make_database(self) -> str:
        given = os.environ.get("DATABASE_URL", "")
        self.on_postgresql = given.startswith("postgres")
        if not self.on_postgresql:
            return f"sqlite:///{self.folder}/portal.sqlite3"
        name = f"openmuni_portal_{secrets.token_hex(6)}"
        with psycopg.connect(given, autocommit=True) as server:
            server.execute(f'CREATE DATABASE "{name}"')
        self._stack.callback(self._drop_database, given, name)
        return urllib.parse.urlsplit(given)._replace(path=f"/{name}").geturl()

    @staticmethod
    def _drop_database(server_url, name):
        with psycopg.connect(server_url, autocommit=True) as server:
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def python(self, *arguments, timeout=600) -> subprocess.CompletedProcess:
        """Run Python in this portal's environment; its output is the caller's own."""
        command = [sys.executable, *arguments]
        return subprocess.run(command, cwd=ROOT, env=self.environment, timeout=timeout, check=False)

    def manage(self, *arguments):
        """Run a management command of this portal; raise CalledProcessError when it fails."""
        self.python("manage.py", *arguments).check_returncode()

    def rows(self, sql: str) -> list[tuple]:
        """The rows of a query, read past Django."""
        url = self.environment["DATABASE_URL"]
        if self.on_postgresql:
            with psycopg.connect(url) as connection:
                return connection.execute(sql).fetchall()
        with contextlib.closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
            return connection.execute(sql).fetchall()


class Server:
    """gunicorn as `make run` starts it, in a process group of its own; a context manager."""

    def __init__(self, environment=None, options=(), scheme="http"):
        self.environment = environment or os.environ
        self.options = [*serve_options(), *options]
        self._holder = reserve_port()
        self.port = self._holder.getsockname()[1]
        self.url = f"{scheme}://127.0.0.1:{self.port}"
        self.process = None

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self._holder.close()
            raise
        return self

    def __exit__(self, *exception):
        self.stop()
        self._holder.close()

    def start(self):
        """Start it and wait until it listens."""
        gunicorn = Path(sys.executable).with_name("gunicorn")
        command = [gunicorn, *self.options, "--bind", f"127.0.0.1:{self.port}"]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=self.environment, start_new_session=True
        )
        deadline = time.monotonic() + START_SECONDS
        while not self._listens():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise RuntimeError("gunicorn did not start")
            time.sleep(0.05)

    def _listens(self) -> bool:
        with contextlib.closing(socket.socket()) as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def kill(self):
        """SIGKILL to the whole process group, as when the machine is gone."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        while self._listens():  # a worker dies a moment after the arbiter
            time.sleep(0.01)

    def stop(self):
        """End it as a service manager would; after ten seconds by force."""
        self.process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=10)
        self.kill()


def answers(url: str) -> bool:
    """True when `url` gives a 200 page."""
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False
