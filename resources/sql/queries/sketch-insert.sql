INSERT INTO sketches (title, words, n_strokes, created_us, updated_us)
VALUES ('', '', 0, :now_us, (SELECT max(:now_us, 1 + coalesce(max(updated_us), 0)) FROM sketches));
