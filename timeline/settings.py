"""Settings. Every environment variable is read here, and a malformed one stops the start.

DATABASE_URL     where the data live; an SQLite file under var/ unless set
SECRET_KEY       signs sessions; made once in var/secret_key unless set
ALLOWED_HOSTS    host names that are answered, separated by commas
DEBUG            1 shows tracebacks and reloads; never on a public server
HTTPS            1 behind a TLS proxy: secure cookies, redirects, HSTS
TRUSTED_PROXIES  addresses of proxies whose X-Forwarded-For and X-Request-ID are believed
TWO_FACTOR       1 asks every editor for a code beside the password
PORT             the port that `manage.py serve` listens on
CONTACT          an address that servers are told which pages and feeds are fetched from
WORKER           1 leaves long work to `manage.py db_worker`
"""

import os
import re
import secrets
from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

# What Dateline writes (the database, its journal, the key) is for its own user alone.
os.umask(0o077)

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = BASE_DIR / "var"
DATABASE_ENGINES = ("django.db.backends.sqlite3", "django.db.backends.postgresql")


def switch(name: str) -> bool:
    """Return the boolean of an environment variable; raise ImproperlyConfigured when it is none."""
    value = os.environ.get(name, "").strip().lower()
    if value in ("", "0", "false", "no", "off"):
        return False
    if value in ("1", "true", "yes", "on"):
        return True
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not “{value}”.")


def hosts() -> list[str]:
    """Return ALLOWED_HOSTS as a list; raise ImproperlyConfigured when one is no host name."""
    given = os.environ.get("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
    names = [name.strip() for name in given.split(",") if name.strip()]
    for name in names:
        if not re.fullmatch(r"\*|\.?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*|\[[0-9A-Fa-f:]+\]", name):
            raise ImproperlyConfigured(
                f"ALLOWED_HOSTS takes host names separated by commas, not “{name}”."
            )
    if not names:
        raise ImproperlyConfigured("ALLOWED_HOSTS is empty: name at least one host.")
    return names


def proxies() -> list[IPv4Network | IPv6Network]:
    """Return TRUSTED_PROXIES as IP networks; raise ImproperlyConfigured when one is none."""
    given = os.environ.get("TRUSTED_PROXIES", "").split(",")
    try:
        return [ip_network(one.strip()) for one in given if one.strip()]
    except ValueError as error:
        raise ImproperlyConfigured(
            f"TRUSTED_PROXIES takes IP addresses or networks separated by commas: {error}."
        ) from None


def user_agent() -> str:
    """Return what servers are told that pages are fetched from; raise ImproperlyConfigured."""
    contact = os.environ.get("CONTACT", "").strip()
    if not re.fullmatch(r"(https?://|mailto:)[!-~]{3,200}", contact or "mailto:none"):
        raise ImproperlyConfigured(
            "CONTACT takes an address as https://timeline.example/about or "
            f"mailto:desk@timeline.example, not “{contact}”."
        )
    return f"Dateline/0.1 (+{contact})" if contact else "Dateline/0.1 (news timeline)"


def port() -> int:
    """Return PORT; raise ImproperlyConfigured when it is not a port number."""
    value = os.environ.get("PORT", "8000")
    if not value.isascii() or not value.isdigit() or not 1 <= int(value) <= 65535:
        raise ImproperlyConfigured(f"PORT must be a number from 1 to 65535, not “{value}”.")
    return int(value)


def private(path: Path) -> Path:
    """Return a folder or file under var/, which nobody but its owner may open from now on.

    The folder var/ is made where it is missing, and what an older version left readable for
    everybody is repaired. Raises ImproperlyConfigured where the file system does not allow it.
    """
    try:
        VAR.mkdir(mode=0o700, exist_ok=True)
        for one in (VAR, path):
            if one.exists() and (mode := one.stat().st_mode) & 0o077:
                one.chmod(mode & 0o700)
    except OSError as error:
        raise ImproperlyConfigured(
            f"{error.filename} cannot be made private: {error.strerror}. It must belong to the "
            "user who runs Dateline; or set SECRET_KEY and DATABASE_URL, and nothing is kept there."
        ) from None
    return path


def secret_key() -> str:
    """Return SECRET_KEY, or the key in var/secret_key, made there on first use (mode 600)."""
    given = os.environ.get("SECRET_KEY")
    if given is not None:
        if len(given) < 32:
            raise ImproperlyConfigured("SECRET_KEY must have at least 32 characters.")
        return given
    path = private(VAR / "secret_key")
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        key = path.read_text(encoding="ascii").strip()
        if len(key) < 32:
            raise ImproperlyConfigured(
                f"{path} holds no key: delete it to get a new one."
            ) from None
        return key
    except OSError as error:
        raise ImproperlyConfigured(f"{path} cannot be written: {error.strerror}.") from None
    key = secrets.token_urlsafe(50)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(key)
    return key


def database() -> dict[str, Any]:
    """Return Django's database settings for DATABASE_URL.

    SQLite runs in WAL mode with immediate transactions, so that readers never wait for a writer
    and a writer waits its turn instead of failing. Raises ImproperlyConfigured for a malformed URL.
    """
    url = os.environ.get("DATABASE_URL")
    if not url:
        url = f"sqlite:///{VAR / 'dateline.sqlite3'}"
        for suffix in ("", "-wal", "-shm"):
            private(VAR / f"dateline.sqlite3{suffix}")
    try:
        # a connection that a restarted PostgreSQL has cut is made anew, not answered with a 500
        found = dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    except ValueError:
        found = {}
    if found.get("ENGINE") not in DATABASE_ENGINES:
        raise ImproperlyConfigured(
            "DATABASE_URL is malformed: write sqlite:////path/file.sqlite3 or "
            "postgres://user:password@host:5432/name."
        )
    name = str(found["NAME"])
    if name in ("", ":memory:"):
        raise ImproperlyConfigured("DATABASE_URL names no database.")
    if found["ENGINE"] == "django.db.backends.sqlite3":
        folder = Path(name).absolute().parent
        if not folder.is_dir():
            raise ImproperlyConfigured(
                f"DATABASE_URL names a file in {folder}, which is no folder."
            )
        found["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
    return found


DEBUG = switch("DEBUG")
HTTPS = switch("HTTPS")
TRUSTED_PROXIES = proxies()
TWO_FACTOR = switch("TWO_FACTOR")
PORT = port()
USER_AGENT = user_agent()
WORKER = switch("WORKER")
SECRET_KEY = secret_key()
ALLOWED_HOSTS = hosts()
DATABASES = {"default": database()}

INSTALLED_APPS = [
    "timeline.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "django_tasks_db",
    "timeline.apps.TimelineConfig",
]
MIDDLEWARE = [
    "timeline.middleware.RoomMiddleware",
    "timeline.middleware.HeadMiddleware",
    "timeline.middleware.RequestLogMiddleware",
    "timeline.middleware.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "timeline.health.HealthMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "timeline.middleware.SecondStepMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]
# Fragments of pages, under the stamp of what they show: those of some thousand events
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}
ROOT_URLCONF = "timeline.urls"
WSGI_APPLICATION = "timeline.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

LOGIN_URL, LOGIN_REDIRECT_URL = "admin:login", "admin:index"

# The limit on guessing passwords: timeline/admin/sign_in.py has its limits and says why.
AUTHENTICATION_BACKENDS = [
    "timeline.admin.sign_in.SignInLimitBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AXES_FAILURE_LIMIT = 11  # ten wrong tries are free
AXES_HANDLER = "timeline.admin.sign_in.SignInAttempts"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"], "ip_address"]
AXES_COOLOFF_TIME = timedelta(days=1)
AXES_CLIENT_IP_CALLABLE = "timeline.middleware.counted_address"
AXES_LOCKOUT_CALLABLE = "timeline.admin.sign_in.locked"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "csrfmiddlewaretoken"]
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
OTP_TOTP_ISSUER = "Dateline"

# Long work: at once and in slices, or by the worker, `manage.py db_worker` (timeline/tasks.py).
TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend"
        if WORKER
        else "django.tasks.backends.immediate.ImmediateBackend"
    }
}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "timeline.static_files.StaticFiles"},
}

