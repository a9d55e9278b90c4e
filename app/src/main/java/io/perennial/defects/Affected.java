package io.perennial.defects;

import io.perennial.accounts.Changes;
import io.perennial.identity.Viewer;
import io.perennial.shared.AccountId;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which accounts a defect hits: those of its cases, those named by hand, those of its rules; less those that somebody said are
 * not. Revenue is what the ledger says of them today: currencies are never added together, and an account whose lines sum below
 * zero counts as without revenue.
 */
@Component
public class Affected {

    /** Accounts on the page of a defect; all of them count. */
    static final int SHOWN = 200;

    /** Which accounts defects hit, as a part of statements. Expects {@code :defects} and {@code :today}. */
    public static final String ACCOUNTS = """
            affected as (
                select r.defect_id, r.account_id from (
                    select l.defect_id, c.account_id
                    from defects.case_link l join cases.support_case c on c.id = l.case_id
                    where l.defect_id = any(:defects)
                    union
                    select defect_id, account_id from defects.account_mark where affected and defect_id = any(:defects)
                    union
                    select s.defect_id, a.id from defects.scope s
                    join accounts.account a on s.segment is null or lower(a.segment) = lower(s.segment)
                    where s.defect_id = any(:defects) and (s.product is null or exists (
                        select from contracts.contract_line x
                        where x.account_id = a.id and lower(x.product) = lower(s.product)
                          and x.starts_on <= :today and (x.ends_on is null or x.ends_on > :today)))
                ) r
                where not exists (select from defects.account_mark m
                    where m.defect_id = r.defect_id and m.account_id = r.account_id and not m.affected)
            )""";

    /** Of the accounts in {@code affected}, what they bring a year. */
    static final String WORTH = """
            worth as (
                select account_id, currency, annual from contracts.revenue
                where account_id in (select account_id from affected)
                  and state = 'running' and from_day <= :today and until_day > :today
            )""";

    private final JdbcClient database;
    private final Changes changes;
    private final Clock clock;

    Affected(JdbcClient database, Changes changes, Clock clock) {
        this.database = database;
        this.changes = changes;
        this.clock = clock;
    }

    /** A year's revenue in one currency. */
    public record Money(String currency, BigDecimal annual) {}

    /** @param accounts that the viewer may see; @param revenue theirs, largest first */
    public record Reach(long accounts, List<Money> revenue) {

        static final Reach NONE = new Reach(0, List.of());

        public @Nullable BigDecimal in(String currency) {
            return revenue.stream()
                    .filter(money -> money.currency().equals(currency))
                    .map(Money::annual)
                    .findFirst()
                    .orElse(null);
        }
    }

    /**
     * An account that is hit.
     *
     * @param cases of the defect
     * @param how in words
     */
    public record Row(
            AccountId account,
            String name,
            @Nullable String segment,
            @Nullable Double score,
            @Nullable String band,
            @Nullable LocalDate renewsOn,
            List<Money> revenue,
            long cases,
            @Nullable UUID mark,
            String how) {}

    /** An account that a rule would hit, but somebody said that it is not. */
    public record Spared(UUID mark, AccountId account, String name, String why) {}

    /** @param key defect, cause or product, as {@code grouping} says */
    Map<String, Reach> reach(List<UUID> defects, Map<UUID, String> grouping, Viewer viewer) {
        Map<String, Long> accounts = new HashMap<>();
        Map<String, List<Money>> revenue = new HashMap<>();
        UUID[] ids = defects.toArray(UUID[]::new);
        String[] keys = defects.stream().map(grouping::get).toArray(String[]::new);
        String hit = "with " + ACCOUNTS + """
            , hit as (
                select distinct g.key, f.account_id from affected f
                join unnest(:ids, :keys) as g (id, key) on g.id = f.defect_id
                join accounts.account a on a.id = f.account_id where (:everything or a.owner_id = :me)
            )""";
        parameters(hit + " select key, count(*) from hit group by 1", ids, viewer)
                .param("ids", ids)
                .param("keys", keys)
                .query(row -> {
                    accounts.put(row.getString(1), row.getLong(2));
                });
        parameters(
                        hit + ", " + WORTH
                                + " select h.key, w.currency, sum(w.annual) from hit h join worth w on w.account_id = h.account_id"
                                + " group by 1, 2 order by 3 desc, 2",
                        ids,
                        viewer)
                .param("ids", ids)
                .param("keys", keys)
                .query(row -> {
                    revenue.computeIfAbsent(row.getString(1), none -> new ArrayList<>())
                            .add(new Money(row.getString(2), row.getBigDecimal(3)));
                });
        Map<String, Reach> reach = new HashMap<>();
        accounts.forEach((key, count) -> reach.put(key, new Reach(count, revenue.getOrDefault(key, List.of()))));
        return reach;
    }

