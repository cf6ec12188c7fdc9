SELECT id, uid, created_us, updated_us, pinned, tags, thumbnail, version_id
FROM sketches
WHERE id > :after_id AND deleted_us IS NULL
ORDER BY id
LIMIT 1;
