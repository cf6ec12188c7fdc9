SELECT sketch_id, count(*)
FROM sketch_versions
WHERE sketch_id > :after_id
GROUP BY sketch_id
HAVING count(*) > :n
ORDER BY sketch_id
LIMIT 1;