    /** All accounts that any of these hit, each once. */
    public Reach together(List<UUID> defects, Viewer viewer) {
        Map<UUID, String> one = new HashMap<>();
        defects.forEach(defect -> one.put(defect, ""));
        return reach(defects, one, viewer).getOrDefault("", Reach.NONE);
    }

    /** Most revenue first, at most {@link #SHOWN}. */
    public List<Row> rows(UUID defect, Viewer viewer) {
        UUID[] one = {defect};
        Map<UUID, List<Money>> revenue = new HashMap<>();
        parameters(
                        "with " + ACCOUNTS + ", " + WORTH
                                + " select account_id, currency, annual from worth order by 3 desc, 2",
                        one,
                        viewer)
                .query(row -> {
                    revenue.computeIfAbsent(row.getObject(1, UUID.class), none -> new ArrayList<>())
                            .add(new Money(row.getString(2), row.getBigDecimal(3)));
                });
        return parameters("with " + ACCOUNTS + ", " + WORTH + """
                    , counted as (
                        select c.account_id, count(*) as cases from defects.case_link l
                        join cases.support_case c on c.id = l.case_id where l.defect_id = any(:defects) group by 1
                    )
                    select a.id, a.name, a.segment, o.score, o.band, o.renews_on, coalesce(k.cases, 0) as cases, m.id as mark,
                        m.why, m.marked_by
                    from affected f join accounts.account a on a.id = f.account_id
                    left join accounts.overview o on o.account_id = a.id
                    left join counted k on k.account_id = a.id
                    left join defects.account_mark m on m.account_id = a.id and m.defect_id = f.defect_id
                    where (:everything or a.owner_id = :me)
                    order by (select max(w.annual) from worth w where w.account_id = a.id) desc nulls last, a.name
                    limit """ + " " + SHOWN, one, viewer)
                .query((row, number) -> {
                    UUID account = row.getObject("id", UUID.class);
                    long cases = row.getLong("cases");
                    UUID mark = row.getObject("mark", UUID.class);
                    return new Row(
                            new AccountId(account),
                            row.getString("name"),
                            row.getString("segment"),
                            score(row),
                            row.getString("band"),
                            row.getObject("renews_on", LocalDate.class),
                            revenue.getOrDefault(account, List.of()),
                            cases,
                            mark,
                            how(cases, mark, row.getString("marked_by"), row.getString("why")));
                })
                .list();
    }

    public List<Spared> spared(UUID defect, Viewer viewer) {
        return database.sql("""
                select m.id, a.id, a.name, coalesce(m.why, '') from defects.account_mark m
                join accounts.account a on a.id = m.account_id
                where m.defect_id = :defect and not m.affected and (:everything or a.owner_id = :me) order by a.name limit 100
                """)
                .param("defect", defect)
                .param("everything", viewer.everything())
                .param("me", viewer.memberId())
                .query((row, number) -> new Spared(
                        row.getObject(1, UUID.class),
                        new AccountId(row.getObject(2, UUID.class)),
                        row.getString(3),
                        row.getString(4)))
                .list();
    }

    /** Their health may read otherwise now. */
    void mark(UUID defect) {
        mark(List.of(defect));
    }

    void mark(Collection<UUID> defects) {
        List<AccountId> accounts = database.sql("with " + ACCOUNTS + " select distinct account_id from affected")
                .param("defects", defects.toArray(UUID[]::new))
                .param("today", today())
                .query((row, number) -> new AccountId(row.getObject(1, UUID.class)))
                .list();
        for (int from = 0; from < accounts.size(); from += 5_000) {
            changes.mark(accounts.subList(from, Math.min(accounts.size(), from + 5_000)));
        }
    }

    private static @Nullable Double score(ResultSet row) throws SQLException {
        BigDecimal score = row.getBigDecimal("score");
        return score == null ? null : score.doubleValue();
    }

    private static String how(long cases, @Nullable UUID mark, @Nullable String by, @Nullable String why) {
        List<String> ways = new ArrayList<>();
        if (cases > 0) {
            ways.add(cases == 1 ? "one case" : cases + " cases");
        }
        if (mark != null) {
            ways.add("named by " + by + (why == null || why.isBlank() ? "" : ": " + why));
        }
        return ways.isEmpty() ? "by rule" : String.join(", ", ways);
    }

    private JdbcClient.StatementSpec parameters(String sql, UUID[] defects, Viewer viewer) {
        return database.sql(sql)
                .param("defects", defects)
                .param("today", today())
                .param("everything", viewer.everything())
                .param("me", viewer.memberId());
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), clock.getZone());
    }
}
