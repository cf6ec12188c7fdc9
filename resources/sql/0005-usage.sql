-- What language models cost, by month: for the settings and the month's limit.

CREATE TABLE assist_usage (
  month TEXT NOT NULL CHECK (month GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]'),
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  n_requests INTEGER NOT NULL,
  tokens_in INTEGER NOT NULL,
  tokens_out INTEGER NOT NULL,
  cost REAL NOT NULL,                   -- by the prices that were set then, in their money
  PRIMARY KEY (month, provider, model)
) STRICT, WITHOUT ROWID;
