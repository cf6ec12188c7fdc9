SELECT id FROM pictures WHERE hash = :hash;
