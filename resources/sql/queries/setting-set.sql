INSERT INTO settings (name, value, updated_us) VALUES (:name, :value, :now_us)
ON CONFLICT DO UPDATE SET value = excluded.value, updated_us = excluded.updated_us;
