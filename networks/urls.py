"""Addresses of the network's own pages."""

from django.urls import path

from networks.views import audit_log, workspaces

app_name = "networks"
urlpatterns = [
    path("audit/", audit_log.audit_log, name="audit"),
    path("workspace/", workspaces.switch, name="switch"),
]
