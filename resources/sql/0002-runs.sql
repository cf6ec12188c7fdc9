-- Runs that can be found again, tags, pins, undo of deletion, full text, recordings, templates and settings.

-- Sketches. `uid` names one wherever it is copied to; those that were made before get one that is the same in
-- every copy of the file.

ALTER TABLE sketches ADD COLUMN uid TEXT NOT NULL DEFAULT '';
ALTER TABLE sketches ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1));
ALTER TABLE sketches ADD COLUMN tags TEXT NOT NULL DEFAULT ''; -- of sketch_tags, kept by triggers: 'car, physics'
ALTER TABLE sketches ADD COLUMN deleted_us INTEGER;            -- when it was deleted, while that can be undone

UPDATE sketches SET uid = printf('%016x%016x', created_us, id);

CREATE UNIQUE INDEX idx_sketches_uid ON sketches (uid);
CREATE UNIQUE INDEX idx_sketches_live ON sketches (updated_us) WHERE deleted_us IS NULL;
CREATE UNIQUE INDEX idx_sketches_pinned ON sketches (updated_us) WHERE pinned = 1 AND deleted_us IS NULL;
CREATE INDEX idx_sketches_deleted ON sketches (deleted_us) WHERE deleted_us IS NOT NULL;
CREATE INDEX idx_sketches_version ON sketches (version_id);
CREATE INDEX idx_sketches_order ON sketches (id, updated_us, pinned); -- without reading past the thumbnails

-- Versions show what they were.

ALTER TABLE sketch_versions ADD COLUMN n_strokes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sketch_versions ADD COLUMN thumbnail BLOB; -- PNG

UPDATE sketch_versions
SET n_strokes = CASE WHEN json_valid(page) THEN coalesce(json_array_length(page, '$.strokes'), 0) ELSE 0 END,
    thumbnail = (SELECT thumbnail FROM sketches WHERE version_id = sketch_versions.id);

CREATE INDEX idx_versions_sketch ON sketch_versions (sketch_id, created_us);

-- Tags.

CREATE TABLE tags (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK (name <> '')
) STRICT;

CREATE TABLE sketch_tags (
  sketch_id INTEGER NOT NULL REFERENCES sketches (id) ON DELETE CASCADE,
  tag_id INTEGER NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
  PRIMARY KEY (sketch_id, tag_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX idx_sketch_tags_tag ON sketch_tags (tag_id, sketch_id);

CREATE TRIGGER sketch_tags_added AFTER INSERT ON sketch_tags BEGIN
  UPDATE sketches
  SET tags = (SELECT group_concat(name, ', ')
              FROM (SELECT name FROM sketch_tags JOIN tags ON tags.id = tag_id
                    WHERE sketch_id = NEW.sketch_id ORDER BY name))
  WHERE id = NEW.sketch_id;
END;

CREATE TRIGGER sketch_tags_taken AFTER DELETE ON sketch_tags BEGIN
  UPDATE sketches
  SET tags = coalesce((SELECT group_concat(name, ', ')
                       FROM (SELECT name FROM sketch_tags JOIN tags ON tags.id = tag_id
                             WHERE sketch_id = OLD.sketch_id ORDER BY name)), '')
  WHERE id = OLD.sketch_id;
  DELETE FROM tags WHERE id = OLD.tag_id AND NOT EXISTS (SELECT 1 FROM sketch_tags WHERE tag_id = OLD.tag_id);
END;

-- A picture goes with the last version that shows it.

CREATE TRIGGER version_pictures_gone AFTER DELETE ON version_pictures BEGIN
  DELETE FROM pictures
  WHERE id = OLD.picture_id AND NOT EXISTS (SELECT 1 FROM version_pictures WHERE picture_id = OLD.picture_id);
END;

CREATE TRIGGER version_pictures_changed AFTER UPDATE OF picture_id ON version_pictures BEGIN
  DELETE FROM pictures
  WHERE id = OLD.picture_id AND NOT EXISTS (SELECT 1 FROM version_pictures WHERE picture_id = OLD.picture_id);
END;

-- Runs. What lists do not show comes last: a row's end is read only where it is asked for.

CREATE TABLE simulations_new (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  sketch_id INTEGER NOT NULL REFERENCES sketches (id) ON DELETE CASCADE,
  version_id INTEGER REFERENCES sketch_versions (id) ON DELETE SET NULL, -- what was simulated
  uid TEXT NOT NULL,
  session TEXT NOT NULL,                -- one start of the program; '' before there were any
  title TEXT NOT NULL,                  -- the sketch's at that time, until it is renamed
  words TEXT NOT NULL,
  status TEXT NOT NULL
    CHECK (status IN ('pending', 'running', 'completed', 'stopped', 'diverged', 'failed')),
  pinned INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1)),
  simulated_s REAL NOT NULL,
  wall_s REAL NOT NULL,
  n_frames INTEGER NOT NULL,            -- shown or recorded
  n_steps INTEGER NOT NULL,
  energy_first_j REAL,                  -- NULL where it was not finite
  energy_last_j REAL,
  model_version TEXT,                   -- of SimGen's recogniser and physics
  library_version TEXT,                 -- of MuJoCo
  created_us INTEGER NOT NULL,          -- strictly rising from run to run, also where the clock is not
  updated_us INTEGER NOT NULL,
  completed_us INTEGER,                 -- NULL while pending or running
  deleted_us INTEGER,                   -- as a sketch's
  thumbnail BLOB,                       -- PNG; NULL: the sketch's
  result TEXT,                          -- JSON: figures
  spec TEXT,                            -- PhysicsSpec, JSON
  mjcf TEXT
) STRICT;

