package io.perennial.cases.desk;

import io.perennial.identity.Viewer;
import io.perennial.platform.background.Loop;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How many open cases each list has. For the whole company from sums that the database keeps with each change, of which many
 * small ones become a few in the background; what is at risk depends on the hour and is counted in its index. Of one's own
 * customers few enough cases are open to be counted.
 */
@Component
class OpenSums extends Loop {

    private static final int SUMS = 400;
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

    private final JdbcClient database;

    OpenSums(JdbcClient database, @Value("${perennial.cases.sums:true}") boolean enabled) {
        super("open-sums", LOOK_AGAIN, enabled);
        this.database = database;
    }

    @Override
    protected Duration step() {
        fold(SUMS);
        return LOOK_AGAIN;
    }

    /** Many small sums become a few. */
    void fold(int most) {
        long sums = database.sql("select count(*) from cases.open_sum")
                .query(Long.class)
                .single();
        if (sums > most) {
            database.sql("""
                    with taken as (delete from cases.open_sum returning *)
                    insert into cases.open_sum
                    select assignee_id, waiting, free, escalated, sum(cases) from taken
                    group by assignee_id, waiting, free, escalated having sum(cases) <> 0
                    """).update();
        }
    }

    Map<Queue.View, Long> counts(Viewer viewer, Instant now) {
        Map<Queue.View, Long> counts = new EnumMap<>(Queue.View.class);
        database.sql(viewer.everything() ? COMPANY : OWN)
                .param("me", viewer.memberId())
                .param("now", Timestamp.from(now))
                .query(row -> {
                    for (Queue.View view : Queue.View.values()) {
                        if (view.isOpen()) {
                            counts.put(view, row.getLong(view.key()));
                        }
                    }
                });
        return counts;
    }

    private static final String COMPANY = """
            select coalesce(sum(cases) filter (where not waiting), 0) as due,
                coalesce(sum(cases) filter (where assignee_id = :me), 0) as mine,
                coalesce(sum(cases) filter (where free and not waiting), 0) as unassigned,
                coalesce(sum(cases) filter (where escalated), 0) as escalated,
                coalesce(sum(cases) filter (where waiting), 0) as waiting,
                (select count(*) from cases.support_case c where %s) as risk
            from cases.open_sum
            """.formatted(Queue.View.RISK.condition());

    private static final String OWN = own();

    private static String own() {
        StringBuilder counts = new StringBuilder();
        for (Queue.View view : Queue.View.values()) {
            if (view.isOpen()) {
                counts.append(counts.isEmpty() ? "" : ", ")
                        .append("count(*) filter (where ")
                        .append(view.condition())
                        .append(") as ")
                        .append(view.key());
            }
        }
        return "select " + counts + " from accounts.account w join cases.support_case c on c.account_id = w.id"
                + " where w.owner_id = :me and " + Queue.View.OPEN;
    }
}
