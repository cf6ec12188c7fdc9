SELECT total(n_requests), total(tokens_in), total(tokens_out), total(cost) FROM assist_usage WHERE month = :month;
