UPDATE simulations SET deleted_us = NULL WHERE id = :id;
