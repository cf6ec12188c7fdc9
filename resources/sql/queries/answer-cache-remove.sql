DELETE FROM llm_response_cache WHERE key = :key;
