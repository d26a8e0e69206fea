"""The two functions behind the carrier's calls: one SQL round trip each, under the caller's own rights.

`daybook_receive` stores a text in and rings the doorbell; false means that it was there already.
`daybook_status` notes a status and moves the outbox row forward, never back.
Both set the practice, which the signature has proved, and put back what was set before.
"""

FORWARD = """
CREATE FUNCTION daybook_ring(of_practice uuid, of_queue text, at timestamptz) RETURNS void LANGUAGE sql AS $$
    INSERT INTO networks_workdue (practice_id, queue, due_at)
    SELECT of_practice, of_queue, at
    WHERE NOT EXISTS (
        SELECT 1 FROM networks_workdue w
        WHERE w.practice_id = of_practice AND w.queue = of_queue AND w.due_at <= at
    )
    ON CONFLICT (practice_id, queue) DO UPDATE SET due_at = LEAST(networks_workdue.due_at, excluded.due_at)
$$;

CREATE FUNCTION daybook_receive(
    of_practice uuid, of_sender uuid, message uuid, row_id uuid, sid text,
    from_sealed bytea, from_blind bytea, body_sealed bytea, raw_sealed bytea,
    media_count smallint, came_by text, at timestamptz
) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    former text := coalesce(current_setting('daybook.practices', true), '');
    stored uuid;
BEGIN
    PERFORM set_config('daybook.practices', '{' || of_practice::text || '}', true);
    INSERT INTO checkins_inboundmessage
        (id, practice_id, sender_id, carrier_sid, from_number, from_index, body, raw, media, source,
         occurred_at, recorded_at)
    VALUES
        (message, of_practice, of_sender, sid, from_sealed, from_blind, body_sealed, raw_sealed, media_count,
         came_by, at, at)
    ON CONFLICT (practice_id, carrier_sid) DO NOTHING
    RETURNING id INTO stored;
    IF stored IS NULL THEN
        PERFORM set_config('daybook.practices', former, true);
        RETURN false;
    END IF;
    INSERT INTO checkins_inboundrow (id, practice_id, message_id, from_index, received_at, state, tries)
    VALUES (row_id, of_practice, message, from_blind, at, 'pending', 0);
    PERFORM daybook_ring(of_practice, 'read', at);
    PERFORM daybook_ring(of_practice, 'seal', at);
    PERFORM set_config('daybook.practices', former, true);
    RETURN true;
END
$$;

CREATE FUNCTION daybook_status(
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
            status = new_status, error_code = error, status_rank = new_rank
        WHERE o.practice_id = of_practice AND o.carrier_sid = sid AND o.status_rank < new_rank;
        known := FOUND;
    END IF;
    PERFORM daybook_ring(of_practice, 'seal', at);
    PERFORM set_config('daybook.practices', former, true);
    RETURN known;
END
$$;
"""

BACKWARD = """
DROP FUNCTION daybook_status;
DROP FUNCTION daybook_receive;
DROP FUNCTION daybook_ring;
"""
