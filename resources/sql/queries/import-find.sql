SELECT id, updated_us FROM sketches WHERE uid = :uid;
