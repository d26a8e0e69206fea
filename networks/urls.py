"""Addresses of the network's own pages."""

from django.urls import path

from networks.views import audit_log, help_pages, people, rota, tours, workspaces

app_name = "networks"
urlpatterns = [
    path("on-call/", rota.page, name="rota"),
    path("on-call/shifts/", rota.add_shift, name="add-shift"),
    path("on-call/shifts/<uuid:on_call_shift_id>/remove/", rota.remove_shift, name="remove-shift"),
    path("on-call/cover/", rota.set_cover, name="set-cover"),
    path("on-call/mobiles/", rota.set_mobile, name="set-mobile"),
    path("people/", people.page, name="people"),
    path("people/invite/", people.invite, name="invite"),
    path("people/<uuid:person_id>/", people.one, name="person"),
    path("people/<uuid:person_id>/roles/", people.give_role, name="give-role"),
    path("people/<uuid:person_id>/invitation/", people.send_again, name="send-invitation"),
    path("people/roles/<uuid:role_assignment_id>/end/", people.end_role, name="end-role"),
    path("audit/", audit_log.audit_log, name="audit"),
    path("help/", help_pages.help_page, name="help-home"),
    path("help/<slug:name>/", help_pages.help_page, name="help"),
    path("tour/", tours.page, name="tour"),
    path("tour/steps/", tours.steps, name="tour-steps"),
    path("workspace/", workspaces.switch, name="switch"),
]
