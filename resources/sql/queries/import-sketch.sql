-- Each time of a sketch is its own: the first that is free from when it was changed.
INSERT INTO sketches (uid, title, words, n_strokes, created_us, updated_us, pinned)
VALUES (:uid, '', '', 0, :created_us,
        (WITH RECURSIVE slot (us) AS (
           SELECT :updated_us
           UNION ALL
           SELECT us + 1 FROM slot WHERE EXISTS (SELECT 1 FROM sketches WHERE updated_us = us))
         SELECT max(us) FROM slot),
        :pinned);
