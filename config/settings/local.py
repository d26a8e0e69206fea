"""`make run`: one machine, invented data, the carrier simulator; never reachable from outside."""

from config.settings import demo_keys
from config.settings.base import *  # noqa: F403 - settings are one flat namespace
from config.settings.base import BASE_DIR, env

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="local-only-" + "d" * 50)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
PORT = env.int("PORT", default=8000)
SIMULATOR_PORT = env.int("SIMULATOR_PORT", default=8001)
PUBLIC_BASE_URL = env.str("PUBLIC_BASE_URL", default=f"http://127.0.0.1:{PORT}")
TWILIO_API_BASE = env.str("TWILIO_API_BASE", default=f"http://127.0.0.1:{SIMULATOR_PORT}")
MFA_REQUIRED = False
# Whoever tries the demonstration at night wants answers.
KEEP_STATE_HOURS = env.bool("KEEP_STATE_HOURS", default=False)
FIELD_KEYS = env.list("FIELD_KEYS", default=demo_keys.FIELD_KEYS)
INDEX_KEY = env.str("INDEX_KEY", default=demo_keys.INDEX_KEY)
SEAL_KEY = env.str("SEAL_KEY", default=demo_keys.SEAL_KEY)
SEAL_ROOTS_FILE = env.str("SEAL_ROOTS_FILE", default=str(BASE_DIR / ".daybook" / "run" / "seal-roots.jsonl"))
DEMO_CLOCK_FILE = env.str("DEMO_CLOCK_FILE", default=str(BASE_DIR / ".daybook" / "run" / "demo-clock"))
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
# Mail goes to files, one for each, where EMAIL_FILE_PATH says so; else to the log.
EMAIL_FILE_PATH = env.str("EMAIL_FILE_PATH", default="")
_BACKEND = "filebased" if EMAIL_FILE_PATH else "console"
EMAIL_BACKEND = f"django.core.mail.backends.{_BACKEND}.EmailBackend"
