-- Sketches, what they were at each time, and what was simulated with them. Times are microseconds since 1970, UTC.

CREATE TABLE sketches (
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- never used again: a program may still hold a deleted one's
  title TEXT NOT NULL,                  -- '' where the person gave none
  words TEXT NOT NULL,
  n_strokes INTEGER NOT NULL,
  thumbnail BLOB,                       -- PNG
  created_us INTEGER NOT NULL,
  updated_us INTEGER NOT NULL,          -- strictly rising from save to save, also where the clock is not
  version_id INTEGER REFERENCES sketch_versions (id) DEFERRABLE INITIALLY DEFERRED -- the one that is current
) STRICT;

CREATE UNIQUE INDEX idx_sketches_updated ON sketches (updated_us);

CREATE TABLE sketch_versions (
  id INTEGER PRIMARY KEY,
  sketch_id INTEGER NOT NULL REFERENCES sketches (id) ON DELETE CASCADE,
  page_hash TEXT NOT NULL,              -- of sg_page_hash
  page TEXT NOT NULL,                   -- the sketch file without its pictures' data
  created_us INTEGER NOT NULL,
  UNIQUE (sketch_id, page_hash)
) STRICT;

-- A photo is stored once, however many versions of however many sketches show it.
CREATE TABLE pictures (
  id INTEGER PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,            -- SHA-256 of data, hex
  data BLOB NOT NULL                    -- PNG, JPEG or WebP
) STRICT;

CREATE TABLE version_pictures (
  version_id INTEGER NOT NULL REFERENCES sketch_versions (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,            -- among the page's pictures, from 0
  picture_id INTEGER NOT NULL REFERENCES pictures (id),
  PRIMARY KEY (version_id, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX idx_version_pictures_picture ON version_pictures (picture_id);

CREATE TABLE simulations (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  sketch_id INTEGER NOT NULL REFERENCES sketches (id) ON DELETE CASCADE,
  status TEXT NOT NULL CHECK (status IN ('completed', 'stopped', 'diverged')),
  mjcf TEXT,
  simulated_s REAL NOT NULL,
  wall_s REAL NOT NULL,
  n_steps INTEGER NOT NULL,
  energy_first_j REAL,                  -- NULL where it was not finite
  energy_last_j REAL,
  created_us INTEGER NOT NULL
) STRICT;

CREATE INDEX idx_simulations_sketch ON simulations (sketch_id, created_us);
