package io.perennial.programs;

import io.perennial.platform.jobs.JobHandler;
import io.perennial.platform.jobs.JobRun;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Grants of terms that begin and expiry of terms that are over, once a day; doing it again changes nothing. */
@Component
class TermsJob implements JobHandler {

    static final String KIND = "entitlement-terms";

    private static final int BATCH = 500;
    private static final UUID START = new UUID(0, 0);

    private final JdbcClient database;
    private final Terms terms;
    private final TransactionOperations transactions;
    private final Clock clock;

    TermsJob(JdbcClient database, Terms terms, TransactionOperations transactions, Clock clock) {
        this.database = database;
        this.terms = terms;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String run(JobRun run) {
        Instant now = clock.instant();
        long before = last();
        long total = database.sql("select count(distinct account_id) from programs.enrolment")
                .query(Long.class)
                .single();
        long done = 0;
        List<AccountId> batch = after(START);
        while (!batch.isEmpty() && !run.cancelled()) {
            List<AccountId> present = batch;
            transactions.executeWithoutResult(transaction -> {
                terms.lock(present);
                terms.renew(present, now, Actor.SYSTEM);
                terms.expire(present, now);
            });
            done += present.size();
            run.progress("Accounts", done, total);
            batch = after(present.getLast().value());
        }
        if (batch.isEmpty()) {
            database.sql("insert into programs.granted_day (day, at) values (:day, :now) on conflict do nothing")
                    .param("day", LocalDate.ofInstant(now, ZoneOffset.UTC))
                    .param("now", Timestamp.from(now))
                    .update();
        }
        return database.sql("""
                select count(*) filter (where kind = 'granted') || ' grants, '
                    || count(*) filter (where kind = 'expired') || ' expiries'
                from programs.entry where n > :before
                """).param("before", before).query(String.class).single();
    }

    private long last() {
        return database.sql("select coalesce(max(n), 0) from programs.entry")
                .query(Long.class)
                .single();
    }

    private List<AccountId> after(UUID last) {
        return database.sql("""
                select distinct account_id from programs.enrolment where account_id > :last order by 1 limit :limit
                """)
                .param("last", last)
                .param("limit", BATCH)
                .query((row, number) -> new AccountId(row.getObject(1, UUID.class)))
                .list();
    }
}
