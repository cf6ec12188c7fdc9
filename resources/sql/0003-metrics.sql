-- How long operations took, how often things happened and how large they were, by minute; after a day by hour.

CREATE TABLE performance_metrics (
  name TEXT NOT NULL,                   -- of base/metrics.h
  kind TEXT NOT NULL CHECK (kind IN ('duration', 'counter', 'gauge')),
  slot_us INTEGER NOT NULL,             -- when the minute or hour began
  span_us INTEGER NOT NULL CHECK (span_us IN (60000000, 3600000000)),
  n INTEGER NOT NULL,                   -- durations, or what a counter rose by
  total INTEGER NOT NULL,               -- ns of all durations, or a gauge's last value
  greatest INTEGER NOT NULL,            -- ns, or a gauge's
  histogram BLOB,                       -- of durations, as sg_histogram_encode has it
  PRIMARY KEY (name, span_us, slot_us)
) STRICT, WITHOUT ROWID;

CREATE INDEX idx_performance_metrics_slot ON performance_metrics (span_us, slot_us);
