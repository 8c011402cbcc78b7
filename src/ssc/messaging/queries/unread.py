"""How much is new to a member in all her threads: counted within the statement that every request makes."""

from uuid import UUID

from sqlalchemy import ColumnElement, DateTime, Integer, bindparam, text


def unread_messages_of(_member_id: ColumnElement[UUID]) -> ColumnElement[int]:
    """As the inbox counts: a request is one, what is muted, put away or of somebody blocked is none."""
    now = bindparam("now", type_=DateTime(timezone=True))
    return text(_UNREAD).bindparams(now).columns(n=Integer).scalar_subquery()


# `member` is the row of the statement around it. Above 99 the menu says `99+`.
_UNREAD = """
SELECT coalesce(sum(CASE WHEN tm.request = 'incoming' THEN 1 ELSE unread.n END), 0)::int AS n
FROM thread_member tm
JOIN thread t ON t.id = tm.thread_id
CROSS JOIN LATERAL (
    SELECT count(*) AS n FROM (
        SELECT FROM message m
        WHERE m.thread_id = t.id AND m.seq > tm.read_seq
            AND m.seq > CASE WHEN t.history = 'since-joining' THEN tm.joined_seq ELSE 0 END
            AND m.kind = 'text' AND m.deleted_at IS NULL AND m.author_id IS DISTINCT FROM tm.member_id
            AND NOT EXISTS (
                SELECT FROM block b WHERE (b.member_id = tm.member_id AND b.blocked_id = m.author_id)
                    OR (b.member_id = m.author_id AND b.blocked_id = tm.member_id)
            )
        LIMIT 100
    ) counted
) unread
WHERE tm.member_id = member.id AND tm.left_at IS NULL
    AND (t.last_seq > tm.read_seq OR tm.request = 'incoming') AND (t.kind <> 'direct' OR t.last_seq > 0)
    AND (tm.muted_until IS NULL OR tm.muted_until <= :now)
    AND (tm.archived_at IS NULL OR tm.archived_at < t.last_message_at)
    AND tm.request IS DISTINCT FROM 'declined'
"""
