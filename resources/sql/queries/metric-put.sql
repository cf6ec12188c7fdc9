INSERT OR REPLACE INTO performance_metrics (name, kind, slot_us, span_us, n, total, greatest, histogram)
VALUES (:name, :kind, :slot_us, :span_us, :n, :total, :greatest, :histogram);
