SELECT *, NULL
FROM simulation_entries
WHERE status = :status AND deleted_us IS NULL
  AND (created_us, id) < (:before_us, :before_id)
ORDER BY created_us DESC, id DESC
LIMIT :limit;
