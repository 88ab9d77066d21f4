-- Since when imported work stands in its stage: where its file had no column of changes, the day on which it came in was
-- taken for that, so a review that an import saw yesterday had waited for weeks. Only when an import saw it so is known.
-- Nothing is touched of which that is not certain: work of our own exports, which say it themselves; work whose file had
-- such a column at any time; what was moved since; and what the journal knows no beginning of.
UPDATE request SET stage_since = (
    SELECT o.at FROM change AS c JOIN operation AS o ON o.id = c.operation_id
    WHERE c.table_name = 'request' AND c.row_id = request.id ORDER BY c.id LIMIT 1
)
WHERE source NOT IN ('', 'tablesetter') AND stage <> 'new' AND delivered IS NULL AND stage_since = created
    AND (
        SELECT o.origin = 'import' AND o.at > request.created AND c.before IS NULL
        FROM change AS c JOIN operation AS o ON o.id = c.operation_id
        WHERE c.table_name = 'request' AND c.row_id = request.id ORDER BY c.id LIMIT 1
    )
    AND EXISTS (
        SELECT 1 FROM request_seen AS s
        WHERE s.id = request.id AND json_type(s.seen, '$.created') IS NOT NULL
            AND json_type(s.seen, '$.updated') IS NULL
    )
    AND NOT EXISTS (
        SELECT 1 FROM change AS c WHERE c.table_name = 'request_seen' AND c.row_id = request.id
            AND c.before LIKE '%updated%'
    )
    AND NOT EXISTS (
        SELECT 1 FROM change AS c WHERE c.table_name = 'request' AND c.row_id = request.id
            AND (json_type(c.after, '$.stage') IS NOT NULL OR json_type(c.after, '$.stage_since') IS NOT NULL)
    );
