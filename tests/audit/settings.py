"""The settings of production, but for what only a host name and a certificate make possible.

Files are collected, hashed and compressed as there; there are addresses at which something fails.
"""

from openmuni.settings import *  # noqa: F403
from openmuni.settings import LOGGING

SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "session", "csrf"
ROOT_URLCONF = "tests.audit.failing"
# That something is not found is what some pages are looked at for.
LOGGING = {**LOGGING, "loggers": {"django.request": {"level": "ERROR"}}}
