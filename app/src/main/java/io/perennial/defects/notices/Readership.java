package io.perennial.defects.notices;

import io.perennial.identity.Viewer;
import io.perennial.platform.web.Wording;
import io.perennial.shared.AccountId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Who gets a notice, and who does not and why. One statement answers for the preview and for the sending, so that both say the
 * same of the same people.
 */
@Component
public class Readership {

    public static final int PAGE = 50;

    /** The weekly letter leaves on Mondays at this hour UTC. */
    static final LocalTime WEEKLY_AT = LocalTime.of(6, 0);

    private final JdbcClient database;
    private final Clock clock;

    Readership(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Somebody whom a notice is for. @param why they get none, or not at once; empty when they get it */
    public record Reader(
            UUID contact,
            String name,
            @Nullable String email,
            AccountId account,
            String company,
            String language,
            String zone,
            String state,
            String why,
            @Nullable UUID letter,
            @Nullable Instant postedAt) {}

    /** @param why empty for those who get it */
    public record Count(String state, String why, long people) {}

    /** How many of whom. */
    public record Counts(List<Count> counts) {

        /** Who gets a letter of their own. */
        public long due() {
            return of("due") + of("posted");
        }

        public long weekly() {
            return of("weekly");
        }

        public long leftOut() {
            return of("left-out") + of("cancelled");
        }

        public long reached() {
            return due() + weekly();
        }

        public List<Count> reasons() {
            return counts.stream().filter(count -> !count.why().isEmpty()).toList();
        }

        long of(String state) {
            return counts.stream()
                    .filter(count -> count.state().equals(state))
                    .mapToLong(Count::people)
                    .sum();
        }
    }

    /** As it would be now. Reasons that name a person or an address count together. */
    Counts preview(CustomerNotice notice) {
        if (notice.audience().isNobody()) {
            return new Counts(List.of());
        }
        return new Counts(parameters(database.sql(Candidates.JUDGED + """
                select state, regexp_replace(why, ':.*$', '.') as why, count(*) from judged group by 1, 2
                order by array_position(array['due', 'weekly', 'left-out'], state), 3 desc, 2
                """), notice)
                .query((row, number) -> new Count(row.getString(1), row.getString(2), row.getLong(3)))
                .list());
    }

    /** As it would be now, those who get it or those who do not, by company and name. */
    List<Reader> preview(CustomerNotice notice, boolean getsIt, int page) {
        if (notice.audience().isNobody()) {
            return List.of();
        }
        return parameters(database.sql(Candidates.JUDGED + """
                select j.*, null::uuid as letter_id, null::timestamptz as posted_at from judged j
                where (state = 'left-out') <> :gets
                order by company, name, contact_id limit :limit offset :skip
                """), notice)
                .param("gets", getsIt)
                .param("limit", PAGE)
                .param("skip", (long) (Math.clamp(page, 1, 100_000) - 1) * PAGE)
                .query((row, number) -> reader(row))
                .list();
    }

    /** Keeps who was meant when it was sent. @return how many get it */
    long freeze(CustomerNotice notice) {
        parameters(database.sql("""
                insert into defects.recipient (notice_id, contact_id, account_id, name, address, language, zone, state, why)
                """ + Candidates.JUDGED + """
                select :notice, contact_id, account_id, name, email, language, zone, state, nullif(why, '') from judged
                on conflict do nothing
                """), notice)
                .param("notice", notice.id())
                .update();
        return database.sql("select count(*) from defects.recipient where notice_id = :notice and state <> 'left-out'")
                .param("notice", notice.id())
                .query(Long.class)
                .single();
    }

    /** Of one that was sent. */
    Counts kept(UUID notice, Viewer viewer) {
        return new Counts(database.sql("""
                select r.state, regexp_replace(coalesce(r.why, ''), ':.*$', '.'), count(*)
                from defects.recipient r join accounts.account a on a.id = r.account_id
                where r.notice_id = :notice and (:everything or a.owner_id = :me) group by 1, 2 order by 3 desc, 1, 2
                """)
                .param("notice", notice)
                .param("everything", viewer.everything())
                .param("me", viewer.memberId())
                .query((row, number) -> new Count(row.getString(1), row.getString(2), row.getLong(3)))
                .list());
    }

    List<Reader> kept(UUID notice, boolean getsIt, int page, Viewer viewer) {
        return database.sql("""
                select r.contact_id, r.name, r.address as email, r.account_id, a.name as company, r.language, r.zone, r.state,
                    coalesce(r.why, '') as why, r.letter_id, r.posted_at
                from defects.recipient r join accounts.account a on a.id = r.account_id
                where r.notice_id = :notice and (:everything or a.owner_id = :me)
                  and (r.state in ('left-out', 'cancelled')) <> :gets
                order by a.name, r.name, r.contact_id limit :limit offset :skip
                """)
                .param("notice", notice)
                .param("everything", viewer.everything())
                .param("me", viewer.memberId())
                .param("gets", getsIt)
                .param("limit", PAGE)
                .param("skip", (long) (Math.clamp(page, 1, 100_000) - 1) * PAGE)
                .query((row, number) -> reader(row))
                .list();
    }

    /** What mail says of its letters: state and how many. */
    List<Count> proof(UUID notice, Viewer viewer) {
        return database.sql("""
                select l.state, '' as why, count(*) from defects.recipient r join mail.letter l on l.id = r.letter_id
                join accounts.account a on a.id = r.account_id
                where r.notice_id = :notice and (:everything or a.owner_id = :me) group by 1 order by 3 desc
                """)
                .param("notice", notice)
                .param("everything", viewer.everything())
                .param("me", viewer.memberId())
                .query((row, number) -> new Count(row.getString(1), row.getString(2), row.getLong(3)))
                .list();
    }

    /** The first Monday morning after now. */
    Instant nextWeekly() {
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        Instant monday = today.with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY))
                .atTime(WEEKLY_AT)
                .toInstant(ZoneOffset.UTC);
        return monday.isAfter(now) ? monday : monday.plus(Duration.ofDays(7));
    }

    private JdbcClient.StatementSpec parameters(JdbcClient.StatementSpec statement, CustomerNotice notice) {
        Audience audience = notice.audience();
        Instant weekly = nextWeekly();
        List<UUID> defects = new ArrayList<>();
        if (audience.defect() != null) {
            defects.add(audience.defect());
        }
        boolean tooLate = notice.kind() == NoticeKind.MAINTENANCE
                && notice.windowTo() != null
                && !notice.windowTo().isAfter(weekly);
        LocalDate monday = LocalDate.ofInstant(weekly, ZoneOffset.UTC);
        return statement
                .param("defects", defects.toArray(UUID[]::new))
                .param("today", LocalDate.ofInstant(clock.instant(), clock.getZone()))
                .param("only", notice.onlyOwner())
                .param("hit", audience.defect() != null && !audience.asked())
                .param("asked", audience.asked())
                .param("products", Audience.small(audience.products()))
                .param("programs", Audience.small(audience.programs()))
                .param("segments", Audience.small(audience.segments()))
                .param(
                        "roles",
                        audience.roles().stream()
                                .map(role -> role.toLowerCase(Locale.ROOT).replace(' ', '_'))
                                .toArray(String[]::new))
                .param("kind", notice.kind().wish())
                .param("about", notice.kind().about())
                .param("late", tooLate)
                .param("monday", Wording.day(monday));
    }

    private static Reader reader(ResultSet row) throws SQLException {
        Timestamp posted = row.getTimestamp("posted_at");
        return new Reader(
                row.getObject("contact_id", UUID.class),
                row.getString("name"),
                row.getString("email"),
                new AccountId(row.getObject("account_id", UUID.class)),
                row.getString("company"),
                row.getString("language"),
                row.getString("zone"),
                row.getString("state"),
                row.getString("why"),
                row.getObject("letter_id", UUID.class),
                posted == null ? null : posted.toInstant());
    }
}
