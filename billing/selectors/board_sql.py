"""The SQL behind the billing board, its counts, its totals and its files: one row for each patient and month.

Every part names the practice besides the row-level policy, so that indexes led by it are used. Fixed text
only; values are always parameters.
"""

from string import Template


def assembled(sql: str, **parts: str) -> str:
    """Return SQL with fixed parts of it put into their places."""
    return Template(sql).substitute(parts)


# What a person must look at comes first; a row without a line comes last.
_RANK = "array_position(ARRAY['held', 'refused', 'billable', 'pending', 'certified'], status::text)"

LINES = assembled(
    """
    lines AS MATERIALIZED (
        SELECT episode_id, min($rank) AS rank,
            bool_or(status = 'held') AS held, bool_or(status = 'refused') AS refused,
            bool_or(status = 'billable') AS billable, bool_or(status = 'pending') AS pending,
            bool_or(status = 'certified') AS certified
        FROM billing_decidedline
        WHERE practice_id = %(practice)s AND date_of_service BETWEEN %(first)s AND %(last)s
        GROUP BY episode_id
    )
""",
    rank=_RANK,
)

# Who pays in the month for the patient of a row; asked of the rows shown, and of all only where it is filtered by.
_PAYING = """
    SELECT payer_id FROM billing_coverage coverage
    WHERE coverage.practice_id = %(practice)s AND coverage.patient_id = $patient
        AND starts_on <= %(last)s AND (ends_on IS NULL OR ends_on >= %(first)s)
    ORDER BY starts_on DESC, recorded_at DESC, id DESC LIMIT 1
"""

# Episodes monitored in the month, or with a line in it, as the filters want them, whatever their state. Filters
# that are not set fold away before the plan is made.
MONITORED = assembled(
    """
    monitored AS (
        SELECT episode.id AS episode_id, episode.patient_id, patient.given_name, patient.family_name,
            patient.record_number, clinician.name AS clinician, episode.ends_on,
            coalesce(lines.rank, 6) AS rank, coalesce(lines.held, false) AS held,
            coalesce(lines.refused, false) AS refused, coalesce(lines.billable, false) AS billable,
            coalesce(lines.pending, false) AS pending,
            coalesce(lines.certified, false) AS certified, lines.episode_id IS NULL AS none
        FROM patients_episode episode
        JOIN patients_patient patient
            ON patient.practice_id = episode.practice_id AND patient.id = episode.patient_id
        JOIN networks_clinician clinician
            ON clinician.practice_id = episode.practice_id AND clinician.id = episode.clinician_id
        LEFT JOIN lines ON lines.episode_id = episode.id
        WHERE episode.practice_id = %(practice)s AND episode.starts_on <= %(last)s
            AND (episode.ends_on IS NULL OR episode.ends_on >= %(first)s)
            AND (%(clinician)s::uuid IS NULL OR episode.clinician_id = %(clinician)s::uuid)
            AND (%(payer)s::uuid IS NULL OR %(payer)s::uuid = ($paying))
            AND (%(episode)s::uuid IS NULL OR episode.id = %(episode)s::uuid)
            AND (%(words)s::text[] = '{}' OR concat_ws(
                ' ', patient.given_name, patient.family_name, patient.record_number
            ) ILIKE ALL (%(words)s::text[]))
            AND (lines.episode_id IS NOT NULL OR EXISTS (
                SELECT 1 FROM patients_enrollment enrollment
                WHERE enrollment.practice_id = %(practice)s AND enrollment.episode_id = episode.id
                    AND enrollment.starts_on <= %(last)s
                    AND (enrollment.ends_on IS NULL OR enrollment.ends_on >= %(first)s)
            ))
    )
""",
    paying=assembled(_PAYING, patient="episode.patient_id"),
)
_PAYER = assembled(
    """
    LEFT JOIN LATERAL ($paying) covered ON true
    LEFT JOIN networks_payer payer ON payer.id = covered.payer_id
""",
    paying=assembled(_PAYING, patient="shown.patient_id"),
)

