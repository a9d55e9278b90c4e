package io.perennial.renewals;

import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Whether letters about renewals leave by themselves: off until a leader switches it on. */
@Component
public class NoticeRule {

    static final String KIND = "renewal-rule";

    /** Notice leaves by itself so many days before its last day. */
    public static final int DAYS_EARLY = 7;

    private static final int AHEAD = 30;

    private final JdbcClient database;
    private final Audit audit;
    private final Clock clock;

    NoticeRule(JdbcClient database, Audit audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param since terms whose notice fell due before that day are left to people */
    public record Rule(
            boolean notices,
            boolean reminders,
            @Nullable LocalDate since,
            @Nullable String setBy) {}

    /**
     * What the rule would do in the next thirty days.
     *
     * @param renewals terms whose notice falls due
     * @param ready those with a confirmed person who has an address
     * @param letters how many letters that makes
     * @param late terms whose notice fell due before and was not sent: never by rule
     */
    public record Trial(long renewals, long ready, long letters, long late) {

        public long blocked() {
            return renewals - ready;
        }
    }

    public Rule rule() {
        return database.sql("select notices, reminders, since, set_by from renewals.rule")
                .query((row, number) -> new Rule(
                        row.getBoolean(1), row.getBoolean(2), row.getObject(3, LocalDate.class), row.getString(4)))
                .optional()
                .orElse(new Rule(false, false, null, null));
    }

    public Trial trial() {
        return database.sql("""
                select count(*) filter (where r.notice_on >= :today) as renewals,
                    count(*) filter (where r.notice_on >= :today and p.people > 0) as ready,
                    coalesce(sum(p.people) filter (where r.notice_on >= :today), 0) as letters,
                    count(*) filter (where r.notice_on < :today) as late
                from renewals.renewal r
                left join lateral (
                    select count(*) as people from renewals.person p join accounts.contact c on c.id = p.contact_id
                    where p.renewal_id = r.id and p.confirmed_on is not null and c.email like '%_@_%'
                      and (c.left_on is null or c.left_on > :today)) p on true
                where r.outcome = 'open' and r.noticed_on is null and r.notice_on <= :today + :ahead
                """)
                .param("today", today())
                .param("ahead", AHEAD + DAYS_EARLY)
                .query((row, number) -> new Trial(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)))
                .single();
    }

    public static boolean maySet(Viewer viewer) {
        return viewer.role() == Role.ADMIN || viewer.role() == Role.LEADER;
    }

    @Transactional
    public @Nullable UUID set(boolean notices, boolean reminders, Viewer viewer) {
        if (!maySet(viewer)) {
            throw new AccessDeniedException("Leaders decide whether letters leave by themselves.");
        }
        Rule known = rule();
        if (known.notices() == notices && known.reminders() == reminders) {
            return null;
        }
        String before = state();
        write(notices, reminders, viewer.name());
        return audit.record(
                viewer.actor(),
                KIND,
                "Renewal notices by themselves: " + (notices ? "on" : "off") + ", reminders: "
                        + (reminders ? "on" : "off"),
                List.of(new ChangedThing(KIND, KIND, null, before, state())));
    }

    /** As a change remembers it. */
    @Nullable
    String state() {
        return database.sql("""
                select jsonb_build_object('notices', notices, 'reminders', reminders)::text from renewals.rule
                """).query(String.class).optional().orElse(null);
    }

    /** Switching on again begins anew: nobody hears of what fell due while it was off. */
    void restore(@Nullable String state, String by) {
        write(
                Objects.requireNonNullElse(state, "").contains("\"notices\": true"),
                Objects.requireNonNullElse(state, "").contains("\"reminders\": true"),
                by);
    }

    private void write(boolean notices, boolean reminders, String by) {
        database.sql("""
                insert into renewals.rule (notices, reminders, since, set_by, set_at)
                values (:notices, :reminders, :today, :by, :now)
                on conflict (only_one) do update set notices = excluded.notices, reminders = excluded.reminders,
                    since = excluded.since, set_by = excluded.set_by, set_at = excluded.set_at
                """)
                .param("notices", notices)
                .param("reminders", reminders)
                .param("today", today())
                .param("by", by)
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
