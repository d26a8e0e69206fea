"""The tests: the same product, quick password hashing, addresses given by tests/conftest.py."""

from config.settings.local import *  # noqa: F403 - settings are one flat namespace
from config.settings.local import DATABASES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Each of the tests' two thousand browsers would read and measure every static file for itself.
WHITENOISE_AUTOREFRESH = True
# The test transaction holds one connection; a pool would only hide it.
DATABASES["default"]["OPTIONS"].pop("pool", None)
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DEMO_CLOCK_FILE = ""
# The tests' minute stands still.
API_CALLS_A_MINUTE = 0
