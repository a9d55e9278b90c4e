package io.perennial.statements;

import io.perennial.platform.jobs.JobHandler;
import io.perennial.platform.jobs.JobRun;
import io.perennial.platform.live.Live;
import io.perennial.platform.web.Wording;
import io.perennial.shared.Actor;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Drafts the statements of the last finished period for all customers whose schedule asks for one: each batch with its checkpoint,
 * so that a crash leaves no half one and a second run makes none twice.
 */
@Component
class DraftJob implements JobHandler {

    static final String KIND = "statements";
    static final String TITLE = "Draft statements of the last period";

    static final List<Integer> MONTHS = List.of(1, 3, 6, 12);
    private static final int BATCH = 500;
    private static final UUID START = new UUID(0, 0);

    /** Live customers of a schedule: they have a line that runs in the period. */
    private static final String DUE = """
             from accounts.account a
            left join statements.schedule s on s.segment = a.segment
            left join statements.schedule d on d.segment = ''
            where coalesce(s.months, d.months, :usually) = :months and a.id > :after
              and exists (select from contracts.contract_line l
                where l.account_id = a.id and l.starts_on < :until and (l.ends_on is null or l.ends_on > :from))
            """;

    private final JdbcClient database;
    private final StatementWork work;
    private final TransactionOperations transactions;
    private final Live live;
    private final Clock clock;

    DraftJob(JdbcClient database, StatementWork work, TransactionOperations transactions, Live live, Clock clock) {
        this.database = database;
        this.work = work;
        this.transactions = transactions;
        this.live = live;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** How far it was: which schedule, after which customer. */
    private record At(int months, UUID after, int made) {

        static At of(String checkpoint) {
            String[] parts = checkpoint.replaceAll("[^0-9a-fA-F,-]", "").split(",", -1);
            return new At(Integer.parseInt(parts[0]), UUID.fromString(parts[1]), Integer.parseInt(parts[2]));
        }

        String json() {
            return "[" + months + ",\"" + after + "\"," + made + "]";
        }
    }

    @Override
    public String run(JobRun run) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        long total = MONTHS.stream().mapToLong(months -> due(months, today)).sum();
        long done = 0;
        Optional<At> last = run.lastCheckpoint().map(At::of);
        int made = last.map(At::made).orElse(0);
        run.progress("Customers", 0, total);
        for (int months : MONTHS) {
            if (last.isPresent() && months < last.get().months()) {
                done += due(months, today);
                continue;
            }
            Period period = Period.last(months, today);
            UUID after = last.filter(at -> at.months() == months).map(At::after).orElse(START);
            List<UUID> batch = after(months, period, after);
            while (!batch.isEmpty()) {
                if (run.cancelled()) {
                    return Wording.count(made) + " statements drafted, then it was cancelled";
                }
                made += batch(run, batch, period, months, made);
                done += batch.size();
                run.progress("Customers", done, total);
                batch = after(months, period, batch.getLast());
            }
            remember(months, period, made);
        }
        live.changed("statements");
        return Wording.count(made) + " statements drafted, for " + Wording.count(total) + " customers due";
    }

    private int batch(JobRun run, List<UUID> batch, Period period, int months, int before) {
        Integer fresh = transactions.execute(transaction -> {
            int made = work.draft(batch, period, Actor.SYSTEM);
            run.checkpoint(new At(months, batch.getLast(), before + made).json());
            return made;
        });
        return fresh == null ? 0 : fresh;
    }

    private JdbcClient.StatementSpec asked(String sql, int months, Period period, UUID after) {
        return database.sql(sql)
                .param("usually", Schedules.USUALLY)
                .param("months", months)
                .param("from", period.from())
                .param("until", period.until())
                .param("after", after);
    }

    private long due(int months, LocalDate today) {
        return asked("select count(*)" + DUE, months, Period.last(months, today), START)
                .query(Long.class)
                .single();
    }

    private List<UUID> after(int months, Period period, UUID after) {
        return asked("select a.id" + DUE + " order by a.id limit :limit", months, period, after)
                .param("limit", BATCH)
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
    }

    private void remember(int months, Period period, int made) {
        database.sql("""
                insert into statements.drafted (months, until_day, at, made) values (:months, :until, :now, :made)
                on conflict (months, until_day) do update set at = excluded.at, made = excluded.made
                """)
                .param("months", months)
                .param("until", period.until())
                .param("now", Timestamp.from(clock.instant()))
                .param("made", made)
                .update();
    }
}
