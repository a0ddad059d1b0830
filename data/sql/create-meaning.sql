-- What a text of one column means: a number or a code, else the reason why there is none; `canonical` for hashes.
CREATE TABLE {meaning} (text VARCHAR, number DOUBLE, code VARCHAR, reason VARCHAR, canonical VARCHAR)
