-- One row per meeting report: what the list shows, filters by and sorts by.
WITH people AS (
    SELECT source_id, day, report_id, count(DISTINCT seq) AS people,
        string_agg(name, '、' ORDER BY seq) FILTER (WHERE role = 'chair') AS chair,
        string_agg(name, '、' ORDER BY seq) FILTER (WHERE role = 'speaker') AS speakers
    FROM participants GROUP BY ALL
), orders AS (
    SELECT source_id, day, report_id, count(*) AS directives FROM directives GROUP BY ALL
)
SELECT m.report_id, m.article_id, m.source_id, m.day, m.event_type::VARCHAR AS event_type,
    m.kind::VARCHAR AS kind, m.level::VARCHAR AS level, m.division_code, m.name, a.title, a.url,
    m.start_date, m.location_name, p.chair, p.speakers,
    coalesce(p.people, 0)::INTEGER AS people, coalesce(o.directives, 0)::INTEGER AS directives, m.confidence
FROM meeting_reports m
LEFT JOIN articles a ON a.article_id = m.article_id AND a.source_id = m.source_id
    AND a.day IS NOT DISTINCT FROM m.day
LEFT JOIN people p ON p.report_id = m.report_id AND p.source_id = m.source_id
    AND p.day IS NOT DISTINCT FROM m.day
LEFT JOIN orders o ON o.report_id = m.report_id AND o.source_id = m.source_id
    AND o.day IS NOT DISTINCT FROM m.day
ORDER BY m.day DESC, m.source_id, m.report_id
