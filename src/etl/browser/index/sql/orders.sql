-- One row per directive, to be searched by its text.
SELECT report_id, source_id, day, text FROM directives ORDER BY day DESC, source_id, report_id, seq
