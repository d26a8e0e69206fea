"""Settings shared by every way of running; the small files beside this one override them."""

from pathlib import Path

import environ
from csp.constants import NONE, SELF

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.Env()

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY", default="")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
PUBLIC_BASE_URL = env.str("PUBLIC_BASE_URL", default="")

INSTALLED_APPS = [
    "config.apps.ProcessesConfig",
    "networks",
    "patients",
    "checkins",
    "billing",
    "reporting",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.idp.oidc",
    "django_htmx",
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_structlog",
]

MIDDLEWARE = [
    "config.middleware.CarrierFirst",
    "config.middleware.RequestMetrics",
    "django.middleware.security.SecurityMiddleware",
    # Above WhiteNoise, so that files are compressed too where they were not beforehand.
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "networks.middleware.SessionLimits",
    "networks.middleware.SecondFactor",
    "networks.middleware.WorkspaceScope",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
AUTH_USER_MODEL = "networks.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "networks.context_processors.workspace",
            ],
            # Cotton and template partials together need their loaders set by hand.
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django_cotton.cotton_loader.Loader",
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "networks.templatetags.wording",
            ],
        },
    }
]
COTTON_DIR = "components"

# Two addresses of one database: the app role that row-level security binds, and the owner that migrates.
APP_ROLE = env.str("DATABASE_APP_ROLE", default="daybook_app")
OWNER_ROLE = env.str("DATABASE_OWNER_ROLE", default="daybook_owner")
DATABASES = {
    "default": env.db("DATABASE_URL", default="postgres://daybook_app@127.0.0.1/daybook"),
    "owner": env.db("DATABASE_OWNER_URL", default="postgres://daybook_owner@127.0.0.1/daybook"),
}
DATABASES["default"]["CONN_MAX_AGE"] = 0
DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {
    "min_size": 1,
    "max_size": env.int("DATABASE_POOL", default=16),
    "timeout": 10,
}
DATABASES["owner"]["CONN_MAX_AGE"] = 0
DATABASE_OWNER_KNOWN = bool(env.str("DATABASE_OWNER_URL", default=""))

REDIS_URL = env.str("REDIS_URL", default="redis://127.0.0.1:6379/0")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60
SESSION_SAVE_EVERY_REQUEST = False
SESSION_IDLE_SECONDS = 60 * 60
SESSION_ABSOLUTE_SECONDS = 12 * 60 * 60
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "networks.views.stale.page"

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "networks.sign_in.InvitedOnlyAdapter"
# Mails say by themselves from whom they come.
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# How long a link to choose a password works: in an invitation, and when one is forgotten.
PASSWORD_RESET_TIMEOUT = 3 * 24 * 60 * 60
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_REQUIRED = env.bool("MFA_REQUIRED", default=True)
IDP_OIDC_ACCESS_TOKEN_EXPIRES_IN = 60 * 60
IDP_OIDC_PRIVATE_KEY = env.str("OIDC_PRIVATE_KEY", default="", multiline=True)

LANGUAGE_CODE = "en"
USE_TZ = True
TIME_ZONE = "UTC"
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = BASE_DIR / "staticfiles"

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000

# Keys. FIELD_KEYS: "id:base64 of 32 bytes", newest first; INDEX_KEY: base64 of 32 bytes;
# SEAL_KEY: base64 of an Ed25519 private key (32 bytes).
FIELD_KEYS = env.list("FIELD_KEYS", default=[])
INDEX_KEY = env.str("INDEX_KEY", default="")
SEAL_KEY = env.str("SEAL_KEY", default="")
# Since when the present key signs, and the public halves of those before it: "base64 public key:from:until".
SEAL_KEY_SINCE = env.str("SEAL_KEY_SINCE", default="")
RETIRED_SEAL_KEYS = env.list("RETIRED_SEAL_KEYS", default=[])
# How far a demonstration's clock is ahead stands in this file; empty: the clock is the machine's.
DEMO_CLOCK_FILE = env.str("DEMO_CLOCK_FILE", default="")
SEAL_ROOTS_FILE = env.str("SEAL_ROOTS_FILE", default=str(BASE_DIR / ".daybook" / "seal-roots.jsonl"))

# The carrier. Another base address than Twilio's own is honoured outside production only.
TWILIO_API_BASE = env.str("TWILIO_API_BASE", default="")
TWILIO_CONNECT_SECONDS = 2.0
TWILIO_TOTAL_SECONDS = env.float("TWILIO_TOTAL_SECONDS", default=10.0)
SEND_SETTLE_SECONDS = env.int("SEND_SETTLE_SECONDS", default=15 * 60)
SEND_LEASE_SECONDS = env.int("SEND_LEASE_SECONDS", default=60)
SEND_THREADS = env.int("SEND_THREADS", default=16)
# Calls that one machine or person may make of the API in a minute; 0 is no limit.
API_CALLS_A_MINUTE = env.int("API_CALLS_A_MINUTE", default=600)
# Calls under way at once for one carrier account: about a hundred are answered before 429s begin.
CARRIER_CALLS_AT_ONCE = env.int("CARRIER_CALLS_AT_ONCE", default=64)
# The hours in which each state lets businesses text hold besides the practice's own. Off for demonstrations only.
KEEP_STATE_HOURS = env.bool("KEEP_STATE_HOURS", default=True)

# Which ladder new danger signs are paged by; the quick one is for tests and is refused in production.
ESCALATION_LADDER = env.str("ESCALATION_LADDER", default="2026.1")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="daybook@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_TRANSPORT = "config.broker:Transport"
# A Redis that refuses to write (a lost server's copy, out of memory) answers with an error: the worker waits for it.
CELERY_BROKER_CHANNEL_ERROR_RETRY = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 4
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 300, "unacked_restore_throttle": 1}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_DEFAULT_QUEUE = "bulk"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
DJANGO_STRUCTLOG_CELERY_ENABLED = True
DJANGO_STRUCTLOG_USER_ID_FIELD = "pk"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    "camera": [],
    "microphone": [],
    "geolocation": [],
    "payment": [],
    "usb": [],
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

REST_FRAMEWORK = {
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "networks.api.callers.BearerToken",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "config.api_schema.DaybookSchema",
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "config.api.handle",
    "URL_FORMAT_OVERRIDE": None,
    # Patients' texts may hold half a surrogate pair, which UTF-8 cannot carry; escaped, it can.
    "UNICODE_JSON": False,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Daybook",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SERVE_AUTHENTICATION": [],
    "COMPONENT_SPLIT_REQUEST": True,
    "SWAGGER_UI_DIST": "SIDECAR",
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "config.api_schema.with_problems",
    ],
}

LOGGING_CONFIG = None
