DELETE FROM llm_response_cache WHERE expires_us <= :now_us;
