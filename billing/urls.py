"""Addresses of the pages that show what monitoring is worth: Today, a patient, the billing board."""

from django.urls import path

from billing.views import (
    board,
    calls,
    care,
    charges_out,
    claims,
    closing,
    disputed_readings,
    exports,
    localities,
    patient,
    practice_settings,
    reasons,
    reruns,
    rule_sets,
    self_audit,
    snoozes,
    styles,
    time,
    today,
)

app_name = "billing"
urlpatterns = [
    path("today/rows/", today.rows, name="today-rows"),
    path("alerts/<uuid:alert_id>/acknowledge/", today.acknowledge, name="acknowledge"),
    path("alerts/<uuid:alert_id>/hand-back/", today.hand_back, name="hand-back"),
    path("episodes/<uuid:episode_id>/snooze/", snoozes.snooze, name="snooze"),
    path("snoozes/<uuid:snooze_id>/end/", snoozes.end, name="end-snooze"),
    path("patients/<uuid:patient_id>/", patient.page, name="patient"),
    path("patients/<uuid:patient_id>/changes/", patient.changes, name="patient-changes"),
    path("patients/<uuid:patient_id>/care/", care.page, name="care"),
    path("patients/<uuid:patient_id>/care/coverage/", care.cover, name="care-coverage"),
    path("episodes/<uuid:episode_id>/care/claim/", care.claim, name="care-claim"),
    path("coverages/<uuid:coverage_id>/end/", care.end_coverage, name="end-coverage"),
    path("episodes/<uuid:episode_id>/care/plan/", care.add, {"record": "plan"}, name="care-plan"),
    path("episodes/<uuid:episode_id>/care/set-up/", care.add, {"record": "setup"}, name="care-setup"),
    path(
        "episodes/<uuid:episode_id>/care/exclusion/", care.add, {"record": "exclusion"}, name="care-exclusion"
    ),
    path(
        "episodes/<uuid:episode_id>/care/attestation/",
        care.add,
        {"record": "attestation"},
        name="care-attestation",
    ),
    path(
        "episodes/<uuid:episode_id>/care/discharge/", care.add, {"record": "discharge"}, name="care-discharge"
    ),
    path("plans-of-care/<uuid:plan_of_care_id>/certified/", care.certify_plan, name="certify-plan"),
    path("plans-of-care/<uuid:plan_of_care_id>/take-back/", care.take_plan_back, name="take-plan-back"),
    path("exclusions/<uuid:exclusion_id>/end/", care.end_exclusion, name="end-exclusion"),
    path("exclusions/<uuid:exclusion_id>/take-back/", care.take_exclusion_back, name="take-exclusion-back"),
    path("settings/practice/", practice_settings.page, name="practice-settings"),
    path(
        "settings/practice/determinations/<uuid:device_determination_id>/end/",
        practice_settings.end_determination,
        name="end-determination",
    ),
    path("episodes/<uuid:episode_id>/activity/", time.beat, name="beat"),
    path("episodes/<uuid:episode_id>/activity/was/", time.explain, name="explain-stay"),
    path("episodes/<uuid:episode_id>/time/", time.by_hand, name="time-by-hand"),
    path("time-entries/<uuid:time_entry_id>/take-back/", time.void, name="void-time"),
    path("episodes/<uuid:episode_id>/call/", calls.call, name="call"),
    path("billing/lines/<uuid:line_id>/why/", reasons.page, name="reasons"),
    path("billing/rerun/", reruns.page, name="rerun"),
    path("billing/self-audit/", self_audit.page, name="self-audit"),
    path("billing/readings/", disputed_readings.page, name="disputed-readings"),
    path("billing/readings/choose/", disputed_readings.choose, name="choose-reading"),
    path("billing/rule-sets/", rule_sets.page, name="rule-sets"),
    path("billing/rule-sets/approve/", rule_sets.approve, name="approve-rule-set"),
    path("billing/claims/", claims.page, name="claims"),
    path("billing/claims/provider/", claims.provider, name="claims-provider"),
    path("billing/claims/fees/", claims.fees, name="claims-fees"),
    path("billing/claims/payer/", claims.payer_number, name="claims-number"),
    path("billing/charges/", charges_out.page, name="charges"),
    path("billing/charges/<uuid:batch_id>/charges.csv", charges_out.file, name="charges-file"),
    path("billing/certify/", closing.review, name="certify"),
    path("billing/certify/sign/", closing.sign, name="sign"),
    path("billing/certifications/<uuid:certification_id>/amend/", closing.amend, name="amend"),
    path(
        "billing/packets/<uuid:packet_id>/packet.json", closing.packet, {"form": "json"}, name="packet-json"
    ),
    path("billing/packets/<uuid:packet_id>/packet.pdf", closing.packet, {"form": "pdf"}, name="packet-pdf"),
    path("episodes/<uuid:episode_id>/why/", board.why, name="why"),
    path("billing/", board.page, name="board"),
    path("billing/file/", exports.export, name="board-file"),
    path("billing/locality/", localities.locality, name="locality"),
    path("styles/", styles.page, name="styles"),
]
