package io.perennial.growth;

import io.perennial.identity.Viewer;
import io.perennial.shared.AccountId;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads opportunities, their sums, and what became of those that were won. Of other people's customers nothing is told. */
@Component
public class Opportunities {

    /** Of a list; the sums count all. */
    public static final int MOST = 200;

    /** Of one column of the board. */
    public static final int MOST_CARDS = 30;

    private static final String SEEN = " (:everything or a.owner_id = :member)";

    private final JdbcClient database;
    private final OpportunityRows rows;

    Opportunities(JdbcClient database, OpportunityRows rows) {
        this.database = database;
        this.rows = rows;
    }

    /**
     * @param stage key; empty for the open ones, {@code all} for every one
     * @param kind key; empty for every one
     * @param mine only those that the viewer owns
     */
    public record Filter(String stage, String kind, boolean mine, String words) {

        public boolean isPlain() {
            return stage.isEmpty() && kind.isEmpty() && !mine && words.isEmpty();
        }
    }

    /** @param weighted amounts times their probability */
    public record Sum(String currency, long n, BigDecimal amount, BigDecimal weighted) {}

    /** Won in the last year, credited by a stated rule; never added to direct revenue, and influence is no cause. */
    public record Credit(String currency, BigDecimal won, BigDecimal sourced, BigDecimal influenced, long n) {}

    /** What contract lines say that began around the day on which it was won. */
    public record Booked(BigDecimal annual, String currency, List<String> lines) {}

    private static String where(Filter filter) {
        String stage = switch (filter.stage()) {
            case "all" -> "true";
            case "" -> "o.phase not in ('won', 'lost')";
            default -> "o.phase = :stage";
        };
        return " where" + SEEN + " and " + stage + """
                 and (:kind = '' or coalesce(o.kind, 'expansion') = :kind) and (not :mine or o.owner_id = :member)
                 and (:words = '' or o.name ilike :like or a.name ilike :like)
                """;
    }

    private JdbcClient.StatementSpec asked(String sql, Filter filter, Viewer viewer) {
        String like = "%" + filter.words().replaceAll("([\\\\%_])", "\\\\$1") + "%";
        return database.sql(sql)
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .param("stage", filter.stage())
                .param("kind", filter.kind())
                .param("mine", filter.mine())
                .param("words", filter.words())
                .param("like", like);
    }

    /** Those expected soonest first, then the dearest. */
    public List<Opportunity> list(Filter filter, Viewer viewer) {
        return asked(
                        OpportunityRows.SELECT + where(filter)
                                + " order by o.ended_on desc nulls first, o.expected_on nulls last, o.amount desc nulls last, o.id"
                                + " limit " + MOST,
                        filter,
                        viewer)
                .query(OpportunityRows::opportunity)
                .list();
    }

    /** By stage and currency. */
    public List<StageSum> sums(Filter filter, Viewer viewer) {
        return asked("""
                select o.phase as stage, coalesce(o.currency, '') as currency, count(*) as n, coalesce(sum(o.amount), 0) as amount,
                    coalesce(sum(o.amount * case o.phase when 'won' then 100 when 'lost' then 0
                        else coalesce(o.probability, case o.phase when 'found' then 10 when 'qualified' then 25
                            when 'proposed' then 50 else 75 end) end / 100), 0) as weighted
                from growth.opportunity o join accounts.account a on a.id = o.account_id
                """ + where(filter) + " group by 1, 2 order by 1, 4 desc, 2", filter, viewer)
                .query((row, number) -> new StageSum(
                        Stage.find(row.getString("stage")).orElse(Stage.FOUND),
                        new Sum(
                                row.getString("currency"),
                                row.getLong("n"),
                                row.getBigDecimal("amount"),
                                row.getBigDecimal("weighted"))))
                .list();
    }

    public record StageSum(Stage stage, Sum sum) {}

    /** The cards of one column. */
    public List<Opportunity> cards(Stage stage, Filter filter, Viewer viewer) {
        Filter column = new Filter(stage.key(), filter.kind(), filter.mine(), filter.words());
        return asked(
                        OpportunityRows.SELECT + where(column)
                                + " order by o.ended_on desc nulls first, o.expected_on nulls last, o.amount desc nulls last, o.id"
                                + " limit " + MOST_CARDS,
                        column,
                        viewer)
                .query(OpportunityRows::opportunity)
                .list();
    }

    public Optional<Opportunity> find(UUID id, Viewer viewer) {
        return rows.find(id).filter(found -> visible(found.account(), viewer));
    }

    boolean visible(AccountId account, Viewer viewer) {
        return database.sql("select exists (select from accounts.account a where a.id = :account and" + SEEN + ")")
                .param("account", account.value())
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .query(Boolean.class)
                .single();
    }

    /** Open ones first, then those closed last. */
    public List<Opportunity> of(AccountId account, int limit) {
        return database.sql(OpportunityRows.SELECT + """
                 where o.account_id = :account
                order by o.phase in ('won', 'lost'), o.ended_on desc nulls last, o.expected_on nulls last, o.id limit :limit
                """)
                .param("account", account.value())
                .param("limit", limit)
                .query(OpportunityRows::opportunity)
                .list();
    }

    /** Per currency, of the year before this day. */
    public List<Credit> credits(LocalDate today, Viewer viewer) {
        return database.sql("""
                select c.currency, count(*) as n, sum(c.amount) as won,
                    coalesce(sum(c.amount) filter (where c.sourced), 0) as sourced,
                    coalesce(sum(c.amount) filter (where c.influenced), 0) as influenced
                from growth.credited c join accounts.account a on a.id = c.account_id
                where c.closed_on > :since and c.closed_on <= :today and c.amount is not null and c.currency is not null and
                """ + SEEN + " group by 1 order by 3 desc, 1")
                .param("since", today.minusYears(1))
                .param("today", today)
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .query((row, number) -> new Credit(
                        row.getString("currency"),
                        row.getBigDecimal("won"),
                        row.getBigDecimal("sourced"),
                        row.getBigDecimal("influenced"),
                        row.getLong("n")))
                .list();
    }

    /** Lines of the customer that begin from 45 days before to 90 days after it was won, of its product or program where it names one. */
    public Optional<Booked> booked(Opportunity opportunity) {
        LocalDate won = opportunity.closedOn();
        if (opportunity.stage() != Stage.WON || won == null) {
            return Optional.empty();
        }
        return Optional.of(database.sql("""
                select coalesce(sum(l.annual), 0) as annual, coalesce(:currency, min(l.currency), '') as currency,
                    coalesce(array_agg(l.product || ' from ' || l.starts_on order by l.starts_on, l.product), '{}') as lines
                from contracts.contract_line l left join contracts.contract c on c.id = l.contract_id
                where l.account_id = :account and l.starts_on between :from and :until
                  and (cast(:currency as text) is null or l.currency = :currency)
                  and (:product = '' or lower(l.product) = lower(:product))
                  and (:program = '' or lower(coalesce(l.program, c.program, '')) = lower(:program))
                """)
                .param("account", opportunity.account().value())
                .param("from", won.minusDays(45))
                .param("until", won.plusDays(90))
                .param("currency", opportunity.currency())
                .param("product", opportunity.product())
                .param("program", opportunity.program())
                .query((row, number) ->
                        new Booked(row.getBigDecimal("annual"), row.getString("currency"), List.of((String[])
                                row.getArray("lines").getArray())))
                .single());
    }
}
