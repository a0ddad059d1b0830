SELECT count(*)::DOUBLE FROM (SELECT 1 FROM extract.rows WHERE {person} IS NOT NULL GROUP BY {person}, {wave} HAVING count(*) > 1)
