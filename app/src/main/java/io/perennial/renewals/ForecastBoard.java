package io.perennial.renewals;

import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.shared.Actor;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What will be renewed, month by month, against what the house wants; and how good such words were 90 days before. All amounts are
 * what the terms bring in a year now, by the month in which they are due, in one currency.
 */
@Component
public class ForecastBoard {

    static final String KIND = "renewal-target";

    private static final int QUARTERS = 4;
    private static final BigDecimal LARGEST = new BigDecimal("1000000000000");

    private final JdbcClient database;
    private final Audit audit;
    private final Clock clock;

    ForecastBoard(JdbcClient database, Audit audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * One month.
     *
     * @param renewed closed, and won
     * @param lost closed, and lost
     * @param gone open, and called lost
     * @param unassessed open without a call, or only watched
     * @param weighed what the system expects: each open amount times its chance, and what is renewed
     * @param target null while nobody set one
     */
    public record Month(
            YearMonth month,
            BigDecimal renewed,
            BigDecimal lost,
            BigDecimal commit,
            BigDecimal likely,
            BigDecimal risk,
            BigDecimal gone,
            BigDecimal unassessed,
            BigDecimal weighed,
            @Nullable BigDecimal target) {

        static Month none(YearMonth month, @Nullable BigDecimal target) {
            BigDecimal no = BigDecimal.ZERO;
            return new Month(month, no, no, no, no, no, no, no, no, target);
        }

        /** What is counted on: renewed, committed, likely. */
        public BigDecimal forecast() {
            return renewed.add(commit).add(likely);
        }

        public BigDecimal due() {
            return renewed.add(lost).add(commit).add(likely).add(risk).add(gone).add(unassessed);
        }

        Month plus(Month other) {
            return new Month(
                    month,
                    renewed.add(other.renewed),
                    lost.add(other.lost),
                    commit.add(other.commit),
                    likely.add(other.likely),
                    risk.add(other.risk),
                    gone.add(other.gone),
                    unassessed.add(other.unassessed),
                    weighed.add(other.weighed),
                    target == null ? other.target : other.target == null ? target : target.add(other.target));
        }
    }

    /**
     * How good the forecast of a quarter was, 90 days before each term.
     *
     * @param renewals decided ones with a forecast
     * @param open such as are not decided yet, which say nothing so far
     * @param expected amount that was counted on
     * @param renewed amount of all that were renewed
     * @param right calls that came true
     * @param systemRight the same of the system alone
     */
    public record Accuracy(
            String quarter,
            int renewals,
            int open,
            BigDecimal expected,
            BigDecimal renewed,
            int right,
            int systemRight) {

        /** 100 % less the difference as a share of what was renewed; null while nothing was renewed. */
        public @Nullable BigDecimal share() {
            if (renewed.signum() <= 0) {
                return null;
            }
            BigDecimal off = expected.subtract(renewed).abs().divide(renewed, 4, RoundingMode.HALF_EVEN);
            return BigDecimal.ONE.subtract(off).max(BigDecimal.ZERO);
        }

        /** As people read it. */
        public String words() {
            BigDecimal share = share();
            return share == null ? "no value" : Chance.percent(share);
        }

        public String rightWords() {
            return renewals == 0 ? "–" : right + " of " + renewals;
        }

        public String systemWords() {
            return renewals == 0 ? "–" : systemRight + " of " + renewals;
        }
    }

    /** A year of months in one currency, the running one first unless another is asked for. */
    public List<Month> months(YearMonth from, int many, String currency, Viewer viewer) {
        Map<YearMonth, BigDecimal> targets = targets(currency);
        Map<YearMonth, Month> found = new HashMap<>();
        database.sql("""
                select g.month,
                    coalesce(sum(g.annual) filter (where g.outcome = 'renewed'), 0) as renewed,
                    coalesce(sum(g.annual) filter (where g.outcome = 'lost'), 0) as lost,
                    coalesce(sum(g.annual) filter (where g.open and g.counts = 'commit'), 0) as commit,
                    coalesce(sum(g.annual) filter (where g.open and g.counts = 'likely'), 0) as likely,
                    coalesce(sum(g.annual) filter (where g.open and g.counts = 'risk'), 0) as risk,
                    coalesce(sum(g.annual) filter (where g.open and g.counts = 'lost'), 0) as gone,
                    coalesce(sum(g.annual) filter (where g.open and g.counts = 'monitor'), 0) as unassessed,
                    coalesce(sum(case when g.open then g.annual * %s when g.outcome = 'renewed' then g.annual else 0 end), 0)
                        as weighed
                from ( -- what has the same chance is added up before its chance is asked for
                    select date_trunc('month', r.due_on)::date as month, r.outcome, r.outcome in ('open', 'lapsed') as open,
                        r.automatic, coalesce(r.settled, r.call, 'monitor') as counts, o.band, o.open_signals, d.left_on,
                        sum(r.annual) as annual
                    from renewals.renewal r
                    join accounts.account a on a.id = r.account_id
                    left join accounts.overview o on o.account_id = r.account_id
                    left join accounts.contact d on d.id = r.decider_id
                    where %s and r.due_on >= :from and r.due_on < :until and r.currency = :currency
                      and r.outcome <> 'withdrawn'
                    group by 1, 2, 3, 4, 5, 6, 7, 8) g
                cross join lateral (select g.automatic, g.outcome) r
                cross join lateral (select g.band, g.open_signals) o
                cross join lateral (select g.left_on) d
                left join renewals.odds w on w.band = coalesce(g.band, 'UNKNOWN')
                group by 1
                """.formatted(Chance.SQL, RenewalRows.VISIBLE))
                .param("today", today())
                .param("from", from.atDay(1))
                .param("until", from.plusMonths(many).atDay(1))
                .param("currency", currency)
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .query(row -> {
                    YearMonth month = YearMonth.from(row.getObject("month", LocalDate.class));
                    found.put(
                            month,
                            new Month(
                                    month,
                                    row.getBigDecimal("renewed"),
                                    row.getBigDecimal("lost"),
                                    row.getBigDecimal("commit"),
                                    row.getBigDecimal("likely"),
                                    row.getBigDecimal("risk"),
                                    row.getBigDecimal("gone"),
                                    row.getBigDecimal("unassessed"),
                                    row.getBigDecimal("weighed").setScale(2, RoundingMode.HALF_EVEN),
                                    targets.get(month)));
                });
        List<Month> months = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            YearMonth month = from.plusMonths(i);
            months.add(found.getOrDefault(month, Month.none(month, targets.get(month))));
        }
        return months;
    }

