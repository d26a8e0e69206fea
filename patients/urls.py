"""Addresses of the list of patients."""

from django.urls import path

from patients.views import directory

app_name = "patients"
urlpatterns = [
    path("patients/", directory.patient_list, name="list"),
]
