-- What was computed before and may be needed again. Values are envelopes (src/store/cache-envelope.h); times are microseconds
-- since 1970, UTC. All of this may be lost at any time.

CREATE TABLE sketch_cache (             -- readings, thumbnails, MJCF
  id INTEGER PRIMARY KEY,
  key BLOB NOT NULL UNIQUE,             -- SHA-256
  kind TEXT NOT NULL,                   -- namespace
  value BLOB NOT NULL,
  bytes INTEGER NOT NULL,               -- of value
  expires_us INTEGER NOT NULL,
  used_us INTEGER NOT NULL              -- put, or last found
) STRICT;

-- with bytes, so that adding up what is used most reads no values
CREATE INDEX idx_sketch_cache_used ON sketch_cache (used_us, bytes);
CREATE INDEX idx_sketch_cache_expires ON sketch_cache (expires_us);

CREATE TABLE llm_response_cache (       -- what language models answered
  id INTEGER PRIMARY KEY,
  key BLOB NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  value BLOB NOT NULL,
  bytes INTEGER NOT NULL,
  expires_us INTEGER NOT NULL,
  used_us INTEGER NOT NULL
) STRICT;

CREATE INDEX idx_llm_response_cache_used ON llm_response_cache (used_us, bytes);
CREATE INDEX idx_llm_response_cache_expires ON llm_response_cache (expires_us);

CREATE TABLE cache_figures (            -- of all processes so far
  tier TEXT PRIMARY KEY,
  hits INTEGER NOT NULL,
  misses INTEGER NOT NULL,
  puts INTEGER NOT NULL,
  put_bytes INTEGER NOT NULL,
  evictions INTEGER NOT NULL,
  corrupt INTEGER NOT NULL,
  failures INTEGER NOT NULL,
  time_us INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
