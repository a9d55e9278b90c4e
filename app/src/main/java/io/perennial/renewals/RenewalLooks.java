package io.perennial.renewals;

import io.perennial.identity.Viewer;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Renewals as a board by stage and as a calendar. */
@Component
public class RenewalLooks {

    public static final int CARDS = 30;
    private static final int MOST_OF_MONTH = 500;
    private static final int MONTHS = 12;

    private final JdbcClient database;
    private final Clock clock;

    RenewalLooks(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @param money a year, by currency; what brings most first */
    public record Column(Stage stage, long renewals, List<Renewals.Sum> money, List<Renewal> cards) {

        public boolean cut() {
            return renewals > cards.size();
        }
    }

    /** @param due terms due in the month @param notices such as have their last day for notice in it and none sent */
    public record Month(YearMonth month, long due, long notices, List<Renewals.Sum> money) {}

    /** What a day of the calendar holds. */
    public record Day(LocalDate day, List<Renewal> due, List<Renewal> notices) {}

    /** Open terms within so many days, by stage; of each column the first to be due. */
    public List<Column> board(RenewalFilter filter, Viewer viewer) {
        LocalDate today = today();
        Map<Stage, List<Renewals.Sum>> money = new EnumMap<>(Stage.class);
        String asked = " where" + RenewalRows.VISIBLE + """
                and r.outcome in ('open', 'lapsed') and r.due_on < :until
                and (not :mine or coalesce(r.owner_id, a.owner_id) = :member)
                """;
        asked("""
                select r.stage, r.currency, count(*) as renewals, sum(r.annual) as annual, sum(r.proposed) as proposed
                from renewals.renewal r join accounts.account a on a.id = r.account_id
                """ + asked + " group by 1, 2 order by 4 desc, 2", filter, viewer, today)
                .query(row -> {
                    money.computeIfAbsent(Stage.of(row.getString("stage")), stage -> new ArrayList<>())
                            .add(new Renewals.Sum(
                                    row.getString("currency"),
                                    row.getLong("renewals"),
                                    row.getBigDecimal("annual"),
                                    row.getBigDecimal("proposed")));
                });
        Map<Stage, List<Renewal>> cards = new EnumMap<>(Stage.class);
        asked(RenewalRows.ALL + """
                        join (
                            select r.id, row_number() over (partition by r.stage order by r.due_on, r.id) as place
                            from renewals.renewal r join accounts.account a on a.id = r.account_id
                        """ + asked + """
                        ) f on f.id = r.id and f.place <= :cards order by f.place
                        """, filter, viewer, today)
                .param("cards", CARDS)
                .query(RenewalRows::renewal)
                .list()
                .forEach(one -> cards.computeIfAbsent(one.stage(), stage -> new ArrayList<>())
                        .add(one));
        List<Column> columns = new ArrayList<>();
        for (Stage stage : Stage.values()) {
            List<Renewals.Sum> sums = money.getOrDefault(stage, List.of());
            columns.add(new Column(
                    stage,
                    sums.stream().mapToLong(Renewals.Sum::renewals).sum(),
                    sums,
                    cards.getOrDefault(stage, List.of())));
        }
        return columns;
    }

    private JdbcClient.StatementSpec asked(String sql, RenewalFilter filter, Viewer viewer, LocalDate today) {
        return database.sql(sql)
                .param("today", today)
                .param("until", filter.until(today))
                .param("mine", filter.mine())
                .param("everything", viewer.everything())
                .param("member", viewer.memberId());
    }

    /** Twelve months from one on, each with what is due and the notices that fall due. */
    public List<Month> year(YearMonth from, Viewer viewer) {
        Map<YearMonth, List<Renewals.Sum>> due = new HashMap<>();
        Map<YearMonth, Long> notices = new HashMap<>();
        between("""
                select date_trunc('month', r.due_on)::date as month, r.currency, count(*) as renewals, sum(r.annual) as annual,
                    sum(r.proposed) as proposed
                from renewals.renewal r join accounts.account a on a.id = r.account_id
                where %s and r.due_on >= :from and r.due_on < :until and r.outcome <> 'withdrawn' group by 1, 2 order by 4 desc, 2
                """, from, MONTHS, viewer).query(row -> {
            due.computeIfAbsent(YearMonth.from(row.getObject("month", LocalDate.class)), month -> new ArrayList<>())
                    .add(new Renewals.Sum(
                            row.getString("currency"),
                            row.getLong("renewals"),
                            row.getBigDecimal("annual"),
                            row.getBigDecimal("proposed")));
        });
        between("""
                select date_trunc('month', r.notice_on)::date as month, count(*) as renewals
                from renewals.renewal r join accounts.account a on a.id = r.account_id
                where %s and r.notice_on >= :from and r.notice_on < :until and r.outcome = 'open' and r.noticed_on is null group by 1
                """, from, MONTHS, viewer).query(row -> {
            notices.put(YearMonth.from(row.getObject("month", LocalDate.class)), row.getLong("renewals"));
        });
        List<Month> months = new ArrayList<>();
        for (int i = 0; i < MONTHS; i++) {
            YearMonth month = from.plusMonths(i);
            List<Renewals.Sum> money = due.getOrDefault(month, List.of());
            months.add(new Month(
                    month,
                    money.stream().mapToLong(Renewals.Sum::renewals).sum(),
                    notices.getOrDefault(month, 0L),
                    money));
        }
        return months;
    }

    /** Every day of a month; at most {@value #MOST_OF_MONTH} terms of each kind, what brings most first. */
    public List<Day> days(YearMonth month, Viewer viewer) {
        Map<LocalDate, List<Renewal>> due = new HashMap<>();
        Map<LocalDate, List<Renewal>> notices = new HashMap<>();
        between(RenewalRows.ALL + """
                 where %s and r.due_on >= :from and r.due_on < :until and r.outcome <> 'withdrawn'
                order by r.annual desc, r.id limit :most
                """, month, 1, viewer)
                .param("most", MOST_OF_MONTH)
                .param("today", today())
                .query(RenewalRows::renewal)
                .list()
                .forEach(one -> due.computeIfAbsent(one.dueOn(), day -> new ArrayList<>())
                        .add(one));
        between(RenewalRows.ALL + """
                 where %s and r.notice_on >= :from and r.notice_on < :until and r.outcome = 'open' and r.noticed_on is null
                order by r.annual desc, r.id limit :most
                """, month, 1, viewer)
                .param("most", MOST_OF_MONTH)
                .param("today", today())
                .query(RenewalRows::renewal)
                .list()
                .forEach(one -> notices.computeIfAbsent(one.noticeOn(), day -> new ArrayList<>())
                        .add(one));
        return month.atDay(1)
                .datesUntil(month.plusMonths(1).atDay(1))
                .map(day -> new Day(day, due.getOrDefault(day, List.of()), notices.getOrDefault(day, List.of())))
                .toList();
    }

    private JdbcClient.StatementSpec between(String sql, YearMonth from, int many, Viewer viewer) {
        return database.sql(sql.replace("%s", RenewalRows.VISIBLE))
                .param("from", from.atDay(1))
                .param("until", from.plusMonths(many).atDay(1))
                .param("everything", viewer.everything())
                .param("member", viewer.memberId());
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
