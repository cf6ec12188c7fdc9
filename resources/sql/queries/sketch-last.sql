SELECT id FROM sketches ORDER BY updated_us DESC LIMIT 1;
