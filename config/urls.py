"""Every address of Daybook; the walk in tests/architecture checks that each has its permission."""

from django.urls import URLPattern, URLResolver, include, path

from billing.views import today
from checkins import webhooks
from checkins.views import consent_page, one_tap
from config import clock_moves, health
from networks.views import home

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("webhooks/twilio/inbound/<str:key>/", webhooks.inbound, name="webhook-inbound"),
    path("webhooks/twilio/status/<str:key>/", webhooks.status, name="webhook-status"),
    path("c/<str:token>/", one_tap.check_in, name="check-in"),
    path("a/<str:consent_token>/", consent_page.agree, name="agree"),
    path("accounts/", include("allauth.urls")),
    path("api/", include("config.api_urls")),
    path("", home.home, name="home"),
    path("demo-clock/", clock_moves.move, name="demo-clock"),
    path("today/", today.page, name="today"),
    path("", include("billing.urls")),
    path("", include("checkins.urls")),
    path("", include("patients.urls")),
    path("", include("networks.urls")),
    path("", include("reporting.urls")),
]

handler404 = "config.api.not_found"
handler500 = "config.api.server_error"
