"""What Django's system check says about the line's settings, when a worker starts or somebody migrates."""

from django.conf import settings
from django.core.checks import CheckMessage, Error

from checkins.gateways import twilio


def carrier_address(**_: object) -> list[CheckMessage]:
    """Refuse a carrier address that no call may go to: each text would end as an unknown outcome."""
    wrong = twilio.wrong_base(settings.TWILIO_API_BASE)
    if not wrong:
        return []
    return [
        Error(
            wrong,
            hint="Set TWILIO_API_BASE to the simulator, such as http://127.0.0.1:8001, or remove it.",
            id="checkins.E001",
        )
    ]