INSERT INTO simulations_new
  (id, sketch_id, uid, session, title, words, status, simulated_s, wall_s, n_frames, n_steps, energy_first_j,
   energy_last_j, created_us, updated_us, completed_us, mjcf)
SELECT run.id, sketch_id, printf('%016x%016x', run.created_us, run.id), '', title, words, status, simulated_s, wall_s,
       0, n_steps, energy_first_j, energy_last_j, run.created_us, run.created_us, run.created_us, mjcf
FROM simulations AS run JOIN sketches ON sketches.id = sketch_id;

-- an id is never used again, also not one of a deleted run
DELETE FROM sqlite_sequence WHERE name = 'simulations_new';
INSERT INTO sqlite_sequence (name, seq) SELECT 'simulations_new', seq FROM sqlite_sequence WHERE name = 'simulations';

DROP TABLE simulations;
ALTER TABLE simulations_new RENAME TO simulations;

CREATE UNIQUE INDEX idx_simulations_uid ON simulations (uid);
CREATE INDEX idx_simulations_sketch ON simulations (sketch_id, deleted_us, created_us);
CREATE INDEX idx_simulations_version ON simulations (version_id);
CREATE INDEX idx_simulations_created ON simulations (created_us) WHERE deleted_us IS NULL;
CREATE INDEX idx_simulations_status_created ON simulations (status, created_us);
CREATE INDEX idx_simulations_deleted ON simulations (deleted_us) WHERE deleted_us IS NOT NULL;
CREATE INDEX idx_session_created ON simulations (session, created_us);
CREATE INDEX idx_session_status ON simulations (session, status);
CREATE INDEX idx_session_status_created ON simulations (session, status, created_us);

CREATE TABLE recordings (
  id INTEGER PRIMARY KEY,
  simulation_id INTEGER NOT NULL REFERENCES simulations (id) ON DELETE CASCADE,
  path TEXT NOT NULL,                   -- of the .simrec file
  n_bytes INTEGER NOT NULL,
  n_frames INTEGER NOT NULL,
  duration_s REAL NOT NULL,
  created_us INTEGER NOT NULL
) STRICT;

CREATE INDEX idx_recordings_simulation ON recordings (simulation_id, created_us);

CREATE TABLE templates (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  page TEXT NOT NULL,                   -- a whole sketch file
  thumbnail BLOB,                       -- PNG
  created_us INTEGER NOT NULL,
  updated_us INTEGER NOT NULL
) STRICT;

-- What belongs to the data and travels with it; the person's preferences are in GSettings.
CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL,
  updated_us INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Full text. What is deleted is not found, also while that can be undone. One-letter prefixes are indexed too: a
