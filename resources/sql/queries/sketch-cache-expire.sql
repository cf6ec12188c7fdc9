-- Also what was put in a future that the clock has taken back.
DELETE FROM sketch_cache WHERE expires_us <= :now_us OR expires_us > :latest_us;
