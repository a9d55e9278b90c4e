package io.perennial.success;

import io.perennial.platform.jobs.JobHandler;
import io.perennial.platform.jobs.JobRun;
import io.perennial.platform.live.Live;
import io.perennial.platform.web.Wording;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads live measures into the outcomes that are bound to them, customer by customer. Doing it twice is doing it once. */
@Component
class MeasureJob implements JobHandler {

    static final String KIND = "success-measures";
    static final String TITLE = "Read live measures into success plans";

    private static final int BATCH = 500;
    private static final UUID START = new UUID(0, 0);

    private final JdbcClient database;
    private final Measured measured;
    private final Live live;
    private final Clock clock;

    MeasureJob(JdbcClient database, Measured measured, Live live, Clock clock) {
        this.database = database;
        this.measured = measured;
        this.live = live;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String run(JobRun run) {
        long total = database.sql("select count(distinct account_id) from success.outcome where measure is not null")
                .query(Long.class)
                .single();
        long done = 0;
        Measured.Done sum = new Measured.Done(0, 0);
        List<UUID> batch = after(START);
        run.progress("Customers", 0, total);
        while (!batch.isEmpty() && !run.cancelled()) {
            sum = sum.and(measured.read(batch));
            done += batch.size();
            run.progress("Customers", done, total);
            batch = after(batch.getLast());
        }
        if (batch.isEmpty()) {
            remember(sum);
        }
        if (sum.changed() > 0) {
            live.changed("success-plans");
        }
        return Wording.count(sum.outcomes()) + " outcomes read, " + Wording.count(sum.changed()) + " changed";
    }

    private void remember(Measured.Done sum) {
        database.sql("""
                insert into success.measured_day (day, at, outcomes, changed) values (:day, :now, :outcomes, :changed)
                on conflict (day) do update set at = excluded.at, outcomes = excluded.outcomes,
                    changed = success.measured_day.changed + excluded.changed
                """)
                .param("day", LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC))
                .param("now", Timestamp.from(clock.instant()))
                .param("outcomes", sum.outcomes())
                .param("changed", sum.changed())
                .update();
    }

    private List<UUID> after(UUID last) {
        return database.sql("""
                select distinct account_id from success.outcome where measure is not null and account_id > :last
                order by account_id limit :limit
                """)
                .param("last", last)
                .param("limit", BATCH)
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
    }
}
