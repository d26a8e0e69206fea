"""`daybook_depart` again: an outbox row is found by its text, which is its key now.

It moves claimed texts of a practice to `sending`, each under a new attempt, where consent, hours,
counts, sender and phone still allow it and no unread text of the phone waits. It runs under the caller's own
rights. `hour_days`, `hour_opens`, `hour_closes` are the texting hours by date, column by column.
"""

FORWARD = """
CREATE FUNCTION daybook_depart(
    of_practice uuid, of_texts uuid[], at timestamptz, lease_seconds integer, most_an_hour integer,
    most_a_day integer, hour_days date[], hour_opens time[], hour_closes time[]
) RETURNS TABLE (
    message_id uuid, attempt_id uuid, sender_id uuid, not_after timestamptz, attempts smallint,
    from_number varchar, messaging_service_sid varchar, to_number bytea, body bytea
) LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH hours (day, opens, closes) AS (
        SELECT * FROM unnest(hour_days, hour_opens, hour_closes)
    ), moved AS (
        UPDATE checkins_outboxrow o SET
            state = 'sending', attempt_id = uuidv7(), attempted_at = at, attempts = o.attempts + 1,
            lease_until = clock_timestamp() + lease_seconds * interval '1 second'
        FROM patients_phone p
        JOIN patients_patient t ON t.practice_id = p.practice_id AND t.id = p.patient_id
        LEFT JOIN hours h ON h.day = (at AT TIME ZONE t.time_zone)::date
            AND (at AT TIME ZONE t.time_zone)::time >= h.opens
            AND (at AT TIME ZONE t.time_zone)::time < h.closes,
            checkins_sender s
        WHERE o.practice_id = of_practice AND o.message_id = ANY (of_texts) AND o.state = 'claimed'
          AND p.practice_id = o.practice_id AND p.id = o.phone_id
          AND s.practice_id = o.practice_id AND s.id = o.sender_id AND s.state = 'ready'
          AND o.not_before <= at AND o.not_after > at
          AND o.carrier_sid = ''
          AND (NOT o.keeps_hours OR h.day IS NOT NULL)
          AND (NOT o.needs_consent OR (
              p.state = 'active'
              -- The latest word about texts from this phone must be a yes; silence is no consent.
              AND (SELECT c.act FROM patients_consentevent c
                   WHERE c.practice_id = o.practice_id AND c.patient_id = p.patient_id AND c.kind = 'texts'
                     AND c.phone_id = o.phone_id AND c.occurred_at <= at
                   ORDER BY c.occurred_at DESC, c.id DESC LIMIT 1) = 'given'
              AND NOT EXISTS (
                  SELECT 1 FROM checkins_inboundrow i
                  WHERE i.practice_id = o.practice_id AND i.state = 'pending'
                    AND i.from_index = p.number_index)))
          -- Texts of our own that left, or may have left, for this phone within the last hour and day.
          AND (NOT o.is_capped OR (
              SELECT count(*) FILTER (WHERE q.attempted_at > at - interval '1 hour') < most_an_hour
                     AND count(*) < most_a_day
              FROM checkins_outboxrow q
              WHERE q.practice_id = o.practice_id AND q.phone_id = o.phone_id AND q.is_capped AND q.message_id <> o.message_id
                AND q.state IN ('sending', 'sent', 'unknown') AND q.attempted_at > at - interval '24 hours'))
          -- What asks needs a check-in that waits; a reminder needs one to which nothing at all was said.
          AND NOT EXISTS (
              SELECT 1 FROM checkins_outboundmessage m
              JOIN checkins_checkin c ON c.practice_id = m.practice_id AND c.id = m.check_in_id
              WHERE m.practice_id = o.practice_id AND m.id = o.message_id
                AND (c.state <> 'open' OR (m.kind = 'reminder' AND (c.clarified OR c.open_items <> c.items))))
        RETURNING o.message_id, o.attempt_id, o.sender_id, o.attempts,
            s.number AS from_number, s.messaging_service_sid, p.number AS to_number,
            CASE WHEN o.keeps_hours THEN LEAST(o.not_after, (h.day + h.closes) AT TIME ZONE t.time_zone)
                 ELSE o.not_after END AS not_after
    ), attempted AS (
        INSERT INTO checkins_sendattempt (id, practice_id, message_id, occurred_at, recorded_at)
        SELECT v.attempt_id, of_practice, v.message_id, at, at FROM moved v
    )
    SELECT v.message_id, v.attempt_id, v.sender_id, v.not_after, v.attempts, v.from_number,
           v.messaging_service_sid, v.to_number, m.body
    FROM moved v
    JOIN checkins_outboundmessage m ON m.practice_id = of_practice AND m.id = v.message_id;
END
$$;
"""

BACKWARD = "DROP FUNCTION daybook_depart;"
