-- One row per run of a stage.
SELECT source_id, day, stage::VARCHAR AS stage, run_key, started_at, seconds, taken, rows, rejects,
    lost_chars, digest, extractor_version::VARCHAR AS extractor_version
FROM runs ORDER BY day DESC, source_id
