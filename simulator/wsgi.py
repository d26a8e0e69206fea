"""The simulator as a WSGI application; it needs one process, because its faults live in it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "simulator.settings"
application = get_wsgi_application()
