SELECT hits, misses, puts, put_bytes, evictions, corrupt, failures, time_us FROM cache_figures WHERE tier = :tier;
