UPDATE simulations
SET status = 'failed', updated_us = :now_us, completed_us = :now_us
WHERE status IN ('pending', 'running') AND created_us < :before_us AND updated_us < :before_us AND session <> :session;
