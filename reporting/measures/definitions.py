"""Every measure of the outcome profile: what is counted, of whom, by which rule, and where the rule is from.

A change of any word that changes a figure needs a new `version` of that measure and of the set.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

MEASURE_SET = "2026.1"
# Which thresholds were chosen, before any figure was looked at.
THRESHOLD_SET = "pain-2-points-30-percent.1"


class Section(StrEnum):
    """The parts of the profile, in the order in which it is read."""

    WHO = "who"
    ACCESS = "access"
    ENGAGEMENT = "engagement"
    ADHERENCE = "adherence"
    PAIN = "pain"


@dataclass(frozen=True)
class Measure:
    """One figure's definition; `source` names the rule's origin with its year, `house rule` where it is ours."""

    id: str
    section: Section
    title: str
    numerator: str
    denominator: str
    source: str
    version: str = "1"

    @property
    def definition(self) -> str:
        """Return the id with its version, as it stands beside each figure."""
        return f"{self.id}/{self.version}"


_NPRS = "Numeric rating scale of pain, 0 to 10"

MEASURES: tuple[Measure, ...] = (
    Measure(
        "cohort.patients",
        Section.WHO,
        "Patients",
        "Patients of the payer whose monitoring began in the entry period at a practice that was then a member; "
        "each counts once, with the first episode",
        "–",
        "House rule, 2026",
    ),
    Measure(
        "access.days_to_first_data",
        Section.ACCESS,
        "Days from evaluation to the first data day",
        "Median and 90th percentile of days between the evaluation and the first date on which data came in",
        "Patients of the cohort with at least one data day",
        "House rule, 2026",
    ),
    Measure(
        "rtm.response",
        Section.ENGAGEMENT,
        "Check-ins answered",
        "Check-ins with at least one readable answer",
        "Check-ins that the carrier reported as delivered",
        "House rule, 2026; interval of a ratio of sums by patient (Cochran, Sampling Techniques, 1977)",
    ),
    Measure(
        "rtm.days_of_30",
        Section.ENGAGEMENT,
        "Data days in the first 30",
        "Dates with data among the first 30 days of monitoring, mean over patients",
        "Patients of the cohort",
        "30-day window of the remote therapeutic monitoring codes (CMS, CY 2026 Physician Fee Schedule)",
    ),
    Measure(
        "rtm.sixteen_of_30",
        Section.ENGAGEMENT,
        "16 or more data days in the first 30",
        "Patients with data on at least 16 of the first 30 days",
        "Patients of the cohort",
        "16-day threshold of the monitoring codes (CMS, CY 2022 and CY 2026 Physician Fee Schedule)",
    ),
    Measure(
        "adherence.conservative",
        Section.ADHERENCE,
        "No reply counted as not done",
        "Days on which the exercises were reported done",
        "Days on which the exercises were asked for while texts could be sent",
        "Bailey and others, British Journal of Sports Medicine, 2020: no agreed definition exists; house rule, 2026",
    ),
    Measure(
        "adherence.reported",
        Section.ADHERENCE,
        "Of days with a reply",
        "Days on which the exercises were reported done",
        "Days on which the exercises were asked for and an answer to that came",
        "House rule, 2026",
    ),
    Measure(
        "adherence.upper",
        Section.ADHERENCE,
        "No reply counted as done",
        "Days reported done, and days without a reply",
        "Days on which the exercises were asked for while texts could be sent",
        "House rule, 2026",
    ),
    Measure(
        "pain.completeness",
        Section.PAIN,
        "Measured at both ends",
        "Patients with a reading in the first week and another in the last 14 days of monitoring or before the "
        "cut-off",
        "All patients of the cohort, those who stopped early among them",
        "Pair completeness; CMS asks 50 percent of its outcome measures (FY 2023 inpatient rule)",
    ),
    Measure(
        "pain.baseline",
        Section.PAIN,
        "Pain in the first week",
        f"Mean of up to the first 3 daily values of the first week. {_NPRS}",
        "Patients measured at both ends",
        "House rule, 2026: single readings exaggerate regression to the mean",
    ),
    Measure(
        "pain.improvement",
        Section.PAIN,
        "Improvement of pain",
        f"First week less end, each the mean of up to 3 daily values; positive is better. {_NPRS}",
        "Patients measured at both ends",
        "Student's t interval (Student, 1908)",
    ),
    Measure(
        "pain.reached_points",
        Section.PAIN,
        "Improved 2 points or more",
        "Patients whose pain fell by at least 2 points",
        "Patients measured at both ends",
        "Ostelo and others, Spine, 2008; Wilson's interval (1927)",
    ),
    Measure(
        "pain.reached_share",
        Section.PAIN,
        "Improved 30 % or more",
        "Patients whose pain fell by at least 30 percent of its start",
        "Patients measured at both ends",
        "Ostelo and others, Spine, 2008; Wilson's interval (1927)",
    ),
    Measure(
        "pain.worsened",
        Section.PAIN,
        "Worsened 2 points or more",
        "Patients whose pain rose by at least 2 points",
        "Patients measured at both ends",
        "House rule, 2026: printed wherever improvement is",
    ),
)

BY_ID: Mapping[str, Measure] = {each.id: each for each in MEASURES}


@dataclass(frozen=True)
class NotMeasured:
    """A figure that a payer would ask for and this profile does not have, with the reason."""

    title: str
    reason: str


_NO_CLAIMS = "It comes from payer claims only, and no claims were given for this profile."
NOT_MEASURED: tuple[NotMeasured, ...] = (
    NotMeasured("Days from referral to evaluation, direct access", "Referral dates are not recorded here."),
    NotMeasured("Visits per episode and length of care", "Visits are not recorded here."),
    NotMeasured("Function score", "No function questionnaire was collected at both ends."),
    NotMeasured("Likelihood to recommend", "No experience question was asked."),
    NotMeasured("Emergency visits and hospital stays", _NO_CLAIMS),
    NotMeasured("Advanced imaging, injections, surgery", _NO_CLAIMS),
    NotMeasured("Opioid prescriptions", _NO_CLAIMS),
    NotMeasured("Total cost of care", _NO_CLAIMS),
    NotMeasured("Comparison with expected results", "No risk model was fitted; figures are not adjusted."),
)

# Printed with every profile, so that nobody reads more into a figure than it holds.
LIMITS: tuple[str, ...] = (
    "These are associations, not causes: there is no group without monitoring to compare with.",
    "Part of any improvement is natural recovery, and part is regression to the mean.",
    "Those who answered may differ from those who did not; see the number measured beside each figure.",
    "Several figures are shown at once; by chance alone one in twenty intervals misses the true value.",
    "Nothing is said about visits elsewhere, surgery or cost without claims data.",
    "Counts of 1 to 10 patients are not shown, nor whatever would let them be worked out.",
)
