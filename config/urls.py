"""Every address of Daybook; the walk in tests/architecture checks that each has its permission."""

from django.urls import URLPattern, URLResolver, include, path

from checkins import webhooks
from config import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("webhooks/twilio/inbound/<str:key>/", webhooks.inbound, name="webhook-inbound"),
    path("webhooks/twilio/status/<str:key>/", webhooks.status, name="webhook-status"),
    path("accounts/", include("allauth.urls")),
]
