UPDATE sketches SET deleted_us = :deleted_us WHERE id = :id;
