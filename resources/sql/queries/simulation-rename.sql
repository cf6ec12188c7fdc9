UPDATE simulations SET title = :title WHERE id = :id AND deleted_us IS NULL;
