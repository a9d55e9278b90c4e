package io.perennial.engagement.cadence;

import io.perennial.identity.Viewer;
import io.perennial.shared.AccountId;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;

/**
 * Read model: customers with whom a conversation is overdue by the rule that fits them, the dearest first. A conversation is a
 * touchpoint in which both sides took part; what was only sent does not end a silence. Nothing is kept: the day of the last
 * conversation stands in the wide row of each account, and rules that ask for a kind or a person look at the conversations.
 */
@Component
public class Silence {

    public static final int PAGE = 50;

    /**
     * Since when a customer is silent. One whom nobody ever spoke with counts from the day it became one, or from the first
     * conversation that is known of the company when that is later.
     */
    private static final String DUE = """
            with rule as materialized (
                select * from unnest(cast(:names as text[]), cast(:segments as text[]), cast(:revenues as numeric[]),
                    cast(:days as int[]), cast(:kinds as text[]), cast(:whos as text[])) with ordinality
                    as r(name, segment, arr_from, days, kind, who, position)),
            started as materialized (
                select (min(at) at time zone 'UTC')::date as day from engagement.touchpoint where conversation and at < :now),
            customer as (
                select o.account_id, o.name, o.segment, o.owner_id, o.owner_name, o.score, o.band, o.last_touch_on, o.currency,
                    coalesce(o.arr, 0) as arr, r.name as rule, coalesce(r.days, :usual) as days, r.kind, r.who
                from accounts.overview o
                left join lateral (
                    select r.* from rule r
                    where (r.segment is null or r.segment = o.segment) and (r.arr_from is null or o.arr >= r.arr_from)
                    order by r.position limit 1) r on true
                where o.left_on is null and coalesce(o.arr, 1) > 0 and (:everything or o.owner_id = :member)
                  and (cast(:only as uuid[]) is null or o.account_id = any(:only))),
            heard as (
                select c.*, case
                    when c.last_touch_on is null or c.kind is null and coalesce(c.who, 'anybody') = 'anybody'
                        then c.last_touch_on
                    else (
                        select (t.at at time zone 'UTC')::date from engagement.touchpoint t
                        left join identity.team_member m on m.id = t.member_id
                        where t.account_id = c.account_id and t.conversation and t.at < :now
                          and (c.kind is null or t.kind = c.kind)
                          and (c.who = 'anybody' or c.who = 'owner' and t.member_id = c.owner_id or m.role = upper(c.who))
                        order by t.at desc limit 1) end as heard_on
                from customer c),
            since as (
                select h.*, coalesce(h.heard_on, greatest(
                    (select a.customer_since from accounts.account a where a.id = h.account_id),
                    (select day from started))) as since
                from heard h)
            """;

    private static final String FITS = """
             where s.since + s.days < :today
               and (:segment = '' or s.segment = :segment) and (:rule = '' or s.rule = :rule)
               and (cast(:owner as uuid) is null or s.owner_id = :owner)
            """;

    private final JdbcClient database;
    private final Cadences cadences;
    private final Clock clock;

    Silence(JdbcClient database, Cadences cadences, Clock clock) {
        this.database = database;
        this.cadences = cadences;
        this.clock = clock;
    }

    /** @param segment and rule: empty for all; owner null for everybody's */
    public record Filter(
            String segment, String rule, @Nullable UUID owner) {

        public static final Filter NONE = new Filter("", "", null);

        public boolean isPlain() {
            return segment.isEmpty() && rule.isEmpty() && owner == null;
        }
    }

    /**
     * A silent customer.
     *
     * @param since last conversation that the rule asks for, or where counting begins
     * @param never whether nobody ever spoke with them in the way that the rule asks for
     * @param word the last conversation of any kind; null when there was none
     * @param sent letters and touchpoints that went out automatically since then
     * @param taskOpen whether somebody has the task already
     */
    public record Row(
            AccountId account,
            String name,
            @Nullable String segment,
            @Nullable UUID ownerId,
            @Nullable String ownerName,
            @Nullable BigDecimal score,
            BigDecimal arr,
            @Nullable String currency,
            @Nullable String rule,
            int days,
            LocalDate since,
            boolean never,
            @Nullable Word word,
            int sent,
            boolean taskOpen) {

        public LocalDate dueOn() {
            return since.plusDays(days);
        }

        public long silentDays(LocalDate today) {
            return java.time.temporal.ChronoUnit.DAYS.between(since, today);
        }

        public String ruleName() {
            return rule == null ? "no rule, " + days + " days" : rule + ", " + days + " days";
        }
    }

