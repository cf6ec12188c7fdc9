INSERT INTO sketch_cache (key, kind, value, bytes, expires_us, used_us)
VALUES (:key, :kind, :value, length(:value), :expires_us, :now_us)
ON CONFLICT (key) DO UPDATE
SET value = excluded.value, bytes = excluded.bytes, expires_us = excluded.expires_us, used_us = excluded.used_us;
