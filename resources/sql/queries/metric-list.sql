SELECT name, n, total, greatest, histogram
FROM performance_metrics
WHERE span_us IN (60000000, 3600000000) AND slot_us >= :from_us AND slot_us < :until_us
ORDER BY slot_us;
