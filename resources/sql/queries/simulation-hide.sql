UPDATE simulations SET deleted_us = :deleted_us WHERE id = :id;
