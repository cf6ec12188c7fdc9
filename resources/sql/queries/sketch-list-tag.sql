SELECT entry.*, NULL
FROM tags CROSS JOIN sketch_tags ON tag_id = tags.id CROSS JOIN sketch_entries AS entry ON entry.id = sketch_id
WHERE name = :tag AND deleted_us IS NULL AND updated_us < :before_us AND pinned >= :pinned
ORDER BY updated_us DESC
LIMIT :limit;
