SELECT value FROM sketch_cache WHERE key = :key;