    public static Month total(List<Month> months) {
        return months.stream().reduce(Month::plus).orElseThrow();
    }

    /** The four quarters before this one and this one, the latest last. */
    public List<Accuracy> accuracy(String currency, Viewer viewer) {
        LocalDate today = today();
        LocalDate quarter = today.withDayOfMonth(1).minusMonths((today.getMonthValue() - 1) % 3);
        String counted = "coalesce(s.settled, nullif(s.call, 'monitor'), s.expected)";
        return database.sql("""
                select to_char(r.due_on, 'YYYY "Q"Q') as quarter,
                    (count(*) filter (where r.decided))::int as renewals, (count(*) filter (where not r.decided))::int as open,
                    coalesce(sum(r.annual) filter (where r.decided and r.counted), 0) as expected,
                    coalesce(sum(r.annual) filter (where r.won), 0) as renewed,
                    (count(*) filter (where r.decided and r.counted = r.won))::int as right,
                    (count(*) filter (where r.decided and r.system = r.won))::int as system_right
                from (
                    select s.due_on, s.annual, r.outcome in ('renewed', 'lost') as decided, r.outcome = 'renewed' as won,
                        %s in ('commit', 'likely') as counted, s.expected in ('commit', 'likely') as system
                    from renewals.snapshot s join renewals.renewal r on r.id = s.renewal_id
                    join accounts.account a on a.id = r.account_id
                    where %s and s.currency = :currency and s.due_on >= :from and s.due_on < :until
                      and r.outcome <> 'withdrawn') r
                group by 1 order by 1
                """.formatted(counted, RenewalRows.VISIBLE))
                .param("currency", currency)
                .param("from", quarter.minusMonths(3L * QUARTERS))
                .param("until", quarter.plusMonths(3))
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .query((row, number) -> new Accuracy(
                        row.getString("quarter"),
                        row.getInt("renewals"),
                        row.getInt("open"),
                        row.getBigDecimal("expected"),
                        row.getBigDecimal("renewed"),
                        row.getInt("right"),
                        row.getInt("system_right")))
                .list();
    }

