"""One settings file. A clone runs unconfigured on the loopback address; PRODUCTION=1 asks for everything."""

import contextlib
import os
import secrets
import zoneinfo
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

# Morocco's law changed the clock in September 2026; a system's own zone files may be older than
# that, the pinned tzdata package is not. With no search path Python reads the package alone.
zoneinfo.reset_tzpath(())

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("VAR_DIR", BASE_DIR / "var"))
VAR_DIR.mkdir(parents=True, exist_ok=True)


def env(name: str, default: str = "") -> str:
    """The environment variable `name`, stripped, or `default`."""
    return os.environ.get(name, default).strip()


def env_bool(name: str, default: bool = False) -> bool:
    """True for 1, true, yes, on (any case)."""
    value = env(name)
    return value.lower() in {"1", "true", "yes", "on"} if value else default


def env_list(name: str) -> list[str]:
    """Comma-separated values, empty ones dropped."""
    return [part.strip() for part in env(name).split(",") if part.strip()]


def env_number(name: str, default: int) -> int:
    """A whole number from 0 on; refuses to start with anything else."""
    value = env(name, str(default))
    if not (value.isascii() and value.isdigit()):
        raise ImproperlyConfigured(f"{name} must be a whole number.")
    return int(value)


PRODUCTION = env_bool("PRODUCTION")


def env_secret(name: str) -> str:
    """A secret of at least 50 characters: required in production, else made once and kept in var/."""
    value = env(name)
    if value:
        if PRODUCTION and len(value) < 50:
            raise ImproperlyConfigured(f"{name} must have at least 50 characters.")
        return value
    if PRODUCTION:
        raise ImproperlyConfigured(f"{name} is required when PRODUCTION=1.")
    kept = VAR_DIR / name.lower()
    if not kept.exists():
        # Written whole under another name first: two first starts at once read the same secret.
        fresh = VAR_DIR / f"{name.lower()}.{os.getpid()}"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(50))
        with contextlib.suppress(FileExistsError):
            kept.hardlink_to(fresh)
        fresh.unlink()
    return kept.read_text()


DEBUG = env_bool("DEBUG")
if PRODUCTION and DEBUG:
    raise ImproperlyConfigured("DEBUG must be off when PRODUCTION=1.")
SECRET_KEY = env_secret("SECRET_KEY")
# The pepper makes the tracking codes; it stays out of the database and of its backups.
TRACKING_PEPPER = env_secret("TRACKING_PEPPER")
if SECRET_KEY == TRACKING_PEPPER:
    raise ImproperlyConfigured("SECRET_KEY and TRACKING_PEPPER must differ.")

# Without PRODUCTION=1 only this machine is answered, so a forgotten setting opens nothing.
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS") if PRODUCTION else ["127.0.0.1", "localhost", "[::1]"]
if PRODUCTION and (not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS):
    raise ImproperlyConfigured("ALLOWED_HOSTS must name the hosts, without a wildcard.")
CSRF_TRUSTED_ORIGINS = (
    [f"https://{host.lstrip('.')}" for host in ALLOWED_HOSTS] if PRODUCTION else []
)

INSTALLED_APPS = [
    "modeltranslation",
    "committee.apps.CommitteeConfig",
    "proposals.apps.ProposalsConfig",
    "consultations.apps.ConsultationsConfig",
    "openmuni.admin_site.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "import_export",
    "django_htmx",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    # Around WhiteNoise, which compresses nothing itself where static files were not collected.
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "committee.accounts.middleware.StaffAuthentication",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "openmuni.urls"
WSGI_APPLICATION = "openmuni.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "openmuni.tags"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "consultations.context.portal",
            ],
        },
    },
]

# --- Database -------------------------------------------------------------------------------

DATABASES = {
    "default": dj_database_url.parse(
        env("DATABASE_URL", f"sqlite:///{VAR_DIR / 'openmuni.sqlite3'}"),
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A crowd writes at once: writers wait their turn (IMMEDIATE, 20 s) instead of failing, readers
    # are never blocked (WAL), and what was acknowledged survives a power cut (FULL).
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000;",
    }
    # In a file, as in real life: an in-memory database locks differently.
    DATABASES["default"]["TEST"] = {"NAME": VAR_DIR / "test.sqlite3"}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Languages, time, formats ----------------------------------------------------------------

LANGUAGE_CODE = "ar"
LANGUAGES = [("ar", _("Arabic")), ("fr", _("French"))]
MODELTRANSLATION_DEFAULT_LANGUAGE = "ar"
MODELTRANSLATION_REQUIRED_LANGUAGES = ("ar",)
# No fallback: a page says that a text is missing in a language instead of mixing the two.
MODELTRANSLATION_ENABLE_FALLBACKS = False


def MODELTRANSLATION_BUILD_LOCALIZED_VERBOSE_NAME(name: str, language: str) -> str:  # noqa: N802
    """The label of the field `name` in one language, as staff read it: «title (français)»."""
    return f"{name} ({get_language_info(language)['name_local']})"


LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["openmuni.formats"]
TIME_ZONE = "Africa/Casablanca"
USE_TZ = True

# --- Static files, uploads ---------------------------------------------------------------------

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
MEDIA_ROOT = VAR_DIR / "media"
# The sheet of a project is sent whole with its lines, about ten fields each.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = DEBUG

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- Staff -------------------------------------------------------------------------------------

LOGIN_URL = "admin:login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"min_length": 12}
# On a server nobody gets into the admin by a password alone.
REQUIRE_TWO_FACTOR = env_bool("REQUIRE_TWO_FACTOR", PRODUCTION)
OTP_TOTP_ISSUER = "OpenMuni"
# Guesses at codes are counted by committee.accounts, which does not shut out the owner; the
# library's own count would, for days.
OTP_TOTP_THROTTLE_FACTOR = OTP_STATIC_THROTTLE_FACTOR = 0
# Seconds. A session ends when nothing was done for so long, and at the latest after so long.
SESSION_IDLE_END = 30 * 60
SESSION_COOKIE_AGE = SESSION_LATEST_END = 12 * 60 * 60
# Seconds for which a password or a code just given is proof enough for a grave act.
PROOF_LASTS = 5 * 60
# Seconds for which the link of an invitation can be used.
PASSWORD_RESET_TIMEOUT = 72 * 60 * 60
# How many proxies in front of the site add the address they saw to X-Forwarded-For.
TRUSTED_PROXIES = env_number("TRUSTED_PROXIES", 0)

# --- Security ----------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "img-src": [SELF, "data:"],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [SELF],
        "frame-ancestors": [NONE],
    }
}
CSRF_FAILURE_VIEW = "openmuni.failures.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = []
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    # Browsers' preload lists take whole domains, never to let go: that is the domain owner's choice.
    SILENCED_SYSTEM_CHECKS = ["security.W021"]
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

# --- The portal's own ---------------------------------------------------------------------------

# Seconds and bytes a PDF may take in its child process.
PDF_TIME_LIMIT = 180
PDF_MEMORY_LIMIT = 1_500_000_000
