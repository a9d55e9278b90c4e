package io.perennial.surveys;

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

/** Answers as outcomes of success plans read them. Without an answer there is no value. */
@Component
class SurveyOutcomes implements OutcomeSource {

    private static final String CSAT = "survey_satisfaction";
    private static final int DAYS = 180;

    private final JdbcClient database;

    SurveyOutcomes(JdbcClient database) {
        this.database = database;
    }

    @Override
    public List<OutcomeMeasure> measures() {
        return List.of(new OutcomeMeasure(
                CSAT,
                "Satisfied in surveys",
                "%",
                "Answers of four fifths of the scale or better, of all answers about satisfaction in the last 180 days.",
                false));
    }

    @Override
    public Map<Asked, Value> read(Collection<Asked> asked, LocalDate today) {
        Map<Asked, Value> values = new HashMap<>();
        database.sql("""
                select r.account_id, count(*) as answers,
                    count(*) filter (where r.score >= 0.8 * coalesce(r.scale_max, 5)) as satisfied
                from surveys.survey_response r
                where r.account_id = any(:accounts) and r.kind = 'csat' and r.score is not null
                  and r.answered_at >= :from and r.answered_at < :until
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
                    values.put(
                            new Asked(new AccountId(row.getObject(1, UUID.class)), CSAT, ""),
                            new Value(
                                    row.getBigDecimal("satisfied")
                                            .movePointRight(2)
                                            .divide(row.getBigDecimal("answers"), 1, RoundingMode.HALF_UP),
                                    today.minusDays(1)));
                });
        return values;
    }
}
