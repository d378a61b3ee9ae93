"""Settings, read from the environment; `.env.example` lists every variable.

The order is that of Django's own settings reference. A variable without a default stops the start
with a message that names it.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import django
import django_stubs_ext
import environ
from botocore.config import Config
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from gaechwi.logs import logging_settings

# Lets generic classes such as ModelAdmin[Code] name their types at run time too.
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
environ.Env.read_env(env.str("ENV_FILE", str(BASE_DIR / ".env")))

# ── Core ──────────────────────────────────────────────────────────────────────────────────────────

# Embedded: one machine, loopback only, with a demo account. `make run` sets it, production never.
EMBEDDED = env.bool("EMBEDDED", False)
DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY")

SITE_URL = env.str("SITE_URL")
_site = urlsplit(SITE_URL)
SECURE = _site.scheme == "https"
LOOPBACK = {"localhost", "127.0.0.1", "::1"}
if EMBEDDED and _site.hostname not in LOOPBACK:
    raise ImproperlyConfigured(
        f"EMBEDDED is set, but SITE_URL is {SITE_URL}: the embedded mode has a demo account with a"
        " public password and must not be reached from elsewhere. Unset EMBEDDED in production."
    )

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[_site.hostname])
CSRF_TRUSTED_ORIGINS = env.list(
    "CSRF_TRUSTED_ORIGINS", default=[f"{_site.scheme}://{_site.netloc}"]
)

INSTALLED_APPS = [
    "accounts",
    "gaechwi.codes",
    "gaechwi.jobs",
    "resumes",
    "postings",
    "imports",
    "exports",
    "privacy",
    "feedback",
    "interviews",
    "studyguides",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.google",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
]

MIDDLEWARE = [
    "gaechwi.metrics.RequestMetricsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "gaechwi.api.middleware.TrailingSlashMiddleware",
    "gaechwi.api.middleware.ConditionalGetMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "gaechwi.readiness.ProbesMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "gaechwi.api.middleware.LengthRequiredMiddleware",
    "django.middleware.common.CommonMiddleware",
    "gaechwi.codes.middleware.CodesMiddleware",
    # Programs come so far, browsers further.
    "gaechwi.api.middleware.ProgramsMiddleware",
    "gaechwi.compression.PageCompressionMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.ReauthenticationMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "privacy.audit.StaffAccessMiddleware",
]

ROOT_URLCONF = "gaechwi.urls"
ASGI_APPLICATION = "gaechwi.asgi.application"

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
                "gaechwi.context_processors.site",
            ],
            "libraries": {
                "languages": "gaechwi.templatetags.languages",
                "particles": "gaechwi.templatetags.particles",
            },
        },
    },
]
FORM_RENDERER = "gaechwi.forms.FormRenderer"

# ── Database ──────────────────────────────────────────────────────────────────────────────────────

DATABASES = {"default": env.db_url("DATABASE_URL")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # To open the file and set it up takes as long as several queries. The threads that answer are
    # always the same; those of streams and of jobs close what they opened.
    DATABASES["default"]["CONN_MAX_AGE"] = None
    DATABASES["default"]["OPTIONS"] = {
        # A write lock taken at BEGIN waits its turn; one taken later fails at once when busy.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"]["ENGINE"] = "gaechwi.postgresql"
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        # One pool per process bounds the connections of all its threads. A restart of the server is
        # waited for; after a longer absence nothing waits for tries that became ever rarer.
        pool={
            "min_size": 0,
            "max_size": env.int("DATABASE_POOL_SIZE", 8),
            "timeout": 10,
            "reconnect_timeout": 10,
        },
        # What is asked often is planned once for a connection: to plan takes as long as to answer.
        server_side_binding=True,
        prepare_threshold=5,
    )
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ── Cache ─────────────────────────────────────────────────────────────────────────────────────────

REDIS_URL = env.str("REDIS_URL")
CACHES = {
    "default": {
        "BACKEND": "gaechwi.cache.Cache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "gaechwi",
        "OPTIONS": {
            # Without its cache the site is slower, not down.
            "IGNORE_EXCEPTIONS": True,
            "SOCKET_CONNECT_TIMEOUT": 1,
            "SOCKET_TIMEOUT": 1,
            # Bounds the connections of a process: whoever finds none free waits a moment.
            "CONNECTION_POOL_CLASS": "redis.BlockingConnectionPool",
            "CONNECTION_POOL_KWARGS": {"max_connections": 16, "timeout": 2},
        },
    }
}
DJANGO_REDIS_LOG_IGNORED_EXCEPTIONS = True
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

# ── Files ─────────────────────────────────────────────────────────────────────────────────────────

MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(BASE_DIR / "data" / "media"))
AWS_STORAGE_BUCKET_NAME = env.str("AWS_S3_BUCKET_NAME", "")
if AWS_STORAGE_BUCKET_NAME:
    _file_storage = "storages.backends.s3.S3Storage"
    AWS_ACCESS_KEY_ID = env.str("AWS_ACCESS_KEY_ID")
    AWS_SECRET_ACCESS_KEY = env.str("AWS_SECRET_ACCESS_KEY")
    AWS_S3_REGION_NAME = env.str("AWS_REGION")
    AWS_S3_ENDPOINT_URL = env.str("AWS_S3_ENDPOINT_URL", "") or None
    AWS_DEFAULT_ACL = None
    AWS_S3_FILE_OVERWRITE = False
    # What is larger is read by way of the disk.
    AWS_S3_MAX_MEMORY_SIZE = 1024 * 1024
    # A store that is away must be told of while its user still waits.
    AWS_S3_CLIENT_CONFIG = Config(
        connect_timeout=3, read_timeout=10, retries={"total_max_attempts": 2}
    )
else:
    _file_storage = "django.core.files.storage.FileSystemStorage"
STORAGES = {
    "default": {"BACKEND": _file_storage},
    "staticfiles": {"BACKEND": "gaechwi.static_files.StaticFilesStorage"},
}
STATIC_URL = "static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(BASE_DIR / "data" / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
MAX_PHOTO_BYTES = 5 * 1024 * 1024
MAX_IMPORT_BYTES = 10 * 1024 * 1024
# What is larger goes by way of the disk: so much of what is sent is held for each connection.
FILE_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
# A résumé at the limits of all its fields, in JSON with every letter of it escaped.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# ── Security ──────────────────────────────────────────────────────────────────────────────────────

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SECURE_SSL_REDIRECT = SECURE
# Asked from within, where there is no TLS.
SECURE_REDIRECT_EXEMPT = [r"^(?:healthz|readyz|metrics)$"]
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
BEHIND_PROXY = env.bool("BEHIND_PROXY", False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
# The button of the sign-in form leads there, and browsers hold redirects to this policy too.
_google = urlsplit(env.str("GOOGLE_AUTHORIZE_URL", "") or "https://accounts.google.com")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF, f"{_google.scheme}://{_google.netloc}"],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# ── Sign-in ───────────────────────────────────────────────────────────────────────────────────────

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.AccountBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "name"]},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
USERSESSIONS_ADAPTER = "accounts.adapters.UserSessionsAdapter"
SOCIALACCOUNT_ADAPTER = "accounts.adapters.SocialAccountAdapter"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "accounts.models.display_name"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {
    "login": "accounts.forms.LoginForm",
    "signup": "accounts.forms.SignupForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
}
ACCOUNT_UNIQUE_EMAIL = True
# One address per account: the new one takes the old one's place once it is confirmed.
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
# Before addresses and Google accounts change, too: each of them is a way in.
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_PREVENT_ENUMERATION = True
# A machine that sends no mail cannot ask for a confirmation.
ACCOUNT_EMAIL_VERIFICATION = env.str(
    "ACCOUNT_EMAIL_VERIFICATION", "none" if EMBEDDED else "mandatory"
)
ACCOUNT_EMAIL_SUBJECT_PREFIX = _("[개취] ")
# Without it, all who come through the proxy would share the limit on attempts of one address.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_PROVIDERS = {
    "google": {
        "APPS": [
            {
                "client_id": env.str("GOOGLE_CLIENT_ID", ""),
                "secret": env.str("GOOGLE_CLIENT_SECRET", ""),
            }
        ]
        if env.str("GOOGLE_CLIENT_ID", "")
        else [],
        "SCOPE": ["openid", "email", "profile"],
        "OAUTH_PKCE_ENABLED": True,
        # Where Google's OpenID Connect endpoints are; other addresses serve tests and proxies.
        **{
            name: address
            for name in ("AUTHORIZE_URL", "ACCESS_TOKEN_URL", "CERTS_URL", "ID_TOKEN_ISSUER")
            if (address := env.str(f"GOOGLE_{name}", ""))
        },
    }
}

# Where programs that use the API may have Google send the code to.
GOOGLE_REDIRECT_URIS = env.list("GOOGLE_REDIRECT_URIS", default=[])

# A token that came straight from its issuer over TLS gets no check of its signature on the pages;
# over anything else, whoever is in between could sign in as anybody.
for _name in ("ACCESS_TOKEN_URL", "CERTS_URL"):
    _address = urlsplit(SOCIALACCOUNT_PROVIDERS["google"].get(_name, ""))
    if _address.scheme not in {"", "https"} and _address.hostname not in LOOPBACK:
        raise ImproperlyConfigured(
            f"GOOGLE_{_name} is {_address.geturl()}: tokens and keys must be fetched by https."
        )

# ── Personal data ─────────────────────────────────────────────────────────────────────────────────

# How long what users have deleted is kept, to be brought back or asked about.
DELETED_KEPT_DAYS = env.int("DELETED_KEPT_DAYS", 30)
# Two years: what the Korean rules on securing personal data ask of larger services (안전성 확보조치
# 기준, article 8).
STAFF_ACCESS_KEPT_DAYS = env.int("STAFF_ACCESS_KEPT_DAYS", 730)
PRIVACY_CONTACT = env.str("PRIVACY_CONTACT", f"privacy@{_site.hostname}")

# ── REST API ──────────────────────────────────────────────────────────────────────────────────────

JWT_SECRET_KEY = env.str("JWT_SECRET_KEY")
# RFC 7518, 3.2: a key of the size of the hash, or longer.
if len(JWT_SECRET_KEY.encode()) < 32:
    raise ImproperlyConfigured("JWT_SECRET_KEY must have 32 bytes or more.")
SIMPLE_JWT = {
    "ALGORITHM": "HS256",
    "SIGNING_KEY": JWT_SECRET_KEY,
    "ACCESS_TOKEN_LIFETIME": timedelta(minutes=15),
    "REFRESH_TOKEN_LIFETIME": timedelta(days=7),
}
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PARSER_CLASSES": ["gaechwi.api.parsers.PlainTextJSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    # What one accepts is told by the header: the web server goes by it, too.
    "URL_FORMAT_OVERRIDE": None,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "gaechwi.api.problems.handle",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
# In a minute.
API_SIGN_INS_PER_ADDRESS = env.int("API_SIGN_INS_PER_ADDRESS", 60)
API_SIGN_INS_PER_EMAIL = env.int("API_SIGN_INS_PER_EMAIL", 10)
SPECTACULAR_SETTINGS = {
    "TITLE": "GAECHWI",
    "VERSION": "1",
    "DESCRIPTION": "Résumés, postings and what an AI says of them.",
    "SERVE_INCLUDE_SCHEMA": False,
    # Pages may use their session, too; programs are told of tokens.
    "AUTHENTICATION_WHITELIST": ["accounts.authentication.TokenAuthentication"],
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SERVE_AUTHENTICATION": [],
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "gaechwi.api.schema.complete",
    ],
    "COMPONENT_SPLIT_REQUEST": True,
    # Both are called "status".
    "ENUM_NAME_OVERRIDES": {
        "JobStatusEnum": "gaechwi.jobs.models.JobStatus",
        "ItemStatusEnum": "studyguides.models.ItemStatus",
    },
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}

# ── E-mail ────────────────────────────────────────────────────────────────────────────────────────

if EMBEDDED:
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
else:
    globals().update(env.email_url("EMAIL_URL"))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL", f"no-reply@{_site.hostname}")

# ── Language and time ─────────────────────────────────────────────────────────────────────────────

LANGUAGE_CODE = "ko"
LANGUAGES = [("ko", _("한국어")), ("en", _("English"))]
# The REST framework translates some of Django's own texts, too: Django's words stay.
LOCALE_PATHS = [BASE_DIR / "locale", Path(django.__file__).parent / "conf" / "locale"]
FORMAT_MODULE_PATH = ["gaechwi.formats"]
TIME_ZONE = "Asia/Seoul"
USE_TZ = True

# ── Language model ────────────────────────────────────────────────────────────────────────────────

OPENAI_API_KEY = env.str("OPENAI_API_KEY", "")
OPENAI_BASE_URL = env.str("OPENAI_BASE_URL", "")
OPENAI_MODEL = env.str("OPENAI_MODEL", "gpt-5-mini")
OPENAI_TIME_LIMIT = env.float("OPENAI_TIME_LIMIT", 120.0)
OPENAI_MAX_RETRIES = env.int("OPENAI_MAX_RETRIES", 4)
OPENAI_ANSWER_RETRIES = env.int("OPENAI_ANSWER_RETRIES", 2)

# ── Jobs ──────────────────────────────────────────────────────────────────────────────────────────

# A worker that has not renewed its lease for so long is taken for dead.
JOB_LEASE_SECONDS = env.float("JOB_LEASE_SECONDS", 30.0)
JOB_SWEEP_SECONDS = env.float("JOB_SWEEP_SECONDS", 10.0)
JOB_TIME_LIMIT_SECONDS = env.float("JOB_TIME_LIMIT_SECONDS", 600.0)
JOB_MAX_ATTEMPTS = 3
# A worker that is told to stop finishes what takes no longer, and hands the rest back.
JOB_GRACE_SECONDS = env.float("JOB_GRACE_SECONDS", 30.0)
# Of the requests that one process serves at a time, so many may wait for a job to finish.
JOB_WAITING_REQUESTS = env.int("JOB_WAITING_REQUESTS", 4)
# In a minute.
JOB_REQUESTS_PER_USER = env.int("JOB_REQUESTS_PER_USER", 20)
JOB_REQUESTS_PER_ADDRESS = env.int("JOB_REQUESTS_PER_ADDRESS", 120)
MODEL_JOBS_PER_DAY = env.int("MODEL_JOBS_PER_DAY", 100)

CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
# A request that finds no broker goes on without it at once: the sweep sends the job later.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # The row is what counts, and the sweep sends a lost message again: a worker need not note in
    # Redis which ones it has in hand. One that does ends with an AttributeError (kombu 5.7) where
    # it has one when the connection breaks off, or is about to acknowledge it.
    "ack_emulation": False,
    "socket_connect_timeout": 1,
    # Longer than the second for which a worker waits for a message.
    "socket_timeout": 3,
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.1,
    "interval_max": 0.1,
}
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE = {
    "sweep-jobs": {
        "task": "gaechwi.jobs.tasks.sweep",
        "schedule": JOB_SWEEP_SECONDS,
        # Sweeps that nobody ran in time need not be made up for.
        "options": {"expires": JOB_SWEEP_SECONDS},
    },
    "forget-tokens": {
        "task": "accounts.tasks.forget_expired_tokens",
        "schedule": timedelta(hours=1),
        "options": {"expires": 3600},
    },
    "forget-left-imports": {
        "task": "imports.tasks.forget_left",
        "schedule": timedelta(hours=1),
        "options": {"expires": 3600},
    },
    "forget-personal-data": {
        "task": "privacy.tasks.forget",
        "schedule": timedelta(hours=1),
        "options": {"expires": 3600},
    },
    "forget-old-exports": {
        "task": "exports.tasks.forget_old",
        "schedule": timedelta(hours=1),
        "options": {"expires": 3600},
    },
}

# ── Logging ───────────────────────────────────────────────────────────────────────────────────────

# One object of JSON a line, or lines for people.
LOG_FORMAT = env.str(
    "LOG_FORMAT", "line" if EMBEDDED or DEBUG else "json", choices=("json", "line")
)
LOGGING = logging_settings(LOG_FORMAT)
if not (EMBEDDED or DEBUG):
    # Elsewhere, whoever runs a command sits before it: Python tells them in full what went wrong.
    LOGGING_CONFIG = "gaechwi.logs.configure"

# ── Metrics ───────────────────────────────────────────────────────────────────────────────────────

# Without it there is no /metrics, and nothing is counted.
METRICS_TOKEN = env.str("METRICS_TOKEN", "")
