"""The mutations: one wrong rule each, as a change of text in a copy of the sources."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mutation:
    """A wrong rule: `old` stands exactly once in the module and becomes `new`."""

    name: str
    module: str
    old: str
    new: str


THRESHOLDS = (
    Mutation("set-up from 1 data day", "code_set", "SETUP_DAYS_2026 = 2", "SETUP_DAYS_2026 = 1"),
    Mutation("set-up from 3 data days", "code_set", "SETUP_DAYS_2026 = 2", "SETUP_DAYS_2026 = 3"),
    Mutation("set-up to 2025 from 15", "code_set", "SETUP_DAYS_2022 = 16", "SETUP_DAYS_2022 = 15"),
    Mutation("lower tier from 1 day", "code_set", 'Tier(2, "98985")', 'Tier(1, "98985")'),
    Mutation("lower tier from 3 days", "code_set", 'Tier(2, "98985")', 'Tier(3, "98985")'),
    Mutation(
        "upper tier from 15 days",
        "code_set",
        '(Tier(2, "98985"), Tier(16, "98977"))',
        '(Tier(2, "98985"), Tier(15, "98977"))',
    ),
    Mutation(
        "upper tier from 17 days",
        "code_set",
        '(Tier(2, "98985"), Tier(16, "98977"))',
        '(Tier(2, "98985"), Tier(17, "98977"))',
    ),
    Mutation("98979 from 9 minutes", "code_set", 'Tier(10, "98979")', 'Tier(9, "98979")'),
    Mutation("98979 from 11 minutes", "code_set", 'Tier(10, "98979")', 'Tier(11, "98979")'),
    Mutation(
        "98980 from 21 minutes", "code_set", 'Tier(10, "98979"), Tier(20,', 'Tier(10, "98979"), Tier(21,'
    ),
    Mutation(
        "98980 to 2025 from 19 minutes",
        "code_set",
        'MANAGEMENT_TIERS_2022 = (Tier(20, "98980"),)',
        'MANAGEMENT_TIERS_2022 = (Tier(19, "98980"),)',
    ),
    Mutation("add-on each 19 minutes", "code_set", "ADD_ON_STEP_MINUTES = 20", "ADD_ON_STEP_MINUTES = 19"),
    Mutation(
        "three add-on units proposed", "code_set", "ADD_ON_PROPOSED_UNITS = 2", "ADD_ON_PROPOSED_UNITS = 3"
    ),
    Mutation("a 2027 rule set out of nowhere", "code_set", "date(2026, 12, 31)", "date(2027, 12, 31)"),
)
DAYS = (
    Mutation("windows of 29 days", "code_set", "WINDOW_DATES = 30", "WINDOW_DATES = 29"),
    Mutation("windows of 31 days", "code_set", "WINDOW_DATES = 30", "WINDOW_DATES = 31"),
    Mutation(
        "readings dated in UTC",
        "data_days",
        "local_date(reading.at, document.patient_time_zone)",
        "reading.at.date()",
    ),
    Mutation(
        "readings dated in the clinic's zone",
        "data_days",
        "document.patient_time_zone",
        "document.clinic_time_zone",
    ),
    Mutation(
        "staff readings count",
        "data_days",
        "given = [each for each in readings if each.source is not ReadingSource.STAFF]",
        "given = readings",
    ),
    Mutation(
        "caregivers' readings do not count",
        "data_days",
        "each.source is not ReadingSource.STAFF",
        "each.source is ReadingSource.PATIENT",
    ),
    Mutation(
        "any plan of care counts",
        "document",
        "for plan in self.plans_of_care if plan.names_rtm",
        "for plan in self.plans_of_care",
    ),
    Mutation(
        "days before coverage count",
        "data_days",
        "DateRange(covered_from or date.min, None)",
        "DateRange(date.min, None)",
    ),
    Mutation("windows overlap prior ones", "windows", "each.day > latest", "each.day >= latest"),
    Mutation(
        "readings after the date of judgement count", "data_days", "if day <= document.as_of:", "if day:"
    ),
    Mutation(
        "consent's end ignored",
        "document",
        "(self.episode.dates.last, consent_end)",
        "(self.episode.dates.last, None)",
    ),
    Mutation(
        "episode's end ignored",
        "document",
        "(self.episode.dates.last, consent_end)",
        "(None, consent_end)",
    ),
    Mutation(
        "open windows closed on their last day",
        "spans",
        "document.as_of > clipped_to",
        "document.as_of >= clipped_to",
    ),
    Mutation(
        "inpatient days refuse lines",
        "gates",
        "(ExclusionKind.RPM,",
        "(ExclusionKind.INPATIENT, ExclusionKind.RPM,",
    ),
    Mutation(
        "home health refuses nothing",
        "gates",
        "ExclusionKind.OTHER_RTM, ExclusionKind.HOME_HEALTH)",
        "ExclusionKind.OTHER_RTM)",
    ),
)
MINUTES = (
    Mutation(
        "minutes rounded up",
        "months",
        "return self.seconds // SECONDS_PER_MINUTE",
        "return -(-self.seconds // SECONDS_PER_MINUTE)",
    ),
    Mutation(
        "entries dated in UTC",
        "counted_time",
        "local_date(entry.started_at, document.clinic_time_zone)",
        "entry.started_at.date()",
    ),
    Mutation(
        "a second of two people counted twice",
        "counted_time",
        "yield Stretch(min(under_way.months), instant - previous,",
        "yield Stretch(min(under_way.months), (instant - previous) * sum(under_way.months.values()),",
    ),
    Mutation(
        "shared seconds are the assistant's",
        "counted_time",
        "under_way.therapists > 0)",
        "under_way.therapists > 1)",
    ),
    Mutation(
        "visit time counts",
        "counted_time",
        "return bool(self.months) and not self.visits",
        "return bool(self.months)",
    ),
    Mutation(
        "set-up time counts",
        "counted_time",
        "{Activity.REVIEW, Activity.CONVERSATION}",
        "{Activity.REVIEW, Activity.CONVERSATION, Activity.SET_UP}",
    ),
    Mutation("voided entries count", "counted_time", "if entry.voided:", "if False:"),
    Mutation(
        "front desk's minutes count", "counted_time", "entry.credential is Credential.PT\n\n", "True\n\n"
    ),
    Mutation(
        "assistants of speech therapy count",
        "counted_time",
        "document.episode.discipline is not Discipline.SLP",
        "True",
    ),
)
CONTACTS_AND_MODIFIERS = (
    Mutation("live contact at 59 s", "code_set", "LIVE_CONTACT_SECONDS = 60", "LIVE_CONTACT_SECONDS = 59"),
    Mutation("live contact at 61 s", "code_set", "LIVE_CONTACT_SECONDS = 60", "LIVE_CONTACT_SECONDS = 61"),
    Mutation(
        "overlapping contacts are two",
        "live_contacts",
        "chains and dated.start < chain_end",
        "not chains and 0",
    ),
    Mutation(
        "touching contacts are one", "live_contacts", "dated.start < chain_end", "dated.start <= chain_end"
    ),
    Mutation(
        "a review is a live contact",
        "live_contacts",
        "and dated.entry.activity is Activity.CONVERSATION\n",
        "\n",
    ),
    Mutation(
        "one contact is enough for a strict payer",
        "management_lines",
        "limits.append((max(contacts - 1, 0),",
        "limits.append((contacts,",
    ),
    Mutation(
        "no live contact needed",
        "management_lines",
        "*(() if month.contacts else (contacts,)))",
        ")",
    ),
    Mutation("CQ at 10%", "modifiers", "everyone) > share", "everyone) >= share"),
    Mutation("CQ from 11%", "code_set", "Fraction(1, 10)", "Fraction(11, 100)"),
    Mutation(
        "CQ on device lines",
        "device_lines",
        "modifiers = choose_modifiers(document.episode.discipline)",
        "modifiers = choose_modifiers(document.episode.discipline, assistant=1, everyone=2)",
    ),
)
GATES = (
    Mutation(
        "unknown coverage is covered",
        "gates",
        "payer.coverage in refusals",
        "payer.coverage is Coverage.NOT_COVERED",
    ),
    Mutation("set-up billed twice", "setup_line", "if not document.setup_already_billed:", "if True:"),
    Mutation("no device determination needed", "gates", "if not document.device_determination:", "if False:"),
    Mutation("98981 without 98980 on the list", "gates", "proposal.code == ADD_ON_CODE and", "False and"),
    Mutation(
        "the year's seam not looked at",
        "device_lines",
        "if code_set.nearest(window.span.first).has_device_code(tier.code):",
        "if True:",
    ),
    Mutation(
        "a lapsed plan of care changes nothing",
        "service_dates",
        "default=span.clipped_to)",
        "default=span.clipped_to) and span.clipped_to",
    ),
)
MUTATIONS = (*THRESHOLDS, *DAYS, *MINUTES, *CONTACTS_AND_MODIFIERS, *GATES)
