UPDATE simulations SET pinned = :pinned WHERE id = :id AND deleted_us IS NULL;
