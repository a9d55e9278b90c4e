package io.perennial.cancellations;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Customers whom the ledger of revenue lost and of whom nobody recorded why: they are no part of the analysis until somebody does. */
@Component
public class Unrecorded {

    public static final int PAGE = 50;

    private final JdbcClient database;

    Unrecorded(JdbcClient database) {
        this.database = database;
    }

    /** @param lastDay with revenue */
    public record Gone(
            UUID account,
            String name,
            @Nullable String segment,
            @Nullable String owner,
            BigDecimal amount,
            String currency,
            @Nullable LocalDate lastDay) {}

    /** A page; {@code all} are there. */
    public record Page(List<Gone> customers, long all) {}

    /** Who had revenue as the period began and none at its end, and no cancellation around that day. */
    private static final String GONE = """
            from contracts.revenue_movements(cast(:from as date) - 1, least(cast(:until as date) - 1, cast(:today as date)), :today, true) m
            join accounts.account a on a.id = m.account_id
            where m.leads and m.movement = 'churn' and (cast(:owner as uuid) is null or a.owner_id = :owner)
              and not exists (
                select from contracts.cancellation c
                where c.account_id = m.account_id and c.reactivated is not true
                  and coalesce(c.effective_on, c.cancelled_on) >= cast(:from as date) - 400
                  and coalesce(c.effective_on, c.cancelled_on) < cast(:until as date) + 400)
            """;

    @Transactional(readOnly = true)
    public long count(LossQuestion question) {
        return asked("select count(*) " + GONE, question).query(Long.class).single();
    }

    /** The dearest first. */
    @Transactional(readOnly = true)
    public Page page(LossQuestion question, int page) {
        long[] all = {0};
        List<Gone> customers = asked("""
                select g.*, o.name as owner, (
                    select max(r.until_day) - 1 from contracts.revenue r
                    where r.account_id = g.account_id and r.state = 'running' and r.until_day <= :until) as last_day
                from (
                    select m.account_id, a.name, a.segment, a.owner_id, m.started, m.currency, count(*) over () as all_rows
                    %s
                    order by m.started desc, a.name, m.account_id limit :limit offset :offset
                ) g
                left join identity.team_member o on o.id = g.owner_id
                order by g.started desc, g.name, g.account_id""".formatted(GONE), question)
                .param("limit", PAGE)
                .param("offset", (page - 1) * PAGE)
                .query((row, number) -> {
                    all[0] = row.getLong("all_rows");
                    return new Gone(
                            row.getObject("account_id", UUID.class),
                            row.getString("name"),
                            row.getString("segment"),
                            row.getString("owner"),
                            row.getBigDecimal("started"),
                            row.getString("currency"),
                            row.getObject("last_day", LocalDate.class));
                })
                .list();
        return new Page(customers, all[0]);
    }

    private JdbcClient.StatementSpec asked(String sql, LossQuestion question) {
        return database.sql(sql)
                .param("from", question.from())
                .param("until", question.until())
                .param("today", question.today())
                .param("owner", question.owner());
    }
}
