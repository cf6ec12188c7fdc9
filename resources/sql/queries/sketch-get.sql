SELECT *, NULL FROM sketch_entries WHERE id = :id AND deleted_us IS NULL;
