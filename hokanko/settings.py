"""Django's settings, in one file. What an operator can set is read in `hokanko.home`."""

from __future__ import annotations

import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from hokanko import home as homes

HOME = homes.here()
PACKAGE = Path(__file__).parent


def _web_key() -> str:
    """The key of cookies and forms; `init` makes it, and a command without a home needs none."""
    path = HOME.path / "web.key"
    kept = path.read_bytes().decode(errors="replace").strip() if path.exists() else ""
    return kept or secrets.token_urlsafe(48)


def _databases(url: str) -> dict[str, dict[str, object]]:
    if not url:
        return {
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": HOME.database,
                "OPTIONS": {
                    "transaction_mode": "IMMEDIATE",  # a reader that turns writer would deadlock
                    "timeout": float(HOME.settings.database_wait_s),
                    # NORMAL: whole after any crash; what must also be durable is written in a
                    # turn, which syncs the log itself (hokanko.ledger.turn).
                    "init_command": (
                        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
                        "PRAGMA cache_size=-32768; PRAGMA secure_delete=ON;"
                    ),
                },
            }
        }
    parts = urlsplit(url)
    return {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
        }
    }


SECRET_KEY = _web_key()
DEBUG = False
ALLOWED_HOSTS = [host.strip() for host in HOME.settings.hosts.split(",")]
INSIDE, PROXIES = HOME.inside, HOME.proxies  # read by hokanko.people.inside
ROOT_URLCONF = "hokanko.urls"
WSGI_APPLICATION = "hokanko.wsgi.application"
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "hokanko",
]
MIDDLEWARE = [
    "hokanko.web.middleware.security_headers",
    "hokanko.web.outside.outside_stays_outside",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "hokanko.web.typed.what_was_typed_stays",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "hokanko.web.middleware.errors_become_pages",
    "hokanko.web.middleware.ended_logins_close",
    "hokanko.web.asleep.idle_logins_close",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE],  # a template's name is its path in the repository
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "hokanko.web.context.frame",
            ],
            "builtins": ["django.templatetags.i18n", "hokanko.web.tags", "hokanko.web.cards"],
        },
    }
]
DATABASES = _databases(HOME.settings.database)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "hokanko.Person"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "/login/"

EMAIL_HOST, EMAIL_PORT = HOME.settings.smtp_host, int(HOME.settings.smtp_port)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = HOME.settings.smtp_user, HOME.smtp_password
EMAIL_USE_TLS = HOME.settings.smtp_security == "starttls"
EMAIL_USE_SSL = HOME.settings.smtp_security == "tls"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = HOME.settings.mail_from or "hokanko@localhost"

LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", "日本語"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_TZ = True
TIME_ZONE = "Asia/Tokyo"

STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "static"]
STATIC_ROOT = None  # served from the package by finders; nothing is collected
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HOME.settings.secure == "1"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600  # one shift
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
IDLE = HOME.idle  # read by hokanko.people.idle
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "hokanko.web.faults.stale"
CSRF_COOKIE_SAMESITE = "Strict"
X_FRAME_OPTIONS = "DENY"
FILE_UPLOAD_HANDLERS = ["hokanko.intake.uploads.RefuseToSpool"]  # footage is sealed as it comes
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
