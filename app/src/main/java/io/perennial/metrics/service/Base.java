package io.perennial.metrics.service;

/** Which cases belong to a period, and by which of their moments. */
enum Base {
    OPENED("cases.support_case c", "c.opened_at", "c.opened_at >= :from and c.opened_at < :until"),

    RESOLVED("cases.support_case c", "c.resolved_at", "c.resolved_at >= :from and c.resolved_at < :until"),

    /** Promises that were kept or broken in the period; an open one breaks when it is due. */
    PROMISED(
            "cases.clock k join cases.support_case c on c.id = k.case_id",
            "coalesce(k.breached_at, k.finished_at, k.due_at)",
            "coalesce(k.breached_at, k.finished_at, k.due_at) >= :from"
                    + " and coalesce(k.breached_at, k.finished_at, k.due_at) < :until"),

    /** Cases open when the period ends. A solution that came later is not known at that time. */
    OPEN(
            "cases.support_case c",
            "c.opened_at",
            "c.opened_at < :until and coalesce(c.resolved_at, c.closed_at, 'infinity'::timestamptz) >= :until"
                    + " and (c.resolved_at is not null or c.closed_at is not null"
                    + " or c.state in ('open', 'waiting', 'on-hold'))"),

    /** The same at the end of each month of the period. */
    OPEN_EACH_MONTH(
            "(select least(m + interval '1 month', :until) as ends, to_char(m, 'YYYY-MM') as month"
                    + " from generate_series(date_trunc('month', cast(:from as timestamptz), 'UTC'),"
                    + " cast(:until as timestamptz) - interval '1 second', interval '1 month') m) months"
                    + " join cases.support_case c on c.opened_at < months.ends"
                    + " and coalesce(c.resolved_at, c.closed_at, 'infinity'::timestamptz) >= months.ends",
            "c.opened_at",
            "coalesce(c.resolved_at, c.closed_at, 'infinity'::timestamptz) >= :from"
                    + " and (c.resolved_at is not null or c.closed_at is not null"
                    + " or c.state in ('open', 'waiting', 'on-hold'))");

    private final String from;
    private final String moment;
    private final String condition;

    Base(String from, String moment, String condition) {
        this.from = from;
        this.moment = moment;
        this.condition = condition;
    }

    String from() {
        return from;
    }

    String moment() {
        return moment;
    }

    /** The table that the moment is in. */
    String alone() {
        return this == PROMISED ? "cases.clock k" : "cases.support_case c";
    }

    /** Which thing of the case the row is about; empty where it is the case itself. */
    String label() {
        return this == PROMISED ? "replace(k.kind, '-', ' ')" : "''";
    }

    String condition() {
        return condition;
    }
}
