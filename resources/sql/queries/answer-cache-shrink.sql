DELETE FROM llm_response_cache
WHERE id IN (SELECT id
             FROM (SELECT id, sum(bytes) OVER (ORDER BY used_us DESC, id DESC) AS total FROM llm_response_cache)
             WHERE total > :most_bytes);
