SELECT id FROM simulations WHERE id = :id AND (deleted_us IS NOT NULL) = :deleted;
