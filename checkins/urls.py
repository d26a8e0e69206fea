"""Addresses of what we ask and hear."""

from django.urls import path

from checkins.views import (
    alert_queue,
    alerts,
    conversation,
    corrections,
    danger_wordings,
    drills,
    enroll,
    inbox,
    joining,
    line_figures,
    line_setup,
    links,
    operations,
    own_activity,
    protocols,
    reach,
    reading_score,
    strangers,
)

app_name = "checkins"
urlpatterns = [
    path("messages/", inbox.messages, name="messages"),
    path("messages/numbers/<uuid:text_id>/", strangers.whose, name="whose-number"),
    path("messages/line/", line_figures.page, name="line-figures"),
    path("patients/enroll/", enroll.enroll_patient, name="enroll"),
    path("patients/enroll/preview/", enroll.preview, name="enroll-preview"),
    path("patients/joining/", joining.page, name="joining"),
    path("patients/joining/count/", joining.count, name="join-count"),
    path("patients/joining/sign/", joining.sign, name="join-sign"),
    path("patients/joining/<uuid:join_request_id>/set-aside/", joining.set_aside, name="join-set-aside"),
    path("patients/joining/<uuid:join_request_id>/bring-back/", joining.bring_back, name="join-bring-back"),
    path("patients/<uuid:patient_id>/conversation/", conversation.panel, name="conversation"),
    path("patients/<uuid:patient_id>/conversation/texts/", conversation.thread, name="thread"),
    path("patients/<uuid:patient_id>/conversation/write/", conversation.write, name="write"),
    path("patients/<uuid:patient_id>/reach/", reach.page, name="reach"),
    path("patients/<uuid:patient_id>/reach/consent/", reach.say, name="reach-consent"),
    path("patients/<uuid:patient_id>/reach/number/", reach.number, name="reach-number"),
    path("patients/<uuid:patient_id>/link/", links.send, name="send-link"),
    path("patients/<uuid:patient_id>/asked-by/", links.choose, name="choose-way"),
    path("alerts/", alert_queue.queue, name="alerts"),
    path("alerts/<uuid:alert_id>/take/", alert_queue.acknowledge, name="acknowledge-alert"),
    path("alerts/drills/", drills.page, name="drills"),
    path("alerts/drills/start/", drills.start, name="start-drill"),
    path("alerts/drills/weekly/", drills.weekly, name="weekly-drill"),
    path("alerts/drills/<uuid:drill_id>/", drills.report, name="drill"),
    path("alerts/drills/<uuid:drill_id>/acknowledge/", drills.acknowledge, name="acknowledge-drill"),
    path("alerts/drills/<uuid:drill_id>/end/", drills.end, name="end-drill"),
    path("alerts/wordings/", danger_wordings.page, name="danger-wordings"),
    path("alerts/wordings/sign/", danger_wordings.sign, name="sign-danger-wordings"),
    path("alerts/wordings/note/", danger_wordings.notice, name="sign-off-note"),
    path("alerts/<uuid:alert_id>/close/", alerts.close, name="close-alert"),
    path("texts/<uuid:text_id>/correct/", corrections.correct, name="correct"),
    path("episodes/<uuid:episode_id>/own-activity/", own_activity.change, name="own-activity"),
    path(
        "episodes/<uuid:episode_id>/own-activity/preview/", own_activity.preview, name="own-activity-preview"
    ),
    path("settings/protocols/", protocols.protocols, name="protocols"),
    path("settings/protocols/adopt/", protocols.adopt, name="protocols-adopt"),
    path("settings/protocols/<uuid:adopted_protocol_id>/", protocols.edit, name="protocol"),
    path(
        "settings/protocols/<uuid:adopted_protocol_id>/preview/", protocols.preview, name="protocol-preview"
    ),
    path("settings/protocols/<uuid:adopted_protocol_id>/move/", protocols.move, name="protocol-move"),
    path("settings/texting/", line_setup.page, name="line-setup"),
    path("settings/texting/<uuid:sender_id>/", line_setup.change, name="line-change"),
    path("line/reading-score/", reading_score.page, name="reading-score"),
    path("operations/", operations.operations, name="operations"),
]
