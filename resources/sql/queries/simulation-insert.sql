INSERT INTO simulations
  (sketch_id, status, mjcf, simulated_s, wall_s, n_steps, energy_first_j, energy_last_j, created_us)
VALUES
  (:sketch_id, :status, :mjcf, :simulated_s, :wall_s, :n_steps, :energy_first_j, :energy_last_j, :now_us);
