"""Addresses of the network's pages and of the public check."""

from django.urls import path

from reporting.views import files, home, profiles, verify

app_name = "reporting"
urlpatterns = [
    path("network/", home.home, name="home"),
    path("network/profiles/", profiles.profiles, name="profiles"),
    path("network/profiles/<uuid:draft_id>/", profiles.profile, name="profile"),
    path("network/profiles/<uuid:draft_id>/approve/", profiles.approve, name="approve"),
    path("network/profiles/<uuid:draft_id>/release/", profiles.release, name="release"),
    path("network/profiles/<uuid:draft_id>/discard/", profiles.discard, name="discard"),
    path("network/releases/<uuid:release_id>/<str:name>", files.file, name="file"),
    path("verify/", verify.verify, name="verify"),
    path("verify/keys.json", verify.keys_json, name="verify-keys"),
]
