SELECT id FROM sketches WHERE deleted_us IS NULL ORDER BY updated_us DESC LIMIT 1;
