INSERT INTO assist_usage (month, provider, model, n_requests, tokens_in, tokens_out, cost)
VALUES (:month, :provider, :model, :n_requests, :tokens_in, :tokens_out, :cost)
ON CONFLICT (month, provider, model) DO UPDATE SET n_requests = n_requests + excluded.n_requests,
  tokens_in = tokens_in + excluded.tokens_in, tokens_out = tokens_out + excluded.tokens_out, cost = cost + excluded.cost;
