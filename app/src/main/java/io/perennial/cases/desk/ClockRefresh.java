package io.perennial.cases.desk;

import io.perennial.identity.Viewer;
import io.perennial.platform.background.Loop;
import io.perennial.platform.live.Live;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;

/**
 * Keeps the due times of lists true: counts open cases anew, those first that were not counted for longest, so that another
 * calendar or another target of a program is seen within minutes; and tells open queues when a promise comes near.
 */
@Component
public class ClockRefresh extends Loop {

    private static final int BATCH = 500;
    private static final Duration GOOD_FOR = Duration.ofMinutes(10);
    private static final Duration REST = Duration.ofSeconds(30);

    private final JdbcClient database;
    private final CaseClockwork clocks;
    private final Live live;
    private final Clock clock;
    private Instant told;

    ClockRefresh(
            JdbcClient database,
            CaseClockwork clocks,
            Live live,
            Clock clock,
            @Value("${perennial.cases.clocks:true}") boolean enabled) {
        super("case-clocks", Duration.ofSeconds(30), enabled);
        this.database = database;
        this.clocks = clocks;
        this.live = live;
        this.clock = clock;
        this.told = clock.instant();
    }

    /**
     * Targets, hours or holidays were changed, and nobody wants to wait for the ordinary round: every open case is counted anew
     * from now on, those that are due first at first.
     *
     * @return how many will be
     */
    public int countAnew(Viewer viewer) {
        if (!QueueViews.leads(viewer)) {
            throw new AccessDeniedException("Only leaders have all clocks counted anew.");
        }
        int open = database.sql("""
                update cases.support_case set clocked_at = null
                where state in ('open', 'waiting', 'on-hold') and clocked_at is not null
                """).update();
        wake();
        return open;
    }

    @Override
    protected Duration step() {
        tell();
        return refresh(clock.instant().minus(GOOD_FOR)) < BATCH ? REST : Duration.ZERO;
    }

    /** @return how many were counted */
    int refresh(Instant countedBefore) {
        List<UUID> stale = database.sql("""
                select id from cases.support_case
                where state in ('open', 'waiting', 'on-hold') and (clocked_at is null or clocked_at < :before)
                order by clocked_at nulls first, next_due_at limit :batch
                """)
                .param("before", Timestamp.from(countedBefore))
                .param("batch", BATCH)
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
        clocks.recount(stale);
        return stale.size();
    }

    private void tell() {
        Instant now = clock.instant();
        boolean news = database.sql("""
                select exists (select from cases.support_case
                    where state in ('open', 'waiting', 'on-hold')
                      and (next_due_at > :told and next_due_at <= :now or next_risk_at > :told and next_risk_at <= :now))
                """)
                .param("told", Timestamp.from(told))
                .param("now", Timestamp.from(now))
                .query(Boolean.class)
                .single();
        told = now;
        if (news) {
            live.changed("cases");
        }
    }
}