-- search as you type begins with one.

CREATE VIRTUAL TABLE idx_sketches_search USING fts5 (
  title, words, tags, content = 'sketches', content_rowid = 'id',
  tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3'
);

INSERT INTO idx_sketches_search (rowid, title, words, tags) SELECT id, title, words, tags FROM sketches;

CREATE TRIGGER sketches_search_added AFTER INSERT ON sketches BEGIN
  INSERT INTO idx_sketches_search (rowid, title, words, tags) VALUES (NEW.id, NEW.title, NEW.words, NEW.tags);
END;

CREATE TRIGGER sketches_search_gone AFTER DELETE ON sketches WHEN OLD.deleted_us IS NULL BEGIN
  INSERT INTO idx_sketches_search (idx_sketches_search, rowid, title, words, tags)
  VALUES ('delete', OLD.id, OLD.title, OLD.words, OLD.tags);
END;

CREATE TRIGGER sketches_search_changed AFTER UPDATE OF title, words, tags, deleted_us ON sketches
WHEN OLD.title <> NEW.title OR OLD.words <> NEW.words OR OLD.tags <> NEW.tags
     OR (OLD.deleted_us IS NULL) <> (NEW.deleted_us IS NULL)
BEGIN
  INSERT INTO idx_sketches_search (idx_sketches_search, rowid, title, words, tags)
  SELECT 'delete', OLD.id, OLD.title, OLD.words, OLD.tags WHERE OLD.deleted_us IS NULL;
  INSERT INTO idx_sketches_search (rowid, title, words, tags)
  SELECT NEW.id, NEW.title, NEW.words, NEW.tags WHERE NEW.deleted_us IS NULL;
END;

CREATE VIRTUAL TABLE idx_simulations_search USING fts5 (
  title, words, content = 'simulations', content_rowid = 'id',
  tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3'
);

INSERT INTO idx_simulations_search (rowid, title, words) SELECT id, title, words FROM simulations;

CREATE TRIGGER simulations_search_added AFTER INSERT ON simulations WHEN NEW.deleted_us IS NULL BEGIN
  INSERT INTO idx_simulations_search (rowid, title, words) VALUES (NEW.id, NEW.title, NEW.words);
END;

CREATE TRIGGER simulations_search_gone AFTER DELETE ON simulations WHEN OLD.deleted_us IS NULL BEGIN
  INSERT INTO idx_simulations_search (idx_simulations_search, rowid, title, words)
  VALUES ('delete', OLD.id, OLD.title, OLD.words);
END;

CREATE TRIGGER simulations_search_changed AFTER UPDATE OF title, words, deleted_us ON simulations
WHEN OLD.title <> NEW.title OR OLD.words <> NEW.words OR (OLD.deleted_us IS NULL) <> (NEW.deleted_us IS NULL)
BEGIN
  INSERT INTO idx_simulations_search (idx_simulations_search, rowid, title, words)
  SELECT 'delete', OLD.id, OLD.title, OLD.words WHERE OLD.deleted_us IS NULL;
  INSERT INTO idx_simulations_search (rowid, title, words)
  SELECT NEW.id, NEW.title, NEW.words WHERE NEW.deleted_us IS NULL;
END;

-- A row of a list with all that belongs to it. Their columns are read by position: see store/sketches.c, store/runs.c.

CREATE VIEW sketch_entries AS
SELECT id, title, created_us, updated_us, n_strokes,
       (SELECT count(*) FROM simulations WHERE sketch_id = sketches.id AND simulations.deleted_us IS NULL) AS n_runs,
       thumbnail, tags, pinned, deleted_us
FROM sketches;

CREATE VIEW simulation_entries AS
SELECT run.id, run.sketch_id, run.session, run.title, run.words, run.status, run.pinned, run.simulated_s, run.wall_s,
       run.n_frames, run.n_steps, run.energy_first_j, run.energy_last_j, run.created_us, run.completed_us,
       sketches.tags, coalesce(run.thumbnail, sketches.thumbnail) AS thumbnail, run.deleted_us
FROM simulations AS run CROSS JOIN sketches ON sketches.id = run.sketch_id AND sketches.deleted_us IS NULL;
