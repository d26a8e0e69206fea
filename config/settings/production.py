"""Production: refuses to start without its secrets, or with the ones of the demonstration."""

from django.core.exceptions import ImproperlyConfigured

from config.settings import demo_keys
from config.settings.base import *  # noqa: F403 - settings are one flat namespace
from config.settings.base import (
    DEMO_CLOCK_FILE,
    ESCALATION_LADDER,
    FIELD_KEYS,
    INDEX_KEY,
    KEEP_STATE_HOURS,
    MFA_REQUIRED,
    PUBLIC_BASE_URL,
    SEAL_KEY,
    TWILIO_API_BASE,
    env,
)

_REQUIRED = (
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "PUBLIC_BASE_URL",
    "DATABASE_URL",
    "REDIS_URL",
    "FIELD_KEYS",
    "INDEX_KEY",
    "SEAL_KEY",
)
_missing = [name for name in _REQUIRED if not env.str(name, default="")]
if _missing:
    raise ImproperlyConfigured(
        f"Daybook does not start in production without: {', '.join(_missing)}. "
        "Set them in the environment; .env.example explains each."
    )
if len(env.str("SECRET_KEY")) < 50:
    raise ImproperlyConfigured("SECRET_KEY is too short: use at least 50 random characters.")
if {*FIELD_KEYS, INDEX_KEY, SEAL_KEY} & {*demo_keys.FIELD_KEYS, demo_keys.INDEX_KEY, demo_keys.SEAL_KEY}:
    raise ImproperlyConfigured(
        "FIELD_KEYS, INDEX_KEY or SEAL_KEY is a key of the demonstration: make your own, .env.example says how."
    )
if not PUBLIC_BASE_URL.startswith("https://"):
    raise ImproperlyConfigured(
        "PUBLIC_BASE_URL must begin with https:// : carriers sign and patients open it."
    )
if TWILIO_API_BASE:
    raise ImproperlyConfigured("TWILIO_API_BASE is for tests and demonstrations; remove it in production.")
if DEMO_CLOCK_FILE:
    raise ImproperlyConfigured("DEMO_CLOCK_FILE moves the clock of a demonstration; remove it in production.")
if not MFA_REQUIRED:
    raise ImproperlyConfigured("MFA_REQUIRED cannot be switched off in production: remove the variable.")
if ESCALATION_LADDER.startswith("quick"):
    raise ImproperlyConfigured("ESCALATION_LADDER: the quick ladder is for tests; remove the variable.")
if not KEEP_STATE_HOURS:
    raise ImproperlyConfigured(
        "KEEP_STATE_HOURS is switched off for demonstrations only: remove the variable."
    )

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
