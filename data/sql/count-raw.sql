SELECT count(*)::DOUBLE FROM raw
