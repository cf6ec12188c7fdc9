SELECT count(*), coalesce(sum(bytes), 0) FROM sketch_cache;
