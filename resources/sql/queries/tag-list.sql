SELECT name, (SELECT count(*) FROM sketch_tags CROSS JOIN sketches ON sketches.id = sketch_id
              WHERE tag_id = tags.id AND deleted_us IS NULL)
FROM tags
ORDER BY name;