    /** The last word that both sides exchanged. */
    public record Word(
            LocalDate on,
            String kind,
            @Nullable String subject,
            @Nullable String member,
            @Nullable String contact) {}

    /** @param currency empty when no revenue is known */
    public record Sum(String currency, BigDecimal arr, long customers) {}

    /** @param next pass it as {@code after}; null on the last page */
    public record Page(List<Row> rows, @Nullable String next) {}

    public List<Sum> sums(Filter filter, Viewer viewer) {
        return sums(filter, cadences.inForce().rules(), viewer);
    }

    /** What the list would be worth under other rules. */
    public List<Sum> sums(Filter filter, List<Cadence> rules, Viewer viewer) {
        return bound(DUE + """
                select coalesce(case when s.arr > 0 then s.currency end, '') as currency, sum(s.arr) as arr, count(*) as n
                from since s
                """ + FITS + " group by 1 order by 2 desc, 1 limit 50", filter, rules, viewer)
                .query((row, number) -> new Sum(row.getString(1), row.getBigDecimal(2), row.getLong(3)))
                .list();
    }

    /** How many customers each rule fits, and with how many of them a conversation is overdue; by name of the rule. */
    public List<Fit> fits(List<Cadence> rules, Viewer viewer) {
        return bound(DUE + """
                select s.rule, count(*), count(*) filter (where s.since + s.days < :today)
                from since s where :segment = '' and :rule = '' and cast(:owner as uuid) is null group by 1
                """, Filter.NONE, rules, viewer)
                .query((row, number) -> new Fit(row.getString(1), row.getLong(2), row.getLong(3)))
                .list();
    }

    /** @param rule null for customers whom none fits */
    public record Fit(@Nullable String rule, long customers, long overdue) {}

    public Page page(Filter filter, String after, int limit, Viewer viewer) {
        return page(filter, cadences.inForce().rules(), after, limit, viewer);
    }

    /** @param after as the page before said; anything else begins anew */
    public Page page(Filter filter, List<Cadence> rules, String after, int limit, Viewer viewer) {
        List<Row> rows = rows(filter, rules, Cursor.of(after), limit + 1, viewer, null);
        boolean more = rows.size() > limit;
        List<Row> shown = more ? rows.subList(0, limit) : rows;
        return new Page(List.copyOf(shown), more ? Cursor.after(shown.getLast()) : null);
    }

    private List<Row> rows(
            Filter filter,
            List<Cadence> rules,
            @Nullable Cursor cursor,
            int limit,
            Viewer viewer,
            @Nullable Collection<UUID> only) {
        return bound(DUE + ", page as (select s.* from since s" + FITS + """
                   and (cast(:afterArr as numeric) is null or (s.arr, s.account_id) < (:afterArr, :afterId))
                   order by s.arr desc, s.account_id desc limit :limit)
                select p.*, w.at as word_at, w.kind as word_kind, w.subject as word_subject, w.member as word_member,
                    w.contact as word_contact,
                    (select count(*) from (
                        select 1 from mail.letter l
                        where l.account_id = p.account_id and l.state = 'accepted' and not l.purpose = any(:personal)
                          and l.posted_at >= coalesce(w.at, p.since::timestamptz)
                        union all
                        select 1 from engagement.touchpoint t
                        where t.account_id = p.account_id and t.kind = 'automated' and not t.conversation
                          and t.at < :now and t.at >= coalesce(w.at, p.since::timestamptz)
                        limit 99) sent) as sent,
                    exists (
                        select from engagement.task k
                        where k.account_id = p.account_id and k.done_at is null and k.kind = 'touch') as task_open
                from page p
                left join lateral (
                    select t.at, t.kind, t.subject, m.name as member, c.name as contact from engagement.touchpoint t
                    left join identity.team_member m on m.id = t.member_id
                    left join accounts.contact c on c.id = t.contact_id
                    where t.account_id = p.account_id and t.conversation and t.at < :now
                    order by t.at desc, t.id limit 1) w on true
                order by p.arr desc, p.account_id desc
                """, filter, rules, viewer, only)
                .param("afterArr", cursor == null ? null : cursor.arr())
                .param("afterId", cursor == null ? null : cursor.account(), Types.OTHER)
                .param("personal", new SqlArrayValue("text", Automated.PERSONAL.toArray()))
                .param("limit", limit)
                .query((row, number) -> row(row))
                .list();
    }

