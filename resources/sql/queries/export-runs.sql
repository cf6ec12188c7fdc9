SELECT uid, session, title, words, status, pinned, simulated_s, wall_s, n_frames, n_steps, energy_first_j, energy_last_j,
       model_version, library_version, created_us, updated_us, completed_us, thumbnail, result, spec, mjcf, version_id
FROM simulations
WHERE sketch_id = :sketch_id AND deleted_us IS NULL
ORDER BY created_us;
