SELECT id, title, created_us, updated_us, n_strokes,
       (SELECT count(*) FROM simulations WHERE sketch_id = sketches.id), thumbnail
FROM sketches
WHERE id = :id;
