"""The addresses of the API."""

from allauth.idp.oidc import views as identity
from django.urls import path
from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiYamlRenderer
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.renderers import JSONRenderer

from billing import api as billing
from checkins import api as checkins
from patients import api as patients
from reporting import api as reporting

# Neither holds data, so nobody need sign in; the page's script and style come from this server.
_schema = SpectacularAPIView.as_view(
    renderer_classes=[OpenApiJsonRenderer, OpenApiYamlRenderer, JSONRenderer]
)
_docs = SpectacularSwaggerSplitView.as_view(template_name="api/docs.html", url_name="api-schema")

urlpatterns = [
    path("schema/", _schema, name="api-schema"),
    path("docs/", _docs, name="api-docs"),
    path("token/", identity.token, name="api-token"),
    path("token/revoke/", identity.revoke, name="api-token-revoke"),
    path("v1/patients/", patients.PatientList.as_view(), name="api-patients"),
    path("v1/patients/<uuid:patient_id>/", patients.PatientDetail.as_view(), name="api-patient"),
    path("v1/episodes/", patients.EpisodeList.as_view(), name="api-episodes"),
    path("v1/episodes/<uuid:episode_id>/", patients.EpisodeDetail.as_view(), name="api-episode"),
    path("v1/enrollments/", checkins.Enrollments.as_view(), name="api-enrollments"),
    path("v1/check-ins/", checkins.CheckInList.as_view(), name="api-check-ins"),
    path("v1/check-ins/<uuid:check_in_id>/", checkins.CheckInDetail.as_view(), name="api-check-in"),
    path("v1/messages/", checkins.MessageList.as_view(), name="api-messages"),
    path("v1/messages/<uuid:message_id>/", checkins.MessageDetail.as_view(), name="api-message"),
    path("v1/monitoring-days/", checkins.MonitoringDayList.as_view(), name="api-monitoring-days"),
    path(
        "v1/monitoring-days/<uuid:monitoring_day_id>/",
        checkins.MonitoringDayDetail.as_view(),
        name="api-monitoring-day",
    ),
    path("v1/time-entries/", billing.TimeEntries.as_view(), name="api-time-entries"),
    path("v1/time-entries/<uuid:time_entry_id>/", billing.TimeEntryDetail.as_view(), name="api-time-entry"),
    path("v1/charges/", billing.ChargeList.as_view(), name="api-charges"),
    path("v1/charges/<uuid:charge_id>/", billing.ChargeDetail.as_view(), name="api-charge"),
    path("v1/profiles/", reporting.ProfileList.as_view(), name="api-profiles"),
    path("v1/profiles/<uuid:profile_id>/", reporting.ProfileDetail.as_view(), name="api-profile"),
]
