UPDATE sketches SET pinned = :pinned WHERE id = :id;
