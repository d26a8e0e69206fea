"""The simulator's addresses."""

from django.urls import path

from simulator.views import control, pages, rest

ACCOUNT = "2010-04-01/Accounts/<str:account_sid>/"

urlpatterns = [
    path(ACCOUNT + "Messages.json", rest.messages),
    path(ACCOUNT + "Messages/<str:sid>/Media.json", rest.media_list),
    path(ACCOUNT + "Messages/<str:sid>/Media/<str:media_sid>", rest.media),
    path(ACCOUNT + "Messages/<str:sid>/Feedback.json", rest.feedback),
    path(ACCOUNT + "Messages/<str:sid>.json", rest.message),
    path("2010-04-01/<path:rest_of_path>", rest.not_found),
    path("control/texts", control.texts),
    path("control/replays", control.replays),
    path("control/log", control.log),
    path("control/faults", control.faults),
    path("control/accounts", control.accounts),
    path("control/settings", control.tuning),
    path("control/reset", control.reset),
    path("control/phones", control.phones),
    path("static/<str:name>", pages.static_file),
    path("healthz", pages.health),
    path("", pages.phones),
]
