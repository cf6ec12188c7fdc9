DELETE FROM performance_metrics
WHERE name = :name AND span_us = :span_us AND slot_us = :slot_us;