    /** How silent this one is; empty when it is not, or is none of the viewer's. */
    public Optional<Row> of(AccountId account, Viewer viewer) {
        return of(List.of(account.value()), viewer).stream().findFirst();
    }

    /** Those of these that are silent. */
    List<Row> of(Collection<UUID> accounts, Viewer viewer) {
        return rows(Filter.NONE, cadences.inForce().rules(), null, accounts.size(), viewer, accounts);
    }

    private StatementSpec bound(String sql, Filter filter, List<Cadence> rules, Viewer viewer) {
        return bound(sql, filter, rules, viewer, null);
    }

    private StatementSpec bound(
            String sql, Filter filter, List<Cadence> rules, Viewer viewer, @Nullable Collection<UUID> only) {
        Instant now = clock.instant();
        return database.sql(sql)
                .param("only", only == null ? null : only.toArray(UUID[]::new))
                .param("names", texts(rules.stream().map(Cadence::name).toList()))
                .param("segments", texts(rules.stream().map(Cadence::segment).toList()))
                .param(
                        "revenues",
                        new SqlArrayValue(
                                "numeric", rules.stream().map(Cadence::arrFrom).toArray()))
                .param(
                        "days",
                        new SqlArrayValue(
                                "int", rules.stream().map(Cadence::days).toArray()))
                .param("kinds", texts(rules.stream().map(Cadence::kind).toList()))
                .param(
                        "whos",
                        texts(rules.stream().map(rule -> rule.who().key()).toList()))
                .param("usual", Cadence.USUAL_DAYS)
                .param("now", Timestamp.from(now))
                .param("today", LocalDate.ofInstant(now, ZoneOffset.UTC))
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .param("segment", filter.segment())
                .param("rule", filter.rule())
                .param("owner", filter.owner(), Types.OTHER);
    }

    private static SqlArrayValue texts(List<? extends @Nullable String> texts) {
        return new SqlArrayValue("text", texts.toArray());
    }

    private static Row row(ResultSet row) throws SQLException {
        Timestamp at = row.getTimestamp("word_at");
        return new Row(
                new AccountId(row.getObject("account_id", UUID.class)),
                row.getString("name"),
                row.getString("segment"),
                row.getObject("owner_id", UUID.class),
                row.getString("owner_name"),
                row.getBigDecimal("score"),
                row.getBigDecimal("arr"),
                row.getString("currency"),
                row.getString("rule"),
                row.getInt("days"),
                row.getObject("since", LocalDate.class),
                row.getObject("heard_on", LocalDate.class) == null,
                at == null
                        ? null
                        : new Word(
                                LocalDate.ofInstant(at.toInstant(), ZoneOffset.UTC),
                                row.getString("word_kind"),
                                row.getString("word_subject"),
                                row.getString("word_member"),
                                row.getString("word_contact")),
                row.getInt("sent"),
                row.getBoolean("task_open"));
    }

    private record Cursor(BigDecimal arr, UUID account) {

        static @Nullable Cursor of(String text) {
            if (!text.matches("[0-9]{1,20}(\\.[0-9]{1,10})?~[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
                return null;
            }
            int tilde = text.indexOf('~');
            return new Cursor(new BigDecimal(text.substring(0, tilde)), UUID.fromString(text.substring(tilde + 1)));
        }

        static String after(Row row) {
            return row.arr().toPlainString() + "~" + row.account();
        }
    }
}
