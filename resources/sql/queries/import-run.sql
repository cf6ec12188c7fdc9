INSERT OR IGNORE INTO simulations
  (sketch_id, version_id, uid, session, title, words, status, pinned, simulated_s, wall_s, n_frames, n_steps,
   energy_first_j, energy_last_j, model_version, library_version, created_us, updated_us, completed_us, thumbnail, result,
   spec, mjcf)
VALUES
  (:sketch_id, :version_id, :uid, :session, :title, :words, :status, :pinned, :simulated_s, :wall_s, :n_frames, :n_steps,
   :energy_first_j, :energy_last_j, :model_version, :library_version, :created_us, :updated_us, :completed_us, :thumbnail,
   :result, :spec, :mjcf);
