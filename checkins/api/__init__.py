"""What we ask and hear, as resources of the API."""

from checkins.api.check_ins import CheckInDetail, CheckInList, MonitoringDayDetail, MonitoringDayList
from checkins.api.enrollments import Enrollments
from checkins.api.messages import MessageDetail, MessageList

__all__ = [
    "CheckInDetail",
    "CheckInList",
    "Enrollments",
    "MessageDetail",
    "MessageList",
    "MonitoringDayDetail",
    "MonitoringDayList",
]