    public static boolean maySet(Viewer viewer) {
        return viewer.role() == Role.ADMIN || viewer.role() == Role.LEADER;
    }

    /** @param amount empty takes the target away */
    @Transactional
    public @Nullable UUID target(YearMonth month, String currency, String amount, Viewer viewer) {
        if (!maySet(viewer)) {
            throw new AccessDeniedException("Leaders set targets.");
        }
        return target(month, currency, amount, viewer.actor());
    }

    /** For a program, whose right is that of its key. */
    @Transactional
    public @Nullable UUID target(YearMonth month, String currency, String amount, Actor actor) {
        String plain = amount.strip().replace(",", "");
        if (!plain.isEmpty() && !plain.matches("\\d{1,12}(\\.\\d{1,3})?")) {
            throw new RenewalRefused("Write the target as a number, such as 480000; empty takes it away.");
        }
        if (!plain.isEmpty() && new BigDecimal(plain).compareTo(LARGEST) > 0) {
            throw new RenewalRefused("That is more than any house renews in a month.");
        }
        String before = state(month, currency);
        if (plain.isEmpty()) {
            database.sql("delete from renewals.target where month = :month and currency = :currency")
                    .param("month", month.atDay(1))
                    .param("currency", currency)
                    .update();
        } else {
            database.sql("""
                    insert into renewals.target (month, currency, amount, set_by, set_at)
                    values (:month, :currency, :amount, :by, :now)
                    on conflict (month, currency) do update set amount = excluded.amount, set_by = excluded.set_by,
                        set_at = excluded.set_at
                    """)
                    .param("month", month.atDay(1))
                    .param("currency", currency)
                    .param("amount", new BigDecimal(plain))
                    .param("by", actor.name())
                    .param("now", Timestamp.from(clock.instant()))
                    .update();
        }
        String after = state(month, currency);
        return java.util.Objects.equals(before, after)
                ? null
                : audit.record(
                        actor,
                        KIND,
                        "Renewal target of " + month + ": " + (plain.isEmpty() ? "none" : plain + " " + currency),
                        List.of(new ChangedThing(KIND, month + " " + currency, null, before, after)));
    }

    @Nullable
    String state(YearMonth month, String currency) {
        return database.sql("""
                select jsonb_build_object('amount', amount)::text from renewals.target
                where month = :month and currency = :currency
                """)
                .param("month", month.atDay(1))
                .param("currency", currency)
                .query(String.class)
                .optional()
                .orElse(null);
    }

    void restore(YearMonth month, String currency, @Nullable String state, String by) {
        database.sql("delete from renewals.target where month = :month and currency = :currency")
                .param("month", month.atDay(1))
                .param("currency", currency)
                .update();
        if (state != null) {
            database.sql("""
                    insert into renewals.target (month, currency, amount, set_by, set_at)
                    values (:month, :currency, (cast(:state as jsonb) ->> 'amount')::numeric, :by, :now)
                    """)
                    .param("month", month.atDay(1))
                    .param("currency", currency)
                    .param("state", state)
                    .param("by", by)
                    .param("now", Timestamp.from(clock.instant()))
                    .update();
        }
    }

    private Map<YearMonth, BigDecimal> targets(String currency) {
        Map<YearMonth, BigDecimal> targets = new HashMap<>();
        database.sql("select month, amount from renewals.target where currency = :currency")
                .param("currency", currency)
                .query(row -> {
                    targets.put(YearMonth.from(row.getObject(1, LocalDate.class)), row.getBigDecimal(2));
                });
        return targets;
    }

    /** Currencies in which something is or was due, what brings most first. */
    public List<String> currencies(Viewer viewer) {
        return database.sql("""
                select r.currency from renewals.renewal r join accounts.account a on a.id = r.account_id
                where %s and r.due_on >= :from and r.due_on < :until
                group by 1 order by sum(r.annual) desc, 1 limit 200
                """.formatted(RenewalRows.VISIBLE))
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .param("from", today().minusMonths(6))
                .param("until", today().plusMonths(13))
                .query((row, number) -> row.getString(1))
                .list();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
