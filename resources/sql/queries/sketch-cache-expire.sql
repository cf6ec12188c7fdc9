DELETE FROM sketch_cache WHERE expires_us <= :now_us;
