UPDATE sketches SET title = :title WHERE id = :id;
