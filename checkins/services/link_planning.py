"""The texts of patients who are asked by a link: each holds its own, so each is sealed by itself."""

from datetime import datetime
from typing import Any

from checkins import wording
from checkins.models import OutboundMessage, Plan
from checkins.segments import count_segments
from checkins.services.links import CheckInLink, address_of
from checkins.wording import WORDING_VERSION, TemplateId
from networks.encryption import encrypt
from networks.keys import uuid7
from networks.models import Practice

_BODY = f"{OutboundMessage._meta.db_table}.body"


def links_of(practice: Practice, *, expires_at: datetime) -> dict[str, Any]:
    """Return, column by column, the plans asked by link with the check-in each may get now and its text."""
    columns: dict[str, Any] = {
        "link_template": f"{TemplateId.LINK}@{WORDING_VERSION}",
        "link_plans": [],
        "link_check_ins": [],
        "link_bodies": [],
        "link_segments": [],
    }
    plans = Plan.objects.filter(practice=practice, by_link=True, ends_on=None)
    for plan_id, language in plans.values_list("pk", "episode__patient__language"):
        link = CheckInLink(practice.pk, uuid7(), expires_at)
        text = wording.render(
            TemplateId.LINK, language, practice=practice.text_name, link=address_of(link)
        ).text
        columns["link_plans"].append(plan_id)
        columns["link_check_ins"].append(link.check_in_id)
        columns["link_bodies"].append(encrypt(text, column=_BODY))
        columns["link_segments"].append(count_segments(text).count)
    return columns
