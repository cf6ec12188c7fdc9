INSERT INTO sketches (uid, title, words, n_strokes, created_us, updated_us)
VALUES (lower(hex(randomblob(16))), '', '', 0, :now_us, max(:now_us, 1 + coalesce((SELECT max(updated_us) FROM sketches), 0)));
