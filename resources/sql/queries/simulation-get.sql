SELECT entry.*, NULL, run.model_version, run.library_version, run.result, run.spec, run.mjcf, run.version_id
FROM simulation_entries AS entry CROSS JOIN simulations AS run ON run.id = entry.id
WHERE entry.id = :id AND entry.deleted_us IS NULL;
