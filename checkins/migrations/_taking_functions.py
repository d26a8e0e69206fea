"""`daybook_claim` again, and `daybook_end` beside it: each opens and closes the practice's scope by itself.

So either is one prepared statement and one round trip, with nothing to parse or plan a call. `daybook_claim` returns
the ids that it claimed in one array, the most urgent first. `daybook_end` ends those of a practice's texts that are in
one of the states named, as sent, failed or skipped, with a reason and a time, and returns how many.
"""

from checkins.migrations import _claim_function as before

FORWARD = """
DROP FUNCTION daybook_claim;

CREATE FUNCTION daybook_claim(of_practice uuid, at timestamptz, most integer, lease_seconds integer)
RETURNS uuid[] LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    former text := coalesce(current_setting('daybook.practices', true), '');
    until timestamptz := clock_timestamp() + lease_seconds * interval '1 second';
    texts uuid[];
BEGIN
    PERFORM set_config('daybook.practices', '{' || of_practice::text || '}', true);
    WITH claimed AS (
        UPDATE checkins_outboxrow o SET state = 'claimed', lease_until = until
        -- Found again by where they lie: they are locked, so they lie still. One that changed since the statement
        -- began is left for the next claim.
        WHERE o.practice_id = of_practice AND o.state = 'pending' AND o.ctid = ANY (ARRAY(
            SELECT w.ctid FROM checkins_outboxrow w
            WHERE w.practice_id = of_practice AND w.finished_at IS NULL AND w.state = 'pending'
              AND w.not_before <= at
            ORDER BY w.priority, w.not_before
            LIMIT most
            FOR UPDATE SKIP LOCKED
        ))
        RETURNING o.message_id, o.priority, o.not_before
    )
    SELECT array_agg(c.message_id ORDER BY c.priority, c.not_before, c.message_id) INTO texts FROM claimed c;
    PERFORM set_config('daybook.practices', former, true);
    RETURN coalesce(texts, '{}');
END
$$;

CREATE FUNCTION daybook_end(
    of_practice uuid, of_texts uuid[], in_states text[], new_state text, why text, at timestamptz
) RETURNS integer LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    former text := coalesce(current_setting('daybook.practices', true), '');
    -- Compared first: a single state takes less than a list of one, row by row.
    usual text := in_states[1];
    ended integer;
BEGIN
    PERFORM set_config('daybook.practices', '{' || of_practice::text || '}', true);
    UPDATE checkins_outboxrow o SET state = new_state, reason = why, lease_until = NULL, finished_at = at
    WHERE o.practice_id = of_practice AND o.message_id = ANY (of_texts)
      AND (o.state = usual OR o.state = ANY (in_states));
    GET DIAGNOSTICS ended = ROW_COUNT;
    PERFORM set_config('daybook.practices', former, true);
    RETURN ended;
END
$$;
"""

BACKWARD = "DROP FUNCTION daybook_end;\nDROP FUNCTION daybook_claim;\n" + before.FORWARD
