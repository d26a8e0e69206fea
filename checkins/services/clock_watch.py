"""No text is planned or sent by a clock that is wrong: it would leave at night, or on another day."""

from uuid import UUID

import structlog

from checkins.models import OperatorAlarm
from checkins.services import alarming
from networks import clock, clock_check

logger = structlog.get_logger(__name__)


def may_go_by_the_clock(practice_id: UUID) -> bool:
    """Tell whether this machine's clock agrees with the database's; where not, the operator is alarmed."""
    apart = clock_check.apart()
    if abs(apart) <= clock_check.MOST_APART:
        return True
    seconds = int(abs(apart).total_seconds())
    logger.error("clocks_apart", practice_id=str(practice_id), seconds=seconds)
    # Told in the database's time: by this machine's the alarm might lie in the future and never clear.
    at = clock.now() - apart
    alarming.raise_alarm(practice_id, OperatorAlarm.Kind.CLOCKS_APART, figure=seconds, now=at)
    return False
