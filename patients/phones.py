"""Phone numbers as people type them, made into E.164, the one form that is stored and compared."""

import phonenumbers
from phonenumbers import timezone

from networks.errors import DomainError

_HELP = "That is not a US mobile number: type the ten digits, such as 312 555 0142."


def normalize(typed: str) -> str:
    """Return a US or Canadian number in E.164; DomainError with what to do for anything else."""
    try:
        number = phonenumbers.parse(typed, "US")
    except phonenumbers.NumberParseException:
        raise DomainError(_HELP, field="mobile") from None
    if number.country_code != 1 or not phonenumbers.is_possible_number(number) or number.extension:
        raise DomainError(_HELP, field="mobile")
    if not _is_plausible(number):
        raise DomainError(_HELP, field="mobile")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _is_plausible(number: phonenumbers.PhoneNumber) -> bool:
    # 555-01xx is kept for invented people (NANPA), so it passes although nobody has such a number.
    national = str(number.national_number)
    return phonenumbers.is_valid_number(number) or (len(national) == 10 and national[3:8] == "55501")


def shown(number: str) -> str:
    """Return an E.164 number as people read it, such as (312) 555-0142."""
    digits = number.removeprefix("+1")
    return f"({digits[:3]}) {digits[3:6]}-{digits[6:]}" if len(digits) == 10 else number


def likely_zone(number: str, *, otherwise: str) -> str:
    """Return the time zone that the area code suggests when it names exactly one, else `otherwise`.

    Numbers move with people, so this is a default to show, never the truth.
    """
    zones = timezone.time_zones_for_number(phonenumbers.parse(number, "US"))
    return str(zones[0]) if len(zones) == 1 and zones[0] != timezone.UNKNOWN_TIMEZONE else otherwise
