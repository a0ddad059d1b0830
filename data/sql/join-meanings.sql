CREATE TABLE {part} AS SELECT raw.line, {select} FROM raw {joins}
