package io.perennial.cases.desk;

import static io.perennial.cases.desk.QueueQuery.LIMIT;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Which of all cases a list shows, the newest first. What is common is found by walking back from the newest; what is rare is found
 * by an index and sorted. Which of the two it is, a sample tells: a database's guess about words in a subject is often wrong by a
 * hundred times. Whichever way is taken, the same cases are found.
 */
@Component
class NewestFirst {

    /** So far back a walk goes; what is common fills a page long before. */
    private static final int FAR = 25_000;

    /** Share of cases from which on a walk finds a page of them sooner than an index finds them all. */
    private static final double COMMON = 0.005;

    /** Pages of the table in the sample, some two thousand cases; always the same, so that they are at hand. */
    private static final int SAMPLE_PAGES = 80;

    private final JdbcClient database;
    private final TransactionOperations transactions;
    private final int far;
    private final double common;

    @Autowired
    NewestFirst(JdbcClient database, TransactionOperations transactions) {
        this(database, transactions, FAR, COMMON);
    }

    NewestFirst(JdbcClient database, TransactionOperations transactions, int far, double common) {
        this.database = database;
        this.transactions = transactions;
        this.far = far;
        this.common = common;
    }

    List<UUID> ids(QueueQuery query) {
        QueueFilter filter = query.filter();
        if (filter.isNumber() || filter.isNone() && query.viewer().everything()) {
            return query.ids(database, walk(query));
        }
        Sample sample = sample(query);
        if (sample.fitting() >= common) {
            List<UUID> newest = query.ids(database, newest(query));
            if (newest.size() > Queue.PAGE) {
                return newest;
            }
        }
        boolean indexed = filter.subject().isIndexed() || !filter.tag().isEmpty();
        boolean wordy = !filter.subject().isEmpty() && sample.saying() >= common;
        if (!query.viewer().everything() && (!indexed || wordy)) {
            return query.ids(database, own(query));
        }
        return indexed ? planned(query, found(query)) : query.ids(database, walk(query));
    }

    /**
     * Planned for these very words. A plan for any words leaves the rarer ones out of the index, as if all were alike, and reads
     * what the common ones name.
     */
    private List<UUID> planned(QueueQuery query, String sql) {
        return Objects.requireNonNull(transactions.execute(transaction -> {
            database.sql("set local plan_cache_mode = force_custom_plan").update();
            return query.ids(database, sql);
        }));
    }

    /**
     * @param saying share of all cases that have the words
     * @param fitting share of all cases that fit altogether
     */
    private record Sample(double saying, double fitting) {}

    private Sample sample(QueueQuery query) {
        String sql = """
                with looked as materialized (
                    select c.subject, c.account_id, c.product, c.priority, c.team_id, c.assignee_id, c.tags
                    from cases.support_case c tablesample system (
                        least(100, 100.0 * %d * current_setting('block_size')::int
                            / greatest(pg_relation_size('cases.support_case'), 1))) repeatable (1)),
                said as materialized (select c.* from looked c where true %s)
                select (select count(*) from looked)::float as looked, (select count(*) from said)::float as said,
                    (select count(*) from said c where true %s)::float as fit
                """.formatted(
                SAMPLE_PAGES, query.filter().subject().walked(), query.filter().where() + query.own());
        return query.given(database, sql)
                .query((row, number) -> {
                    double looked = Math.max(1, row.getDouble("looked"));
                    return new Sample(row.getDouble("said") / looked, row.getDouble("fit") / looked);
                })
                .single();
    }

    /** Stops as soon as a page is full. */
    private String newest(QueueQuery query) {
        return """
                select c.id from (
                    select c.id, c.number, c.subject, c.account_id, c.product, c.priority, c.team_id, c.assignee_id, c.tags
                    from cases.support_case c where c.number < :before order by c.number desc limit %d) c
                where true %s order by c.number desc %s
                """.formatted(
                        far, query.filter().subject().walked() + query.filter().where() + query.own(), LIMIT);
    }

    private static String found(QueueQuery query) {
        return """
                with found as materialized (
                    select c.id, c.number from cases.support_case c where c.number < :before %s)
                select id from found order by number desc %s
                """.formatted(query.filter().subject().indexed() + query.filter().where() + query.own(), LIMIT);
    }

    private static String own(QueueQuery query) {
        return """
                with own as materialized (
                    select c.id, c.number from accounts.account w join cases.support_case c on c.account_id = w.id
                    where w.owner_id = :me and c.number < :before %s)
                select id from own order by number desc %s
                """.formatted(query.filter().subject().walked() + query.filter().where(), LIMIT);
    }

    private static String walk(QueueQuery query) {
        return "select c.id from cases.support_case c where c.number < :before"
                + query.filter().subject().walked() + query.filter().where() + query.own()
                + " order by c.number desc" + LIMIT;
    }
}
