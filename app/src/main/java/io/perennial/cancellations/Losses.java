package io.perennial.cancellations;

import io.perennial.cancellations.LossFigures.Group;
import io.perennial.cancellations.LossFigures.Sum;
import io.perennial.contracts.ReasonCategory;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Read model of the analysis: losses counted, and the losses behind each count. One statement each. */
@Component
@Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
public class Losses {

    public static final int PAGE = 50;

    /** Groups that are listed. */
    private static final int GROUPS = 60;

    private final JdbcClient database;

    Losses(JdbcClient database) {
        this.database = database;
    }

    /**
     * One cancellation and what became of it.
     *
     * @param amount a year's revenue; null when nobody knows
     * @param recorded whether the amount was recorded; otherwise it is what the lines brought on the last day
     * @param outcome gone, back, partly, stayed or notice
     */
    public record Loss(
            UUID id,
            UUID account,
            String externalId,
            String name,
            @Nullable String segment,
            @Nullable String owner,
            LocalDate cancelledOn,
            LocalDate lostOn,
            String category,
            @Nullable String reason,
            @Nullable String detail,
            @Nullable String competitor,
            @Nullable BigDecimal amount,
            @Nullable String currency,
            boolean recorded,
            @Nullable LocalDate firstOn,
            @Nullable LocalDate backOn,
            String outcome) {

        public String reasonTitle() {
            return ReasonCategory.titleOf(category);
        }

        /** The company's own word where it says more than the category. */
        public String word() {
            return reason == null || reason.strip().replace(' ', '_').equalsIgnoreCase(category) ? "" : reason.strip();
        }

        public String outcomeTitle() {
            return switch (outcome) {
                case "back" -> "came back";
                case "partly" -> "one contract";
                case "stayed" -> "stayed";
                case "notice" -> "under notice";
                default -> "gone";
            };
        }
    }

    /** A page of losses; {@code all} are there. */
    public record Page(List<Loss> losses, long all) {}

    static final String BASE = """
            from cancellations.losses(:from, :until, :today) l
            join accounts.account a on a.id = l.account_id
            """;

    /** Only where it is asked for: it reads twelve weeks of days for each loss. */
    private static final String USE = """
            left join lateral (
                select sum(d.events) filter (where d.day >= l.cancelled_on - 28) as last,
                    sum(d.events) filter (where d.day < l.cancelled_on - 28) as before
                from usage.account_day d
                where d.account_id = l.account_id and d.day >= l.cancelled_on - 84 and d.day < l.cancelled_on
            ) u on true
            """;

    /** The dearest line that ran on the last day. */
    private static final String PRODUCT = """
            left join lateral (
                select n.product from contracts.contract_line n
                where n.account_id = l.account_id and n.annual <> 0 and n.starts_on < l.lost_on
                  and (n.ends_on is null or n.ends_on >= l.lost_on)
                order by n.annual desc, n.id limit 1
            ) p on true
            """;

    /** One currency for all that have a rate; the others are each a world of its own. */
    private static final String RATES = """
            left join contracts.exchange_rate own on own.own
            left join contracts.exchange_rate r on r.currency = l.currency and own.currency is not null
            """;

    private static final String COUNTED = "l.outcome in ('gone', 'back', 'partly') and l.lost_on <= :today";

    /** Reasons that are known and differ: recorded, answered in the latest survey, told in the latest interview. */
    private static final String DISAGREES = """
             and exists (
                select from (values (l.category),
                    ((select s.category from cancellations.survey s where s.cancellation_id = l.id and s.answered_at is not null
                        order by s.answered_at desc limit 1)),
                    ((select i.reason from cancellations.interview i where i.cancellation_id = l.id
                        order by i.held_on desc, i.id desc limit 1))) v (reason)
                where v.reason <> 'unknown' having count(distinct v.reason) > 1)
            """;

    static String where(LossQuestion question) {
        return " where (cast(:owner as uuid) is null or a.owner_id = :owner) and "
                + switch (question.outcome()) {
                    case "back" -> COUNTED + " and l.outcome = 'back'";
                    case "disagree" -> COUNTED + DISAGREES;
                    case "stayed" -> "l.outcome = 'stayed'";
                    case "notice" -> "l.outcome = 'notice'";
                    default -> COUNTED;
                }
                + (question.group() == null ? "" : " and " + question.by().sql() + " = :group");
    }

    private static String from(LossQuestion question) {
        return BASE + (question.by() == LossCut.USE ? USE : question.by() == LossCut.PRODUCT ? PRODUCT : "");
    }

