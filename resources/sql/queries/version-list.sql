SELECT version.id, version.created_us, version.n_strokes, version.id = sketches.version_id, version.thumbnail
FROM sketches CROSS JOIN sketch_versions AS version ON version.sketch_id = sketches.id
WHERE sketches.id = :sketch_id AND version.created_us < :before_us
ORDER BY version.created_us DESC, version.id DESC
LIMIT :limit;
