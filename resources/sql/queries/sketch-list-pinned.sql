SELECT *, NULL
FROM sketch_entries
WHERE deleted_us IS NULL AND pinned = 1 AND updated_us < :before_us
ORDER BY updated_us DESC
LIMIT :limit;
