-- Content of an extract: the sorted hashes of its rows, so that row order does not matter.
SELECT sha256(string_agg(hash, '' ORDER BY hash)) FROM extract.rows
