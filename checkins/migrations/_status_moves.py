"""`daybook_status` again: it says when a failure is to be followed, and finds texts by an index of known ids only.

Of a text's four statuses three then change no indexed column, so that PostgreSQL writes one row and no index.
"""

from checkins.migrations import _line_functions as before

FORWARD = """
UPDATE checkins_outboxrow SET failure_followed = true WHERE status_rank <> 50 AND NOT failure_followed;

CREATE OR REPLACE FUNCTION daybook_status(
    of_practice uuid, event uuid, attempt uuid, sid text, new_status text, new_rank smallint, error text,
    came_by text, at timestamptz
) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    former text := coalesce(current_setting('daybook.practices', true), '');
    known boolean;
BEGIN
    PERFORM set_config('daybook.practices', '{' || of_practice::text || '}', true);
    INSERT INTO checkins_statusevent
        (id, practice_id, attempt_id, carrier_sid, status, error_code, source, occurred_at, recorded_at)
    VALUES (event, of_practice, attempt, sid, new_status, error, came_by, at, at)
    ON CONFLICT DO NOTHING;
    UPDATE checkins_outboxrow o SET
        carrier_sid = CASE WHEN sid = '' THEN o.carrier_sid ELSE sid END,
        status = CASE WHEN new_rank > o.status_rank THEN new_status ELSE o.status END,
        error_code = CASE WHEN new_rank > o.status_rank THEN error ELSE o.error_code END,
        failure_followed = CASE WHEN new_rank > o.status_rank THEN new_rank <> 50 ELSE o.failure_followed END,
        status_rank = GREATEST(o.status_rank, new_rank),
        reason = CASE WHEN o.state IN ('sending', 'unknown') THEN 'accepted' ELSE o.reason END,
        finished_at = CASE WHEN o.state IN ('sending', 'unknown') THEN at ELSE o.finished_at END,
        lease_until = CASE WHEN o.state IN ('sending', 'unknown') THEN NULL ELSE o.lease_until END,
        state = CASE WHEN o.state IN ('sending', 'unknown') THEN 'sent' ELSE o.state END
    FROM checkins_sendattempt a
    WHERE a.practice_id = of_practice AND a.id = attempt
      AND o.practice_id = of_practice AND o.message_id = a.message_id;
    known := FOUND;
    IF NOT known AND sid <> '' THEN
        UPDATE checkins_outboxrow o SET
            status = new_status, error_code = error, status_rank = new_rank, failure_followed = new_rank <> 50
        WHERE o.practice_id = of_practice AND o.carrier_sid = sid AND o.carrier_sid <> ''
          AND o.status_rank < new_rank;
        known := FOUND;
    END IF;
    PERFORM daybook_ring(of_practice, 'seal', at);
    PERFORM set_config('daybook.practices', former, true);
    RETURN known;
END
$$;
"""

BACKWARD = (
    "UPDATE checkins_outboxrow SET failure_followed = false WHERE status_rank <> 50;\n"
    "DROP FUNCTION daybook_status;\n"
    + before.FORWARD[before.FORWARD.index("CREATE FUNCTION daybook_status") :]
)
