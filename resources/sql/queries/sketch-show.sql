UPDATE sketches SET deleted_us = NULL WHERE id = :id;
