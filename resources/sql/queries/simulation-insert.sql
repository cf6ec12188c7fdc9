INSERT INTO simulations
  (sketch_id, version_id, uid, session, title, words, status, simulated_s, wall_s, n_frames, n_steps, energy_first_j,
   energy_last_j, model_version, library_version, created_us, updated_us, completed_us, thumbnail, result, spec, mjcf)
SELECT
  id, version_id, lower(hex(randomblob(16))), :session, coalesce(:title, title), coalesce(:words, words), :status,
  :simulated_s, :wall_s, :n_frames, :n_steps, :energy_first_j, :energy_last_j, :model_version, :library_version,
  max(:now_us, 1 + coalesce((SELECT max(created_us) FROM simulations WHERE deleted_us IS NULL), 0)), :now_us,
  CASE WHEN :status IN ('pending', 'running') THEN NULL ELSE :now_us END, :thumbnail, :result, :spec, :mjcf
FROM sketches
WHERE id = :sketch_id AND deleted_us IS NULL;
