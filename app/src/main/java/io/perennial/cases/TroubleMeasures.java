package io.perennial.cases;

import io.perennial.accounts.AccountIds;
import io.perennial.health.measures.Measure;
import io.perennial.health.measures.MeasureQuery;
import io.perennial.health.measures.MeasureSource;
import io.perennial.health.measures.Moments;
import io.perennial.health.measures.Readings;
import io.perennial.shared.AccountId;
import io.perennial.shared.Span;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What customers had to put up with lately: promises that were broken, asking again about the same; and how they took it: words
 * that sound upset, low answers. An account that never asked reads nothing.
 */
@Component
class TroubleMeasures implements MeasureSource {

    private static final int DAYS = 28;
    /** So many days before them say how often an account usually asks again. */
    private static final int USUAL_DAYS = 182;

    private static final int LONGEST_QUOTE = 160;

    private final JdbcClient database;

    TroubleMeasures(JdbcClient database) {
        this.database = database;
    }

    @Override
    public List<Measure> measures() {
        return List.of(
                measure(
                        "breached_28",
                        "Broken promises",
                        "%",
                        "Share of the promised times of first answers, updates and solutions that came due or were kept in 28"
                                + " days and were broken. Without any, the question does not apply."),
                measure(
                        "upset_28",
                        "Upset messages",
                        "messages",
                        "Messages of 28 days that sound upset, each counted as the chance that a person would say so; one that"
                                + " staff judged counts 1 or 0."),
                measure(
                        "repeated_28",
                        "Asked again",
                        "cases",
                        "Cases of 28 days in which somebody asked again about the same, beyond what was usual in the 26 weeks"
                                + " before."),
                measure(
                        "low_answer_28",
                        "Lowest answer after a case",
                        "%",
                        "The lowest satisfaction answered after a case in 28 days, as a share of the best possible answer."));
    }

    private static Measure measure(String id, String title, String unit, String description) {
        return new Measure(id, title, unit, "cases", description);
    }

    @Override
    public boolean connected(LocalDate asOf) {
        return database.sql("select exists (select from cases.support_case where opened_at < cast(:day as date) + 1)")
                .param("day", asOf)
                .query(Boolean.class)
                .single();
    }

    /** A running clock breaks when it is due, and a message may be dated ahead. */
    @Override
    public void moments(Instant from, Instant to, Moments into) {
        database.sql("""
                select c.account_id, max(m.moment) as moment
                from (select case_id, due_at as moment from cases.clock
                      where finished_at is null and due_at >= :from and due_at < :to
                      union all
                      select case_id, at from cases.tone where coalesce(corrected, said) and at >= :from and at < :to) m
                join cases.support_case c on c.id = m.case_id
                group by c.account_id
                """)
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("to", to.atOffset(ZoneOffset.UTC))
                .query(row -> {
                    into.at(
                            account(row.getObject(1, UUID.class)),
                            Objects.requireNonNull(row.getTimestamp(2)).toInstant());
                });
    }

    @Override
    public void read(MeasureQuery query, Readings into) {
        if (query.accounts().isEmpty()) {
            return;
        }
        Set<AccountId> asked = asked(query);
        if (asked.isEmpty()) {
            return;
        }
        promises(query, new HashSet<>(asked), into);
        moods(query, new HashSet<>(asked), into);
        repeats(query, new HashSet<>(asked), into);
        answers(query, new HashSet<>(asked), into);
    }

    private Set<AccountId> asked(MeasureQuery query) {
        Span span = query.once().span();
        if (span != null) {
            Map<AccountId, Instant> first = span.of(this, () -> Trouble.firstAsked(database, span));
            return query.accounts().stream()
                    .filter(account -> first.getOrDefault(account, Instant.MAX).isBefore(query.asOf()))
                    .collect(Collectors.toCollection(HashSet::new));
        }
        return new HashSet<>(statement(query, query.accounts(), """
                select k.account_id from unnest(:accounts) as k (account_id)
                where exists (
                    select from cases.support_case c where c.account_id = k.account_id and c.opened_at < :asOf)
                """, DAYS)
                .query((row, number) -> account(row.getObject(1, UUID.class)))
                .list());
    }

    private void promises(MeasureQuery query, Set<AccountId> asked, Readings into) {
        rows(query, Trouble.PROMISES, """
                select c.account_id, count(*)::int as due, count(*) filter (where k.broken)::int as broken
                from cases.support_case c
                join lateral (
                    select coalesce(breached_at, finished_at, due_at) as at,
                        breached_at is not null or finished_at is null as broken
                    from cases.clock where case_id = c.id) k on k.at >= :since and k.at < :asOf
                where c.account_id = any(:accounts) and c.opened_at < :asOf
                  and coalesce(c.resolved_at, c.closed_at, 'infinity') >= :since
                group by c.account_id
                """, DAYS, row -> {
            AccountId account = account(row.getObject(1, UUID.class));
            int due = row.getInt("due");
            int broken = row.getInt("broken");
            asked.remove(account);
            into.read(
                    account,
                    "breached_28",
                    100.0 * broken / due,
                    query.today(),
                    () -> broken + " of " + due + (due == 1 ? " promised time" : " promised times")
                            + " broken in 28 days");
        });
        asked.forEach(account -> into.notApplicable(account, "breached_28"));
    }

