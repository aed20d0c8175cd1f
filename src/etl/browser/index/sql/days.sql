-- One row per source and day that anything is known of.
WITH counted AS (
    SELECT source_id, day, 'articles' AS what, count(*) AS n, sum(lost_chars) AS lost
    FROM articles GROUP BY ALL
    UNION ALL SELECT source_id, day, 'meetings', count(*), 0 FROM meeting_reports GROUP BY ALL
    UNION ALL SELECT source_id, day, 'rejects', count(*), 0 FROM rejects GROUP BY ALL
    UNION ALL SELECT source_id, day, 'runs', count(*), 0 FROM runs GROUP BY ALL
)
SELECT source_id, day,
    coalesce(sum(n) FILTER (WHERE what = 'articles'), 0)::INTEGER AS articles,
    coalesce(sum(n) FILTER (WHERE what = 'meetings'), 0)::INTEGER AS meetings,
    coalesce(sum(n) FILTER (WHERE what = 'rejects'), 0)::INTEGER AS rejects,
    coalesce(sum(lost), 0)::INTEGER AS lost
FROM counted GROUP BY ALL ORDER BY day DESC, source_id
