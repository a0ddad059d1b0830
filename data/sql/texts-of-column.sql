-- Each text of a column, how many rows hold it, and the first line that does.
SELECT coalesce({column}, ''), count(*)::DOUBLE, min(line)::DOUBLE FROM raw GROUP BY 1 ORDER BY 3
