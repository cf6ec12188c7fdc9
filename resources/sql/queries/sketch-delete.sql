DELETE FROM sketches WHERE id = :id;
