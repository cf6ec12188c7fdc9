DELETE FROM performance_metrics
WHERE span_us IN (60000000, 3600000000) AND (slot_us < :before_us OR slot_us > :after_us);
