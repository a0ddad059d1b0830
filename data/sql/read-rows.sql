-- One extract's columns, in the order of the row hashes (rows with equal hashes are interchangeable).
SELECT line::DOUBLE, hash, {select} FROM {extract}.rows ORDER BY hash, line
