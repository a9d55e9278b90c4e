package io.perennial.cases;

import io.perennial.shared.AccountId;
import io.perennial.success.measures.OutcomeMeasure;
import io.perennial.success.measures.OutcomeSource;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Requests for help as outcomes of success plans read them. A company that never kept a case has no value, not zero. */
@Component
class CaseOutcomes implements OutcomeSource {

    private static final String PER_MONTH = "cases_per_month";
    private static final String SATISFACTION = "case_satisfaction";
    private static final int DAYS = 90;

    private final JdbcClient database;

    CaseOutcomes(JdbcClient database) {
        this.database = database;
    }

    @Override
    public List<OutcomeMeasure> measures() {
        return List.of(
                new OutcomeMeasure(
                        PER_MONTH,
                        "Requests for help in a month",
                        "cases",
                        "Cases opened in the last 90 days, divided by three; merged ones count once.",
                        false),
                new OutcomeMeasure(
                        SATISFACTION,
                        "Satisfied after cases",
                        "%",
                        "Answers of four fifths of the scale or better, of all answers after cases solved in the last 90 days.",
                        false));
    }

    @Override
    public Map<Asked, Value> read(Collection<Asked> asked, LocalDate today) {
        Map<Asked, Value> values = new HashMap<>();
        database.sql("""
                select k.account_id, round(count(c.id) filter (where c.opened_at >= :from) / 3.0, 1) as per_month,
                    count(c.id) filter (where c.resolved_at >= :from and c.satisfaction is not null) as answers,
                    count(c.id) filter (where c.resolved_at >= :from
                        and c.satisfaction >= 0.8 * coalesce(c.satisfaction_scale, 5)) as satisfied
                from unnest(:accounts) k (account_id)
                left join cases.support_case c on c.account_id = k.account_id and c.opened_at < :until
                    and c.merged_into is null and (c.opened_at >= :from or c.resolved_at >= :from)
                where exists (select from cases.support_case)
                group by 1
                """)
                .param(
                        "accounts",
                        asked.stream()
                                .map(one -> one.account().value())
                                .distinct()
                                .toArray(UUID[]::new))
                .param("from", today.minusDays(DAYS).atStartOfDay().atOffset(ZoneOffset.UTC))
                .param("until", today.atStartOfDay().atOffset(ZoneOffset.UTC))
                .query(row -> {
                    AccountId account = new AccountId(row.getObject(1, UUID.class));
                    LocalDate last = today.minusDays(1);
                    values.put(new Asked(account, PER_MONTH, ""), new Value(row.getBigDecimal("per_month"), last));
                    long answers = row.getLong("answers");
                    if (answers > 0) {
                        values.put(
                                new Asked(account, SATISFACTION, ""),
                                new Value(
                                        row.getBigDecimal("satisfied")
                                                .movePointRight(2)
                                                .divide(row.getBigDecimal("answers"), 1, RoundingMode.HALF_UP),
                                        last));
                    }
                });
        values.keySet()
                .removeIf(one -> asked.stream()
                        .noneMatch(wanted -> wanted.account().equals(one.account())
                                && wanted.measure().equals(one.measure())));
        return values;
    }
}
