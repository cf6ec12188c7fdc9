UPDATE simulations
SET status = :status, simulated_s = :simulated_s, wall_s = :wall_s, n_frames = :n_frames, n_steps = :n_steps,
    energy_first_j = :energy_first_j, energy_last_j = :energy_last_j, updated_us = :now_us,
    completed_us = CASE WHEN :status IN ('pending', 'running') THEN NULL ELSE :now_us END,
    thumbnail = coalesce(:thumbnail, thumbnail), result = coalesce(:result, result), spec = coalesce(:spec, spec),
    mjcf = coalesce(:mjcf, mjcf)
WHERE id = :id AND deleted_us IS NULL;
