SELECT version.id, version.page_hash, version.page, version.created_us
FROM sketches CROSS JOIN sketch_versions AS version ON version.id = sketches.version_id
WHERE sketches.id = :sketch_id AND deleted_us IS NULL;
