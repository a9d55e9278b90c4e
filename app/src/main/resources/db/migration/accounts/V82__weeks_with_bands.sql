comment on column accounts.overview.spark is
    '13 weeks, oldest first: -1 not enough data, -2 left, else score + 128 * (1 at risk, 2 watch, 3 healthy)';
