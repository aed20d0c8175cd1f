-- One row per reject, with an id to link to.
SELECT md5(concat_ws(chr(31), source_id, day::VARCHAR, stage, reason, run_key, url, capture_id, detail)) AS id,
    source_id, day, stage::VARCHAR AS stage, reason::VARCHAR AS reason, detail, url, capture_id, run_key,
    extractor_version::VARCHAR AS extractor_version
FROM rejects ORDER BY day DESC, source_id
