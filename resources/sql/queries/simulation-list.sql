SELECT id, created_us, status, simulated_s, wall_s, n_steps, energy_first_j, energy_last_j
FROM simulations
WHERE sketch_id = :sketch_id
ORDER BY created_us DESC, id DESC
LIMIT 1000;
