"""Whether a message is a repetition is left to its unique key: looking beforehand read the whole thread for each.

A plan is made once, in a new club while there are no messages, and any index then looks as good as the right one: the
one chosen gave all messages of the thread. What is inserted is always held against the right one.
"""

from alembic import op

# As in 0018, but that a repetition violates the key: nothing of the batch is stored then either.
STORE = """
CREATE OR REPLACE FUNCTION store_ready_messages(sent json, told text, great int, at timestamptz)
RETURNS TABLE (n int, seq bigint, rev bigint, kind text, handle text, name text, photo uuid)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    threads uuid[] := (SELECT array_agg(DISTINCT thread_id) FROM json_to_recordset(sent) AS g (thread_id uuid));
    held int;
BEGIN
    -- As a statement of its own: only so does the next one see what was committed before the lock was got.
    SELECT count(*) INTO held FROM (
        SELECT FROM thread WHERE id = ANY (threads) ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
    ) AS locked;
    IF held < cardinality(threads) THEN
        RETURN;
    END IF;
    RETURN QUERY
    WITH asked AS (
        SELECT * FROM json_to_recordset(sent) AS g (
            n int, thread_id uuid, author_id uuid, client_id text, id uuid, digest text, body text, html text,
            reply_to bigint, tokens text
        )
    ), ready AS MATERIALIZED (
        SELECT g.*, t.kind, m.handle, m.name, m.photo,
            t.last_seq + row_number() OVER thread_order AS seq, t.rev + row_number() OVER thread_order AS rev
        FROM asked g
        JOIN thread t ON t.id = g.thread_id
        JOIN thread_member tm ON tm.thread_id = g.thread_id AND tm.member_id = g.author_id
        JOIN member m ON m.id = g.author_id
        WHERE tm.left_at IS NULL AND tm.posts AND tm.request IS NULL
            AND t.kind <> 'direct' AND (t.member_count > great OR t.kind <> ALL (string_to_array(told, ' ')))
            AND (g.reply_to IS NULL OR g.reply_to BETWEEN
                CASE t.history WHEN 'since-joining' THEN tm.joined_seq + 1 ELSE 1 END AND t.last_seq)
            AND NOT EXISTS (
                SELECT FROM suspension s
                WHERE s.member_id = g.author_id AND s.lifted_at IS NULL AND (s.until IS NULL OR s.until > at)
            ){unless_known}
        WINDOW thread_order AS (PARTITION BY g.thread_id ORDER BY g.n)
    ), numbered AS MATERIALIZED (
        SELECT * FROM ready WHERE (SELECT count(*) FROM ready) = (SELECT count(*) FROM asked)
    ), stored AS (
        INSERT INTO message
            (thread_id, seq, id, rev, kind, author_id, client_id, sent, body, html, reply_to, created_at, tokens)
        SELECT thread_id, seq, id, rev, 'text', author_id, client_id, decode(digest, 'hex'), body, html, reply_to, at,
            array_to_tsvector(string_to_array(tokens, ' '))
        FROM numbered
    ), moved AS (
        UPDATE thread t SET last_seq = g.seq, rev = g.rev, last_message_at = at
        FROM (SELECT thread_id, max(seq) AS seq, max(rev) AS rev FROM numbered GROUP BY thread_id) g
        WHERE t.id = g.thread_id
    ), reading AS (
        UPDATE thread_member tm SET read_seq = greatest(tm.read_seq, g.seq)
        FROM (SELECT thread_id, author_id, max(seq) AS seq FROM numbered GROUP BY thread_id, author_id) g
        WHERE tm.thread_id = g.thread_id AND tm.member_id = g.author_id
    )
    SELECT n, seq, rev, kind::text, handle::text, name::text, photo FROM numbered ORDER BY n;
END $$
"""
UNLESS_KNOWN = """
            AND NOT EXISTS (
                SELECT FROM message k
                WHERE k.author_id = g.author_id AND k.thread_id = g.thread_id AND k.client_id = g.client_id
            )"""

revision = "0021a"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(STORE.format(unless_known=""))


def downgrade() -> None:
    op.execute(STORE.format(unless_known=UNLESS_KNOWN))
