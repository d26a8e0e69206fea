"""Addresses of the list of patients."""

from django.urls import path

from patients.views import directory, milestones

app_name = "patients"
urlpatterns = [
    path("patients/", directory.patient_list, name="list"),
    path("episodes/<uuid:episode_id>/milestones/", milestones.record, name="milestone"),
    path("milestones/<uuid:milestone_id>/void/", milestones.void, name="void-milestone"),
]
