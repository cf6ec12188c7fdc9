SELECT count(*) FROM simulations WHERE deleted_us IS NULL;