# Chart.js is the one thing that comes from elsewhere; the self-hosted copy stands in for it. The
# CDN serves the npm package's dist/chart.umd.min.js byte for byte, so one subresource integrity
# hash (W3C SRI, sha384) holds for both.
CHART_VERSION = "4.6.1"
CHART_URL = f"https://cdn.jsdelivr.net/npm/chart.js@{CHART_VERSION}/dist/chart.umd.min.js"
CHART_INTEGRITY = "sha384-Emf5ZVIUiarAdhkgtqK+5/Z5qIvM6QoVrS+qAVtfyZVuD5lIHrac0me485+Antp0"
CHART_FALLBACK = "timeline/vendor/chart.umd.min.js"
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, CHART_URL],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "connect-src": [CSP.SELF],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/$"]  # balancers ask without TLS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    CSRF_TRUSTED_ORIGINS = [f"https://{name.lstrip('.')}" for name in ALLOWED_HOSTS if name != "*"]

# An article is pasted or uploaded, perhaps as the markup of its page: 10 MB, and its form.
DATA_UPLOAD_MAX_MEMORY_SIZE = 10_500_000
# A folder of saved pages; archives take more. All files of one request have 200 MB.
DATA_UPLOAD_MAX_NUMBER_FILES = 1000
MAX_UPLOAD = 200_000_000
# An event's form sends some 30 fields for each of its reports, what it showed among them.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# One JSON object a line, on standard error; timeline/log.py has the format, and
# server_log.py writes gunicorn's lines in it. Django's own lines on refused requests and each
# served one would tell again what the access line tells.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"refusals": {"()": "timeline.log.RefusalsFilter"}},
    "formatters": {"json": {"()": "timeline.log.JsonFormatter"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "json",
            "filters": ["refusals"],
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "timeline": {"level": "INFO"},
        "axes": {"level": "ERROR"},
        "django": {"handlers": [], "level": "WARNING"},
        "django.request": {"level": "ERROR"},
        "django.server": {"handlers": [], "level": "ERROR"},
    },
}
