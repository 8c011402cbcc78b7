"""A member's first "I am coming", which nothing stands against, is stored by one statement."""

from alembic import op

# Answers nothing, and changes nothing, where the event is not as its caller read it (`as_read`: its version), takes no
# answers, has an offer that ran out, or she has answered before: the caller then goes step by step (events.answering).
TAKE = """
CREATE FUNCTION take_event_place(event uuid, as_read int, member uuid, party int, names text[], told jsonb,
    answer uuid, move uuid, code text, at timestamptz)
RETURNS TABLE (status text, queue bigint, "position" bigint, following bool)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    e record;
    others record;
    fits bool;
    place bigint;
BEGIN
    -- As a statement of its own: only so does the next one see what was committed before the lock was got.
    SELECT * INTO e FROM event v WHERE v.id = take_event_place.event FOR UPDATE;
    IF NOT FOUND OR e.version <> as_read OR e.published_at IS NULL OR e.cancelled_at IS NOT NULL
        OR e.removed_at IS NOT NULL OR least(e.rsvp_closes_at, e.ends_at) <= at THEN
        RETURN;
    END IF;
    SELECT coalesce(sum(a.guests + 1) FILTER (WHERE a.status = 'going' OR a.offer_expires_at IS NOT NULL), 0) AS held,
        coalesce(bool_or(a.status = 'waitlisted' AND a.offer_expires_at IS NULL), false) AS queued,
        coalesce(max(a.queue), 0) AS last,
        count(*) FILTER (WHERE a.status = 'waitlisted') AS waiting,
        coalesce(bool_or(a.offer_expires_at <= at), false) AS over,
        coalesce(bool_or(a.member_id = member), false) AS hers
    INTO others FROM event_answer a WHERE a.event_id = e.id;
    IF others.over OR others.hers OR party > e.capacity THEN
        RETURN;
    END IF;
    fits := NOT others.queued AND (e.capacity IS NULL OR others.held + party <= e.capacity);
    place := CASE WHEN fits THEN NULL ELSE greatest(others.last + 1, (extract(epoch FROM at) * 1e6)::bigint) END;
    INSERT INTO event_answer (id, event_id, member_id, status, guests, guest_names, answers, queue, ticket_code,
        answered_at, created_at)
    VALUES (answer, e.id, member, CASE WHEN fits THEN 'going' ELSE 'waitlisted' END, party - 1, names, told, place,
        code, at, at);
    INSERT INTO event_move (id, event_id, answer_id, what, queue, by_organiser, details, at)
    VALUES (move, e.id, answer, CASE WHEN fits THEN 'going' ELSE 'waitlisted' END, place, false,
        jsonb_build_object('guests', party - 1), at);
    UPDATE event v SET going = v.going + CASE WHEN fits THEN party ELSE 0 END,
        waitlisted = v.waitlisted + CASE WHEN fits THEN 0 ELSE party END
    WHERE v.id = e.id;
    RETURN QUERY SELECT CASE WHEN fits THEN 'going' ELSE 'waitlisted' END, place,
        CASE WHEN fits THEN NULL ELSE others.waiting + 1 END,
        EXISTS (SELECT FROM procrastinate_jobs j WHERE j.queueing_lock = 'thread:' || e.id AND j.status = 'todo');
END $$
"""

revision = "0020e"
down_revision = "0019e"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(TAKE)


def downgrade() -> None:
    op.execute("DROP FUNCTION take_event_place")
