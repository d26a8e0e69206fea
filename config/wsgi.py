"""The web application, for granian or any other WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
site = get_wsgi_application()

from config.carrier_door import CarrierDoor  # noqa: E402 - needs Django set up

application = CarrierDoor(site)
