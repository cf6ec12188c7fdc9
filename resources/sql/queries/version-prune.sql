DELETE FROM sketch_versions
WHERE id IN (SELECT version.id
             FROM sketches CROSS JOIN sketch_versions AS version ON version.sketch_id = sketches.id
             WHERE sketches.id = :sketch_id AND pinned = 0 AND version.id <> sketches.version_id
               AND NOT EXISTS (SELECT 1 FROM simulations WHERE simulations.version_id = version.id)
             ORDER BY version.created_us
             LIMIT :limit);
