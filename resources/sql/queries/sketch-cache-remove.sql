DELETE FROM sketch_cache WHERE key = :key;
