-- How many rows of each source and day have a value in a column, as the parsing runs counted them.
WITH parsed AS (
    SELECT source_id, day, rows, unnest(fill_rates) AS rate FROM runs WHERE len(fill_rates) > 0
), counted AS (
    SELECT source_id, day, rate.column AS field, rate.share AS share,
        list_filter(rows, lambda one: one.table = split_part(rate.column, '.', 1))[1].rows AS total
    FROM parsed
)
SELECT source_id, day, field, sum(share * total) AS filled, sum(total)::BIGINT AS total
FROM counted WHERE total > 0 GROUP BY ALL ORDER BY day DESC, source_id
