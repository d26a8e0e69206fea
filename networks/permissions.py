"""Roles and what each may do: one table, read by views, services and tests alike."""

from collections.abc import Iterable
from enum import StrEnum


class Role(StrEnum):
    """What somebody is in one practice or one network."""

    CLINICIAN = "clinician"
    ASSISTANT = "assistant"
    FRONT_DESK = "front_desk"
    BILLER = "biller"
    PRACTICE_ADMIN = "practice_admin"
    NETWORK_ADMIN = "network_admin"
    QUALITY = "quality"
    CONTRACTING = "contracting"
    CREDENTIALING = "credentialing"
    AUDITOR = "auditor"
    OPERATOR = "operator"


PRACTICE_ROLES = frozenset(
    {Role.CLINICIAN, Role.ASSISTANT, Role.FRONT_DESK, Role.BILLER, Role.PRACTICE_ADMIN, Role.AUDITOR}
)
NETWORK_ROLES = frozenset(
    {Role.NETWORK_ADMIN, Role.QUALITY, Role.CONTRACTING, Role.CREDENTIALING, Role.AUDITOR}
)
# Who looks after a home's people; without one of them nobody could be invited there again.
ADMIN_ROLES = frozenset({Role.PRACTICE_ADMIN, Role.NETWORK_ADMIN})


class Permission(StrEnum):
    """One thing that a page, an address of the API or a service asks for."""

    SEE_TODAY = "see_today"
    SEE_PATIENTS = "see_patients"
    SEE_MESSAGES = "see_messages"
    TEXT_PATIENTS = "text_patients"
    ENROLL_PATIENTS = "enroll_patients"
    RECORD_CONSENT = "record_consent"
    ACKNOWLEDGE_ALERTS = "acknowledge_alerts"
    CORRECT_READINGS = "correct_readings"
    RECORD_MILESTONES = "record_milestones"
    LOG_TIME = "log_time"
    KEEP_CARE_RECORDS = "keep_care_records"
    CERTIFY = "certify"
    SEE_BILLING = "see_billing"
    SEE_RULE_SETS = "see_rule_sets"
    APPROVE_RULE_SETS = "approve_rule_sets"
    KEEP_COVERAGE = "keep_coverage"
    RECORD_DIAGNOSES = "record_diagnoses"
    EXPORT_CHARGES = "export_charges"
    TAKE_PACKETS = "take_packets"
    MANAGE_PRACTICE = "manage_practice"
    MANAGE_PEOPLE = "manage_people"
    SEE_AUDIT = "see_audit"
    SEE_NETWORK = "see_network"
    MANAGE_MEMBERS = "manage_members"
    MANAGE_PROTOCOLS = "manage_protocols"
    SEE_PROFILES = "see_profiles"
    RELEASE_PROFILES = "release_profiles"
    MANAGE_CONTRACTS = "manage_contracts"
    MANAGE_CREDENTIALS = "manage_credentials"
    SEE_OPERATIONS = "see_operations"


_P = Permission
_CARE = frozenset(
    {
        _P.SEE_TODAY,
        _P.SEE_PATIENTS,
        _P.SEE_MESSAGES,
        _P.TEXT_PATIENTS,
        _P.ENROLL_PATIENTS,
        _P.RECORD_CONSENT,
        _P.ACKNOWLEDGE_ALERTS,
        _P.CORRECT_READINGS,
        _P.RECORD_MILESTONES,
        _P.LOG_TIME,
        _P.KEEP_CARE_RECORDS,
    }
)

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    # An audit packet holds patients' own words: nobody takes one who may not read texts.
    Role.CLINICIAN: _CARE
    | {_P.CERTIFY, _P.SEE_BILLING, _P.SEE_RULE_SETS, _P.RECORD_DIAGNOSES, _P.TAKE_PACKETS},
    Role.ASSISTANT: _CARE,
    Role.FRONT_DESK: frozenset(
        {
            _P.SEE_TODAY,
            _P.SEE_PATIENTS,
            _P.SEE_MESSAGES,
            _P.TEXT_PATIENTS,
            _P.ENROLL_PATIENTS,
            _P.RECORD_CONSENT,
        }
    ),
    Role.BILLER: frozenset(
        {
            _P.SEE_PATIENTS,
            _P.SEE_BILLING,
            _P.SEE_RULE_SETS,
            _P.KEEP_COVERAGE,
            _P.RECORD_DIAGNOSES,
            _P.EXPORT_CHARGES,
        }
    ),
    Role.PRACTICE_ADMIN: _CARE
    | {
        _P.SEE_BILLING,
        _P.SEE_RULE_SETS,
        _P.KEEP_COVERAGE,
        _P.RECORD_DIAGNOSES,
        _P.EXPORT_CHARGES,
        _P.TAKE_PACKETS,
        _P.MANAGE_PRACTICE,
        _P.MANAGE_PEOPLE,
        _P.SEE_AUDIT,
    },
    Role.NETWORK_ADMIN: frozenset(
        {
            _P.SEE_NETWORK,
            _P.MANAGE_MEMBERS,
            _P.MANAGE_PEOPLE,
            _P.SEE_PROFILES,
            _P.MANAGE_PROTOCOLS,
            _P.SEE_AUDIT,
            _P.SEE_RULE_SETS,
            _P.APPROVE_RULE_SETS,
        }
    ),
    Role.QUALITY: frozenset({_P.SEE_NETWORK, _P.SEE_PROFILES, _P.RELEASE_PROFILES, _P.MANAGE_PROTOCOLS}),
    Role.CONTRACTING: frozenset({_P.SEE_NETWORK, _P.SEE_PROFILES, _P.MANAGE_CONTRACTS}),
    Role.CREDENTIALING: frozenset({_P.SEE_NETWORK, _P.MANAGE_CREDENTIALS}),
    Role.AUDITOR: frozenset({_P.SEE_AUDIT}),
    Role.OPERATOR: frozenset({_P.SEE_OPERATIONS, _P.SEE_RULE_SETS, _P.APPROVE_RULE_SETS}),
}


def permissions_of(roles: Iterable[Role]) -> frozenset[Permission]:
    """Return everything that holders of these roles together may do; unknown roles may do nothing."""
    return frozenset().union(*(ROLE_PERMISSIONS.get(role, frozenset()) for role in roles))
