package io.perennial.defects.notices;

import io.perennial.defects.Affected;
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
        return new Counts(parameters(database.sql(CANDIDATES + """
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
        return parameters(database.sql(CANDIDATES + """
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
                """ + CANDIDATES + """
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

    private static final String CANDIDATES = "with " + Affected.ACCOUNTS + """
            , mute as (
                select distinct on (lower(btrim(p.email))) lower(btrim(p.email)) as address, w.changed_at as since,
                    a.name as company
                from defects.wish w join accounts.contact p on p.id = w.id join accounts.account a on a.id = p.account_id
                where w.channel = 'none' and p.email is not null
                order by lower(btrim(p.email)), w.changed_at desc
            ), company as (
                select a.id, a.name, a.language, a.time_zone, o.left_on
                from accounts.account a left join accounts.overview o on o.account_id = a.id
                where (cast(:only as uuid) is null or a.owner_id = cast(:only as uuid))
                  and (not :hit or a.id in (select account_id from affected))
                  and (cardinality(:segments) = 0 or lower(a.segment) = any(:segments))
                  and (cardinality(:products) = 0 or exists (
                      select from contracts.contract_line x where x.account_id = a.id and lower(x.product) = any(:products)
                        and x.starts_on <= :today and (x.ends_on is null or x.ends_on > :today)))
                  and (cardinality(:programs) = 0 or exists (
                      select from programs.enrolment e join programs.version v on v.id = e.version_id
                      join programs.program g on g.id = v.program_id
                      where e.account_id = a.id and g.key = any(:programs)
                        and e.starts_on <= :today and (e.ends_on is null or e.ends_on > :today)))
            ), person as (
                select p.id as contact_id, p.name, nullif(btrim(p.email), '') as email, c.id as account_id, c.name as company,
                    lower(left(coalesce(nullif(p.language, ''), c.language, ''), 2)) as language,
                    coalesce(nullif(p.time_zone, ''), nullif(c.time_zone, ''), 'UTC') as zone,
                    case when c.left_on <= :today then 'Is no customer any more.'
                        when p.left_on <= :today then 'Has left the company.'
                        when nullif(btrim(p.email), '') is null then 'No address is known.'
                        when btrim(p.email) !~ '^[^@[:space:],;<>]+@[^@[:space:],;<>]+[.][^@[:space:],;<>]+$'
                            then 'The address is none that we can write to.'
                        when w.channel = 'none' then 'Wants no letters.'
                        when mute.since > coalesce(w.changed_at, '-infinity')
                            then 'Wants no letters, said of the same address at ' || mute.company || '.'
                        when (to_jsonb(w) ->> :kind) = 'never' then 'Wants no letters about ' || :about || '.'
                        when dead.address is not null then 'The address is dead: ' || dead.reason
                        when (to_jsonb(w) ->> :kind) = 'weekly' and :late
                            then 'Wants weekly letters only, and it is over before the next one.'
                        else '' end as objection,
                    coalesce((to_jsonb(w) ->> :kind) = 'weekly', false) as weekly
                from company c join accounts.contact p on p.account_id = c.id
                left join defects.wish w on w.id = p.id
                left join mute on mute.address = lower(btrim(p.email))
                left join mail.dead_address dead on dead.address = lower(btrim(p.email))
                where (cardinality(:roles) = 0 or p.role_words && cast(:roles as text[]))
                  and (not :asked or exists (
                      select from defects.asked s where s.contact_id = p.id and s.defect_id = any(:defects)))
            ), ranked as (
                select *, row_number() over (partition by lower(email), objection = '' order by contact_id) as nth,
                    first_value(name) over (partition by lower(email), objection = '' order by contact_id) as first
                from person
            ), judged as (
                select contact_id, name, email, account_id, company, language, zone,
                    case when objection <> '' or email is not null and nth > 1 then 'left-out'
                        when weekly then 'weekly' else 'due' end as state,
                    case when objection <> '' then objection
                        when email is not null and nth > 1 then 'The address gets it already: for ' || first
                        when weekly then 'In the weekly letter of ' || :monday || '.'
                        else '' end as why
                from ranked
            )
            """;
}
