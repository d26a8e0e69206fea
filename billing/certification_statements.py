"""What a clinician signs when a month closes, by version: a wording once signed is never changed."""

from collections.abc import Mapping
from types import MappingProxyType

# Our own words, to be read by counsel before use; each point answers one that monthly certification should
# hold (BoneArc on monthly certification, 2026; S64).
STATEMENTS: Mapping[str, str] = MappingProxyType(
    {
        "1": (
            "I reviewed this patient's monitoring data and the time recorded for this month. The data days, "
            "minutes and live contacts are shown as they happened, under a plan of care that names remote "
            "therapeutic monitoring. I used the data in the patient's care, and the service was reasonable and "
            "necessary for this patient. Where an assistant took part, the assistant was supervised as "
            "required."
        ),
    }
)
CURRENT_STATEMENT = "1"
