INSERT INTO cache_figures (tier, hits, misses, puts, put_bytes, evictions, corrupt, failures, time_us)
VALUES (:tier, :hits, :misses, :puts, :put_bytes, :evictions, :corrupt, :failures, :time_us)
ON CONFLICT (tier) DO UPDATE
SET hits = hits + excluded.hits, misses = misses + excluded.misses, puts = puts + excluded.puts,
    put_bytes = put_bytes + excluded.put_bytes, evictions = evictions + excluded.evictions,
    corrupt = corrupt + excluded.corrupt, failures = failures + excluded.failures, time_us = time_us + excluded.time_us;
