"""The statements of the writer: prebuilt, their number the same however many messages are stored."""

from typing import LiteralString

# All of them, or nothing; migrations 0018 and 0021a say when. A repetition violates its key.
STORE_READY: LiteralString = """
SELECT * FROM store_ready_messages(%(sent)s::json, %(told)s, %(great)s, %(now)s)
"""

# NO KEY: rows that refer to the thread may be written meanwhile; ids in order: two writers never wait in a circle.
LOCK: LiteralString = """
SELECT id, history, last_seq, rev FROM thread
WHERE id = ANY(%(threads)s) ORDER BY id FOR NO KEY UPDATE
"""
LOCK_FREE: LiteralString = LOCK + " SKIP LOCKED"

# After the lock, as a statement of its own: only so does it see what was committed while the lock was waited for.
CHECK: LiteralString = """
SELECT
    t.kind, t.member_count, t.closed_at IS NOT NULL AS closed, tm.request, tm.posts, tm.joined_seq,
    m.id AS member_id, m.handle, m.name, m.photo,
    m.adult_from > %(today)s AS minor,
    EXISTS (
        SELECT FROM suspension s
        WHERE s.member_id = g.author_id AND s.lifted_at IS NULL AND (s.until IS NULL OR s.until > %(now)s)
    ) AS suspended,
    k.seq AS known_seq, k.rev AS known_rev, k.sent AS known_sent,
    o.id AS other_id, o.adult_from > %(today)s AS other_minor,
    EXISTS (
        SELECT FROM block b
        WHERE (b.member_id, b.blocked_id) = (g.author_id, o.id) OR (b.member_id, b.blocked_id) = (o.id, g.author_id)
    ) AS blocked,
    CASE WHEN g.names = '' THEN NULL ELSE (
        SELECT json_object_agg(x.handle, x.id)
        FROM thread_member y JOIN member x ON x.id = y.member_id
        WHERE y.thread_id = g.thread_id AND y.left_at IS NULL AND y.posts AND y.request IS NULL
            AND x.handle = ANY(string_to_array(g.names, ' '))
            AND NOT EXISTS (
                SELECT FROM block b WHERE (b.member_id, b.blocked_id) IN ((g.author_id, x.id), (x.id, g.author_id))
            )
    ) END AS mentioned,
    CASE WHEN g.files = '' THEN NULL ELSE (
        SELECT json_agg(json_build_object(
            'id', u.id, 'kind', u.kind, 'name', u.name, 'bytes', u.bytes, 'width', u.width, 'height', u.height
        ))
        FROM upload u
        WHERE u.id = ANY(string_to_array(g.files, ' ')::uuid[]) AND u.member_id = g.author_id AND u.seq IS NULL
    ) END AS files
FROM json_to_recordset(%(sent)s::json)
    AS g (n int, thread_id uuid, author_id uuid, client_id text, names text, files text)
LEFT JOIN thread t ON t.id = g.thread_id
LEFT JOIN thread_member tm ON tm.thread_id = g.thread_id AND tm.member_id = g.author_id AND tm.left_at IS NULL
LEFT JOIN member m ON m.id = tm.member_id
LEFT JOIN message k ON k.author_id = g.author_id AND k.thread_id = g.thread_id AND k.client_id = g.client_id
LEFT JOIN direct_pair p ON p.thread_id = g.thread_id
LEFT JOIN member o ON o.id = CASE WHEN p.low_id = g.author_id THEN p.high_id ELSE p.low_id END
ORDER BY g.n
"""

# Messages, threads and the authors' own reading; foreign keys are looked at when the whole has been done.
STORE: LiteralString = """
WITH g AS (
    SELECT * FROM json_to_recordset(%(stored)s::json) AS g (
        thread_id uuid, seq bigint, id uuid, rev bigint, author_id uuid, client_id text, digest text, body text,
        html text, reply_to bigint, tokens text
    )
), stored AS (
    INSERT INTO message
        (thread_id, seq, id, rev, kind, author_id, client_id, sent, body, html, reply_to, created_at, tokens)
    SELECT thread_id, seq, id, rev, 'text', author_id, client_id, decode(digest, 'hex'), body, html, reply_to, %(now)s,
        array_to_tsvector(string_to_array(tokens, ' '))
    FROM g
), moved AS (
    UPDATE thread t SET last_seq = m.seq, rev = m.rev, last_message_at = %(now)s
    FROM (SELECT thread_id, max(seq) AS seq, max(rev) AS rev FROM g GROUP BY thread_id) m
    WHERE t.id = m.thread_id
)
UPDATE thread_member tm SET read_seq = greatest(tm.read_seq, r.seq)
FROM (SELECT thread_id, author_id, max(seq) AS seq FROM g GROUP BY thread_id, author_id) r
WHERE tm.thread_id = r.thread_id AND tm.member_id = r.author_id
"""

MENTION: LiteralString = """
INSERT INTO mention (thread_id, seq, member_id)
SELECT * FROM unnest(%(threads)s::uuid[], %(seqs)s::bigint[], %(members)s::uuid[])
"""

ATTACH: LiteralString = """
UPDATE upload u SET thread_id = g.thread_id, seq = g.seq, position = g.position
FROM unnest(%(threads)s::uuid[], %(seqs)s::bigint[], %(files)s::uuid[], %(positions)s::int[])
    AS g (thread_id, seq, id, position)
WHERE u.id = g.id AND u.seq IS NULL
RETURNING u.id
"""