    private void moods(MeasureQuery query, Set<AccountId> asked, Readings into) {
        rows(query, Trouble.MOODS, """
                select c.account_id, count(*)::int as messages, sum(t.strength)::double precision as strength,
                    (array_agg(t.sentence order by t.strength desc, t.at desc, t.message_id))[1] as sentence,
                    (array_agg(c.number order by t.strength desc, t.at desc, t.message_id))[1] as number
                from cases.support_case c
                join (select message_id, case_id, at, sentence, case when corrected then 1 else upset end as strength
                      from cases.tone where coalesce(corrected, said) and at >= :since and at < :asOf) t
                    on t.case_id = c.id
                where c.account_id = any(:accounts) and c.opened_at < :asOf
                group by c.account_id
                """, DAYS, row -> {
            AccountId account = account(row.getObject(1, UUID.class));
            asked.remove(account);
            int others = row.getInt("messages") - 1;
            String sentence = row.getString("sentence");
            long number = row.getLong("number");
            into.read(
                    account,
                    "upset_28",
                    row.getDouble("strength"),
                    query.today(),
                    () -> quoted(sentence) + (others == 0 ? "" : " and " + counted(others, "more upset message"))
                            + " (case #" + number + ")");
        });
        asked.forEach(account -> into.read(account, "upset_28", 0, query.today(), "no upset message in 28 days"));
    }

    private void repeats(MeasureQuery query, Set<AccountId> asked, Readings into) {
        rows(query, Trouble.REPEATS, """
                select account_id, count(*) filter (where opened_at >= :recent)::int as again,
                    count(*) filter (where opened_at < :recent)::int as before,
                    max(number) filter (where opened_at >= :recent) as number
                from cases.support_case
                where account_id = any(:accounts) and repeats is not null and opened_at >= :since and opened_at < :asOf
                group by account_id
                """, DAYS + USUAL_DAYS, row -> {
            AccountId account = account(row.getObject(1, UUID.class));
            int again = row.getInt("again");
            double usual = row.getInt("before") * (double) DAYS / USUAL_DAYS;
            long number = row.getLong("number");
            if (again > 0) {
                asked.remove(account);
                into.read(
                        account,
                        "repeated_28",
                        Math.max(0, again - usual),
                        query.today(),
                        () -> String.format(
                                Locale.ENGLISH,
                                "asked again about the same %s in 28 days, %.1f usual (case #%d)",
                                again == 1 ? "once" : again + " times",
                                usual,
                                number));
            }
        });
        asked.forEach(account -> into.read(account, "repeated_28", 0, query.today(), "nothing asked twice in 28 days"));
    }

    private void answers(MeasureQuery query, Set<AccountId> asked, Readings into) {
        rows(query, Trouble.ANSWERS, """
                select distinct on (account_id) account_id, number, satisfaction,
                    coalesce(nullif(satisfaction_scale, 0), 5) as scale, (at at time zone 'UTC')::date as day
                from (select *, coalesce(closed_at, resolved_at, opened_at) as at from cases.support_case) c
                where account_id = any(:accounts) and satisfaction is not null and at >= :since and at < :asOf
                order by account_id, satisfaction / coalesce(nullif(satisfaction_scale, 0), 5), at desc, number
                """, DAYS, row -> {
            AccountId account = account(row.getObject(1, UUID.class));
            asked.remove(account);
            BigDecimal given = row.getBigDecimal("satisfaction");
            BigDecimal scale = row.getBigDecimal("scale");
            long number = row.getLong("number");
            into.read(
                    account,
                    "low_answer_28",
                    100 * given.doubleValue() / scale.doubleValue(),
                    row.getObject("day", LocalDate.class),
                    () -> "answered " + plain(given) + " of " + plain(scale) + " after case #" + number);
        });
        asked.forEach(account -> into.notApplicable(account, "low_answer_28"));
    }

    private void rows(MeasureQuery query, Trouble about, String sql, int days, RowCallbackHandler each) {
        Span span = query.once().span();
        Collection<AccountId> accounts =
                span == null ? query.accounts() : about.among(database, query.accounts(), span);
        if (!accounts.isEmpty()) {
            statement(query, accounts, sql, days)
                    .param("recent", start(query, DAYS))
                    .query(each);
        }
    }

    private JdbcClient.StatementSpec statement(
            MeasureQuery query, Collection<AccountId> accounts, String sql, int days) {
        return database.sql(sql)
                .param("accounts", AccountIds.array(accounts))
                .param("asOf", query.asOf().atOffset(ZoneOffset.UTC))
                .param("since", start(query, days));
    }

    /** So many whole days that end with today. */
    private static OffsetDateTime start(MeasureQuery query, int days) {
        return query.today().minusDays(days - 1L).atStartOfDay().atOffset(ZoneOffset.UTC);
    }

    private static String quoted(String sentence) {
        if (sentence.isEmpty()) {
            return "a message that sounds upset";
        }
        String cut = sentence.length() <= LONGEST_QUOTE
                ? sentence
                : sentence.substring(0, sentence.offsetByCodePoints(0, sentence.codePointCount(0, LONGEST_QUOTE - 1)))
                        + "\u2026";
        return "\u201c" + cut + "\u201d";
    }

    private static String counted(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    private static AccountId account(UUID id) {
        return new AccountId(id);
    }
}
