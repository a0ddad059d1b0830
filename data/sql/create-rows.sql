-- The rows of an extract: meaning of each column, and the hash of their parsed values (METHOD §0), without person id.
CREATE TABLE extract.rows AS
SELECT part0.line, {select}, sha256(concat_ws(chr(31), {canonical})) AS hash
FROM part0 {joins} ORDER BY part0.line
