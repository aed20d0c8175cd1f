-- One row per person and role of a meeting report; by name, so that few row groups hold a person.
SELECT p.report_id, p.source_id, p.day, p.seq, p.name, p.role::VARCHAR AS role,
    array_to_string(list_transform(p.titles, lambda title: title.text), '、') AS titles
FROM participants p
ORDER BY p.name, p.day DESC, p.source_id, p.report_id, p.seq
