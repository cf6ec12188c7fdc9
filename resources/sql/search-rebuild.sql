-- Makes the full-text indexes anew, without what is deleted.

INSERT INTO idx_sketches_search (idx_sketches_search) VALUES ('rebuild');
INSERT INTO idx_sketches_search (idx_sketches_search, rowid, title, words, tags)
SELECT 'delete', id, title, words, tags FROM sketches WHERE deleted_us IS NOT NULL;

INSERT INTO idx_simulations_search (idx_simulations_search) VALUES ('rebuild');
INSERT INTO idx_simulations_search (idx_simulations_search, rowid, title, words)
SELECT 'delete', id, title, words FROM simulations WHERE deleted_us IS NOT NULL;
