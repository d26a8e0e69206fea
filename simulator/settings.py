"""The simulator's own Django settings; it shares nothing with the product but the protocol."""

import os
import secrets
from pathlib import Path

HERE = Path(__file__).resolve().parent

SECRET_KEY = secrets.token_hex(32)  # nothing here is signed across restarts
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
ROOT_URLCONF = "simulator.urls"
INSTALLED_APPS: list[str] = []
DATABASES: dict[str, object] = {}
MIDDLEWARE = [
    "simulator.middleware.ProtectPages",
    "django.middleware.common.CommonMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "OPTIONS": {},
    },
]
APPEND_SLASH = False
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
LOGGING_CONFIG = None

SIMULATOR_PORT = int(os.environ.get("SIMULATOR_PORT") or "8001")
SIMULATOR_BASE_URL = os.environ.get("SIMULATOR_BASE_URL") or f"http://127.0.0.1:{SIMULATOR_PORT}"
SIMULATOR_DATABASE = Path(
    os.environ.get("SIMULATOR_DATABASE") or HERE.parent / ".daybook" / "simulator.sqlite3"
)
# How long a text takes from acceptance to its last status, in seconds; a real carrier takes about this long.
SIMULATOR_DELAY_MIN = float(os.environ.get("SIMULATOR_DELAY_MIN") or "0.2")
SIMULATOR_DELAY_MAX = float(os.environ.get("SIMULATOR_DELAY_MAX") or "1.5")
SIMULATOR_SEED = os.environ.get("SIMULATOR_SEED") or "daybook"