# The rows in one state, or in all; a row stands in every state in which it has a line.
IN_STATE = """
    CASE %(state)s WHEN 'exceptions' THEN held OR refused WHEN 'held' THEN held WHEN 'refused' THEN refused
        WHEN 'billable' THEN billable WHEN 'pending' THEN pending WHEN 'certified' THEN certified
        WHEN 'none' THEN none ELSE true END
"""

ORDER = "rank, lower(family_name), lower(given_name), episode_id"

# The window that runs in the month, or the last one that did.
_WINDOW = """
    LEFT JOIN LATERAL (
        SELECT starts_on, ends_on AS window_ends_on, clipped_to, days, dates
        FROM billing_episodewindow episode_window
        WHERE episode_window.practice_id = %(practice)s AND episode_window.episode_id = shown.episode_id
            AND starts_on <= least(%(last)s, %(today)s::date + 1) AND clipped_to >= %(first)s
        ORDER BY starts_on DESC LIMIT 1
    ) running ON true
"""
_MONTH = """
    LEFT JOIN billing_episodemonth counted
        ON counted.practice_id = %(practice)s AND counted.episode_id = shown.episode_id
            AND counted.month = %(first)s
"""

PAGE = assembled(
    """
    WITH $lines, $monitored,
    shown AS (
        SELECT * FROM monitored WHERE $in_state ORDER BY $order LIMIT %(limit)s OFFSET %(offset)s
    )
    SELECT shown.episode_id, shown.patient_id, given_name, family_name, record_number, clinician, payer.name,
        shown.ends_on, running.starts_on, running.window_ends_on, running.clipped_to, running.dates::text,
        coalesce(counted.minutes, 0), coalesce(counted.live_contacts, 0), coalesce(counted.pta_minutes, 0),
        plan.ends_on, plan.episode_id IS NOT NULL, of_month.found::text
    FROM shown $payer $window $month
    LEFT JOIN LATERAL (
        SELECT episode_id, ends_on FROM patients_planofcare care
        WHERE care.practice_id = %(practice)s AND care.episode_id = shown.episode_id
            AND care.names_rtm AND care.starts_on <= %(today)s AND care.voids_id IS NULL
            AND NOT EXISTS (SELECT 1 FROM patients_planofcare back WHERE back.voids_id = care.id)
        ORDER BY starts_on DESC LIMIT 1
    ) plan ON true
    LEFT JOIN LATERAL (
        SELECT json_agg(json_build_object(
            'code', code, 'units', units, 'day', date_of_service, 'status', status, 'modifiers', modifiers,
            'reason', reasons -> 0 ->> 'text') ORDER BY date_of_service, position) AS found
        FROM billing_decidedline line
        WHERE line.practice_id = %(practice)s AND line.episode_id = shown.episode_id
            AND date_of_service BETWEEN %(first)s AND %(last)s
    ) of_month ON true
    ORDER BY $order
""",
    lines=LINES,
    monitored=MONITORED,
    in_state=IN_STATE,
    order=ORDER,
    payer=_PAYER,
    window=_WINDOW,
    month=_MONTH,
)

# How many rows stand in which state, whatever state is wanted, and the units of those in the wanted one by
# status, code and date, ready to be priced: the first column tells the two apart.
SUMMARY = assembled(
    """
    WITH $lines, $monitored
    SELECT '', ARRAY[count(*), count(*) FILTER (WHERE held OR refused), count(*) FILTER (WHERE held),
        count(*) FILTER (WHERE refused), count(*) FILTER (WHERE billable), count(*) FILTER (WHERE pending),
        count(*) FILTER (WHERE certified), count(*) FILTER (WHERE none)], NULL, NULL, NULL, NULL
    FROM monitored
    UNION ALL
    SELECT line.status, NULL, line.code, line.date_of_service, line.modifiers @> '["CQ"]'::jsonb,
        sum(line.units)
    FROM monitored JOIN billing_decidedline line ON line.episode_id = monitored.episode_id
    WHERE line.practice_id = %(practice)s AND line.date_of_service BETWEEN %(first)s AND %(last)s
        AND line.status <> 'refused' AND $in_state
    GROUP BY 1, 3, 4, 5
""",
    lines=LINES,
    monitored=MONITORED,
    in_state=IN_STATE,
)

