"""Settings of a production site: what they refuse, and what they tell browsers. Each in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GOOD = {
    "PRODUCTION": "1",
    "SECRET_KEY": "k" * 50,
    "TRACKING_PEPPER": "p" * 50,
    "ALLOWED_HOSTS": "portal.example",
}
SHOW = """
import json
from openmuni import settings
print(json.dumps({name: getattr(settings, name, None) for name in dir(settings) if "HSTS" in name}))
"""


def start(tmp_path, **changes):
    """Read the settings in a child, with the good environment changed so."""
    environment = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path)} | GOOD | changes
    return subprocess.run(
        [sys.executable, "-c", SHOW],
        cwd=ROOT,
        env={name: value for name, value in environment.items() if value},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is required"),
        ({"TRACKING_PEPPER": ""}, "TRACKING_PEPPER is required"),
        ({"TRACKING_PEPPER": "p" * 49}, "TRACKING_PEPPER must have at least 50 characters"),
        ({"TRACKING_PEPPER": "k" * 50}, "must differ"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS must name the hosts"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS must name the hosts"),
        ({"DEBUG": "1"}, "DEBUG must be off"),
        ({"TRUSTED_PROXIES": "one"}, "TRUSTED_PROXIES must be a whole number"),
    ],
)
def test_an_unsafe_production_site_does_not_start(tmp_path, changes, complaint):
    assert complaint in start(tmp_path, **changes).stderr


def test_browsers_are_bound_to_the_host_and_those_below_it_but_no_preload_list_is_asked(tmp_path):
    hsts = json.loads(start(tmp_path).stdout)
    assert hsts.pop("SECURE_HSTS_SECONDS") > 0
    assert hsts == {"SECURE_HSTS_INCLUDE_SUBDOMAINS": True}


def test_the_secrets_of_a_clone_are_made_once_and_kept(tmp_path):
    alone = dict.fromkeys(GOOD, "")
    start(tmp_path, **alone)
    first = (tmp_path / "tracking_pepper").read_text()
    start(tmp_path, **alone)
    assert (tmp_path / "tracking_pepper").read_text() == first