    public LossFigures figures(LossQuestion question) {
        Map<String, Counted> groups = new LinkedHashMap<>();
        Counted total = new Counted();
        asked(
                        """
                select cut.key, cut.currency, grouping(cut.key) as whole, grouping(cut.currency) as any_currency,
                    count(*) as losses, count(distinct cut.account_id) as customers,
                    count(distinct cut.account_id) filter (where cut.outcome = 'back') as back,
                    count(*) filter (where cut.amount is null) as without, sum(cut.amount) as amount,
                    sum(cut.amount) filter (where cut.outcome = 'back') as amount_back
                from (
                    select %s as key, l.account_id, l.outcome,
                        case when r.currency is null then l.amount else l.amount / r.units end as amount,
                        case when r.currency is null then coalesce(l.currency, '') else own.currency end as currency
                    %s %s %s
                ) cut
                group by grouping sets ((), (cut.currency), (cut.key), (cut.key, cut.currency))
                order by whole desc, any_currency desc, %s
                """.formatted(
                                        question.by().sql(),
                                        from(question),
                                        RATES,
                                        where(question),
                                        question.by().ordered() ? "cut.key" : "customers desc, cut.key"),
                        question)
                .query(row -> {
                    Counted counted = row.getInt("whole") == 1
                            ? total
                            : groups.computeIfAbsent(row.getString("key"), key -> new Counted());
                    counted.take(row);
                });
        List<Group> listed = groups.entrySet().stream()
                .limit(GROUPS)
                .map(entry -> entry.getValue().group(entry.getKey(), question.by()))
                .toList();
        return new LossFigures(total.group("", question.by()), listed, groups.size() - listed.size());
    }

    /** Cancellations of the period that are no losses: under notice, and those who stayed. */
    public Map<String, Long> others(LossQuestion question) {
        Map<String, Long> others = new LinkedHashMap<>();
        asked(
                        "select l.outcome, count(distinct l.account_id) as customers " + BASE
                                + " where (cast(:owner as uuid) is null or a.owner_id = :owner)"
                                + " and l.outcome in ('stayed', 'notice') group by 1",
                        question)
                .query(row -> {
                    others.put(row.getString(1), row.getLong(2));
                });
        asked("select count(*) " + BASE + where(question.only(null, "disagree")), question.only(null, ""))
                .query(row -> {
                    others.put("disagree", row.getLong(1));
                });
        return others;
    }

    public Page page(LossQuestion question, int page) {
        long[] all = {0};
        List<Loss> losses = rows(question, " limit :limit offset :offset")
                .param("limit", PAGE)
                .param("offset", (page - 1) * PAGE)
                .query((row, number) -> {
                    all[0] = row.getLong("all_rows");
                    return loss(row);
                })
                .list();
        return new Page(losses, all[0]);
    }

    /** Each loss, as a stream; for files. */
    public void each(LossQuestion question, Consumer<Loss> taker) {
        rows(question, "").query(row -> {
            taker.accept(loss(row));
        });
    }

    private JdbcClient.StatementSpec rows(LossQuestion question, String limit) {
        return asked(
                "select l.*, a.external_id, a.name, a.segment, m.name as owner_name, count(*) over () as all_rows "
                        + from(question) + " left join identity.team_member m on m.id = a.owner_id " + where(question)
                        + " order by l.lost_on desc, l.amount desc nulls last, l.id" + limit,
                question);
    }

    private JdbcClient.StatementSpec asked(String sql, LossQuestion question) {
        JdbcClient.StatementSpec statement = database.sql(sql)
                .param("from", question.from())
                .param("until", question.until())
                .param("today", question.today())
                .param("owner", question.owner());
        return question.group() == null ? statement : statement.param("group", question.group());
    }

    static Loss loss(ResultSet row) throws SQLException {
        return new Loss(
                row.getObject("id", UUID.class),
                row.getObject("account_id", UUID.class),
                row.getString("external_id"),
                row.getString("name"),
                row.getString("segment"),
                row.getString("owner_name"),
                row.getObject("cancelled_on", LocalDate.class),
                row.getObject("lost_on", LocalDate.class),
                row.getString("category"),
                row.getString("reason"),
                row.getString("detail"),
                row.getString("competitor"),
                row.getBigDecimal("amount"),
                row.getString("currency"),
                row.getBoolean("recorded"),
                row.getObject("first_on", LocalDate.class),
                row.getObject("back_on", LocalDate.class),
                row.getString("outcome"));
    }

    /** What the statement says of one group, in several rows. */
    private static final class Counted {

        private long losses;
        private long customers;
        private long back;
        private long without;
        private final List<Sum> money = new ArrayList<>();

        void take(ResultSet row) throws SQLException {
            if (row.getInt("any_currency") == 1) {
                losses = row.getLong("losses");
                customers = row.getLong("customers");
                back = row.getLong("back");
                without = row.getLong("without");
            } else if (row.getBigDecimal("amount") != null) {
                BigDecimal returned = row.getBigDecimal("amount_back");
                money.add(new Sum(
                        row.getString("currency"),
                        row.getBigDecimal("amount"),
                        returned == null ? BigDecimal.ZERO : returned));
            }
        }

        Group group(String key, LossCut by) {
            return new Group(key, by.words(key), losses, customers, back, without, List.copyOf(money));
        }
    }
}
