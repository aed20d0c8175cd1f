-- Meetings by type and level of each source and day.
SELECT source_id, day, event_type::VARCHAR AS event_type, level::VARCHAR AS level, count(*)::INTEGER AS meetings
FROM meeting_reports GROUP BY ALL ORDER BY day DESC, source_id
