-- The rows of an extract: meaning of each column, and the hash of their parsed values (METHOD §0), without person id:
-- the first 128 bits of SHA-256, which order rows and name contents.
CREATE TABLE extract.rows AS
SELECT part0.line, {select}, left(sha256(concat_ws(chr(31), {canonical})), 32) AS hash
FROM part0 {joins}
