SELECT count(*), coalesce(sum(bytes), 0) FROM llm_response_cache;
