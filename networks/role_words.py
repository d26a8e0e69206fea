"""Roles in the words of a front desk: what each is called, and what its holder may do."""

from collections.abc import Iterable

from networks.permissions import Role

_WORDS: dict[Role, tuple[str, str]] = {
    Role.CLINICIAN: ("Clinician", "Sees patients and their texts, answers alerts, certifies months."),
    Role.ASSISTANT: ("Assistant", "Sees patients and their texts, answers alerts, logs time."),
    Role.FRONT_DESK: ("Front desk", "Enrolls patients, writes to them, keeps consents and phones."),
    Role.BILLER: ("Biller", "Sees the billing board, keeps coverage, takes files of charges."),
    Role.PRACTICE_ADMIN: (
        "Administrator",
        "Does all of that but certifying; invites people, keeps settings.",
    ),
    Role.NETWORK_ADMIN: ("Administrator", "Keeps members and protocols, approves rule sets, invites people."),
    Role.QUALITY: ("Quality", "Drafts and releases profiles for payers, keeps protocols."),
    Role.CONTRACTING: ("Contracting", "Sees profiles, keeps contracts."),
    Role.CREDENTIALING: ("Credentialing", "Keeps clinicians' credentialing."),
    Role.AUDITOR: ("Auditor", "Sees who did and saw what, nothing else."),
    Role.OPERATOR: ("Operator", "Watches the installation and loads rule sets; sees no patient."),
}


def role_words(role: str) -> str:
    """Return what a role is called.

    >>> role_words("front_desk")
    'Front desk'
    """
    return _WORDS[Role(role)][0]


def role_choices(roles: Iterable[Role]) -> list[tuple[str, str, str]]:
    """Return value, name and duties of some roles, in the order of a day's work."""
    wanted = frozenset(roles)
    return [(role.value, *words) for role, words in _WORDS.items() if role in wanted]
