"""Storing at once goes by keys alone, and whether a message is a repetition is left to its unique key.

A plan is made once, in a new club while its tables are empty and any index looks as good as the right one. The one it
took to look for repetitions gave all messages of the thread, for each message; the one it took to look who is in the
thread, all members of all threads. What is inserted is always held against the right key, and rows are joined by
nothing but their keys here; what stands against a message is looked at in what was found.
"""

from alembic import op

# As in 0018, but that a repetition violates `uq_message_client_id`: nothing of the batch is stored then either.
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
    ), found AS MATERIALIZED (
        SELECT g.*, t.kind, t.history, t.member_count, t.last_seq, t.rev AS last_rev,
            tm.left_at, tm.posts, tm.request, tm.joined_seq, m.handle, m.name, m.photo
        FROM asked g
        JOIN thread t ON t.id = g.thread_id
        JOIN thread_member tm ON tm.thread_id = g.thread_id AND tm.member_id = g.author_id
        JOIN member m ON m.id = g.author_id
    ), ready AS MATERIALIZED (
        SELECT f.*, last_seq + row_number() OVER thread_order AS seq, last_rev + row_number() OVER thread_order AS rev
        FROM found f
        WHERE left_at IS NULL AND posts AND request IS NULL
            AND kind <> 'direct' AND (member_count > great OR kind <> ALL (string_to_array(told, ' ')))
            AND (reply_to IS NULL OR reply_to BETWEEN
                CASE history WHEN 'since-joining' THEN joined_seq + 1 ELSE 1 END AND last_seq)
            AND NOT EXISTS (
                SELECT FROM suspension s
                WHERE s.member_id = f.author_id AND s.lifted_at IS NULL AND (s.until IS NULL OR s.until > at)
            )
        WINDOW thread_order AS (PARTITION BY thread_id ORDER BY n)
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

revision = "0021a"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(STORE)


def downgrade() -> None:
    environment = op.get_context().environment_context
    assert environment is not None
    op.execute("DROP FUNCTION store_ready_messages")
    op.execute(environment.script.get_revision("0018").module.STORE)
