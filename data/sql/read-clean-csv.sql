-- The scanned file, every field as text: identifiers c0…cn, the dialect pinned, nothing detected.
CREATE TABLE raw AS
SELECT * FROM read_csv({path},
  columns = {columns}, delim = {delimiter}, quote = {quote}, escape = {quote},
  header = false, auto_detect = false, new_line = '\n', max_line_size = 2200000,
  null_padding = false, ignore_errors = false, strict_mode = true, encoding = 'utf-8')
