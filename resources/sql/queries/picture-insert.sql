INSERT INTO pictures (hash, data) VALUES (:hash, :data);
