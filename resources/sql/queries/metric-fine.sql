SELECT name, slot_us, n, total, greatest, histogram
FROM performance_metrics
WHERE span_us = 60000000 AND slot_us < :before_us
ORDER BY slot_us
LIMIT :limit;
