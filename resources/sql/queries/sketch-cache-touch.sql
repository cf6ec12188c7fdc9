UPDATE sketch_cache SET used_us = max(used_us, :now_us) WHERE key = :key;
