"""Several calls of the carrier in one statement and one commit, each as the function of one call would do it.

`daybook_receive_many` stores texts in and rings once; it returns the ids that were new.
`daybook_status_many` notes statuses and moves their texts forward, never back; it returns the attempts done, and
leaves to `daybook_status` those it does not know and those of which another transaction holds the text. Neither
waits for a lock of others longer than it would take to store its calls one by one.
"""

FORWARD = """
CREATE FUNCTION daybook_receive_many(
    of_practice uuid, senders uuid[], sids text[], froms_sealed bytea[], froms_blind bytea[],
    bodies_sealed bytea[], raws_sealed bytea[], media_counts smallint[], came_by text[], ats timestamptz[]
) RETURNS text[] LANGUAGE plpgsql SET lock_timeout = '2s' AS $$
DECLARE
    former text := coalesce(current_setting('daybook.practices', true), '');
    stored text[];
    since timestamptz;
BEGIN
    PERFORM set_config('daybook.practices', '{' || of_practice::text || '}', true);
    WITH texts AS (
        INSERT INTO checkins_inboundmessage
            (id, practice_id, sender_id, carrier_sid, from_number, from_index, body, raw, media, source,
             occurred_at, recorded_at)
        SELECT uuidv7(), of_practice, t.sender, t.sid, t.from_sealed, t.from_blind, t.body, t.raw, t.media,
               t.source, t.at, t.at
        FROM unnest(senders, sids, froms_sealed, froms_blind, bodies_sealed, raws_sealed, media_counts, came_by, ats)
            AS t(sender, sid, from_sealed, from_blind, body, raw, media, source, at)
        -- In one order everywhere, so that two groups with the same texts never wait for each other.
        ORDER BY t.sid, t.at
        ON CONFLICT (practice_id, carrier_sid) DO NOTHING
        RETURNING id, carrier_sid, from_index, occurred_at
    ), waiting AS (
        INSERT INTO checkins_inboundrow (id, practice_id, message_id, from_index, received_at, state, tries)
        SELECT uuidv7(), of_practice, id, from_index, occurred_at, 'pending', 0 FROM texts
    )
    SELECT array_agg(carrier_sid), min(occurred_at) INTO stored, since FROM texts;
    IF stored IS NOT NULL THEN
        PERFORM daybook_ring(of_practice, 'read', since);
        PERFORM daybook_ring(of_practice, 'seal', since);
    END IF;
    PERFORM set_config('daybook.practices', former, true);
    RETURN coalesce(stored, '{}');
END
$$;

CREATE FUNCTION daybook_status_many(
    of_practice uuid, attempts uuid[], sids text[], words text[], ranks smallint[], errors text[], came_by text,
    ats timestamptz[]
) RETURNS uuid[] LANGUAGE plpgsql SET lock_timeout = '2s' AS $$
DECLARE
    former text := coalesce(current_setting('daybook.practices', true), '');
    done uuid[];
BEGIN
    PERFORM set_config('daybook.practices', '{' || of_practice::text || '}', true);
    INSERT INTO checkins_statusevent
        (id, practice_id, attempt_id, carrier_sid, status, error_code, source, occurred_at, recorded_at)
    SELECT uuidv7(), of_practice, w.attempt, w.sid, w.status, w.error, came_by, w.at, w.at
    FROM unnest(attempts, sids, words, errors, ats) AS w(attempt, sid, status, error, at)
    ORDER BY w.attempt, w.sid, w.status, w.error
    ON CONFLICT DO NOTHING;
    WITH said AS (
        SELECT a.message_id, w.*
        FROM unnest(attempts, sids, words, ranks, errors, ats) AS w(attempt, sid, status, rank, error, at)
        JOIN checkins_sendattempt a ON a.practice_id = of_practice AND a.id = w.attempt
    ), furthest AS (
        -- One word a text: the one furthest along, as if the others had come after it.
        SELECT DISTINCT ON (message_id) * FROM said ORDER BY message_id, rank DESC, at
    ), held AS MATERIALIZED (
        -- Whoever holds a text may hold others of these and wait for one of ours: we wait for none.
        SELECT o.message_id FROM checkins_outboxrow o JOIN furthest f ON f.message_id = o.message_id
        WHERE o.practice_id = of_practice
        FOR NO KEY UPDATE OF o SKIP LOCKED
    ), moved AS (
        UPDATE checkins_outboxrow o SET
            carrier_sid = CASE WHEN w.sid = '' THEN o.carrier_sid ELSE w.sid END,
            status = CASE WHEN w.rank > o.status_rank THEN w.status ELSE o.status END,
            error_code = CASE WHEN w.rank > o.status_rank THEN w.error ELSE o.error_code END,
            failure_followed = CASE WHEN w.rank > o.status_rank THEN w.rank <> 50 ELSE o.failure_followed END,
            status_rank = GREATEST(o.status_rank, w.rank),
            reason = CASE WHEN o.state IN ('sending', 'unknown') THEN 'accepted' ELSE o.reason END,
            finished_at = CASE WHEN o.state IN ('sending', 'unknown') THEN w.at ELSE o.finished_at END,
            lease_until = CASE WHEN o.state IN ('sending', 'unknown') THEN NULL ELSE o.lease_until END,
            state = CASE WHEN o.state IN ('sending', 'unknown') THEN 'sent' ELSE o.state END
        FROM furthest w JOIN held h ON h.message_id = w.message_id
        WHERE o.practice_id = of_practice AND o.message_id = w.message_id
        RETURNING o.message_id
    )
    SELECT array_agg(DISTINCT s.attempt) INTO done FROM said s JOIN moved m ON m.message_id = s.message_id;
    PERFORM daybook_ring(of_practice, 'seal', (SELECT min(at) FROM unnest(ats) AS at));
    PERFORM set_config('daybook.practices', former, true);
    RETURN coalesce(done, '{}');
END
$$;
"""

BACKWARD = """
DROP FUNCTION daybook_status_many;
DROP FUNCTION daybook_receive_many;
"""