# Clinicians and payers to choose from: those whom the practice has.
CHOICES = """
    SELECT 'clinician', id, name FROM networks_clinician WHERE practice_id = %(practice)s
    UNION ALL
    SELECT 'payer', id, name FROM networks_payer WHERE id IN (
        SELECT payer_id FROM billing_coverage WHERE practice_id = %(practice)s)
    ORDER BY 1, 3, 2
"""

# One row of a file. Money is added up from the same prices as on the page; NULL where a rate is unknown.
FILE = assembled(
    """
    WITH $lines, $monitored,
    prices AS (
        SELECT * FROM unnest(%(codes)s::text[], %(firsts)s::date[], %(lasts)s::date[], %(dollars)s::numeric[],
            %(assistants)s::numeric[]) AS price (code, first_day, last_day, dollars, with_assistant)
    ),
    priced AS MATERIALIZED (
        SELECT line.episode_id,
            string_agg(line.code || CASE WHEN units > 1 THEN ' x' || units ELSE '' END || ' '
                || CASE status WHEN 'billable' THEN 'may be certified' WHEN 'pending' THEN 'waiting'
                    WHEN 'refused' THEN 'not allowed' ELSE status END, '; ' ORDER BY date_of_service, position)
                AS codes,
            string_agg(line.code || ': ' || (reasons -> 0 ->> 'text'), ' ' ORDER BY date_of_service, position)
                FILTER (WHERE status NOT IN ('billable', 'certified')) AS missing,
            sum(units * CASE WHEN modifiers @> '["CQ"]'::jsonb THEN with_assistant ELSE dollars END)
                FILTER (WHERE status IN ('billable', 'certified')) AS certifiable,
            sum(units * CASE WHEN modifiers @> '["CQ"]'::jsonb THEN with_assistant ELSE dollars END)
                FILTER (WHERE status = 'pending') AS waiting,
            string_agg(DISTINCT line.code, ' ')
                FILTER (WHERE dollars IS NULL AND status IN ('billable', 'certified', 'pending')) AS without_rate
        FROM billing_decidedline line
        LEFT JOIN prices ON prices.code = line.code
            AND line.date_of_service BETWEEN prices.first_day AND prices.last_day
        WHERE line.practice_id = %(practice)s AND line.date_of_service BETWEEN %(first)s AND %(last)s
        GROUP BY line.episode_id
    ),
    shown AS (SELECT * FROM monitored WHERE $in_state)
    SELECT shown.episode_id || ':' || to_char(%(first)s::date, 'YYYY-MM') AS row_id,
        shown.patient_id::text AS patient_id, given_name || ' ' || family_name AS patient, record_number,
        clinician, coalesce(payer.name, '') AS payer, to_char(%(first)s::date, 'YYYY-MM') AS month,
        running.starts_on AS window_from, running.clipped_to AS window_to, running.days AS data_days,
        coalesce(counted.minutes, 0) AS minutes, coalesce(counted.live_contacts, 0) AS live_contacts,
        coalesce(codes, '') AS codes, coalesce(missing, '') AS missing,
        certifiable AS estimate_certified_or_may_be_usd, waiting AS estimate_waiting_usd,
        coalesce(without_rate, '') AS no_rate_known_for
    FROM shown $payer $window $month
    LEFT JOIN priced ON priced.episode_id = shown.episode_id
    ORDER BY rank, lower(family_name), lower(given_name), shown.episode_id
""",
    lines=LINES,
    monitored=MONITORED,
    in_state=IN_STATE,
    payer=_PAYER,
    window=_WINDOW,
    month=_MONTH,
)
