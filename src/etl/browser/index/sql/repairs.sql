-- What each rule of repair changed in each source and day: steps, characters restored, characters lost.
WITH steps AS (
    SELECT source_id, day, unnest(repair_steps) AS step FROM articles WHERE len(repair_steps) > 0
), counted AS (
    SELECT source_id, day, step.rule AS rule,
        length(step.after) - length(replace(step.after, chr(65533), '')) AS lost,
        greatest(length(step.before), length(step.after)) AS touched
    FROM steps
)
SELECT source_id, day, rule, count(*)::INTEGER AS steps, sum(lost)::BIGINT AS lost,
    sum(greatest(touched - lost, 0))::BIGINT AS restored
FROM counted GROUP BY ALL ORDER BY day DESC, source_id
