package io.perennial.surveys;

import io.perennial.health.measures.Measure;
import io.perennial.health.measures.MeasureQuery;
import io.perennial.health.measures.MeasureSource;
import io.perennial.health.measures.Moments;
import io.perennial.health.measures.Readings;
import io.perennial.shared.AccountId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What customers say when asked. Every reading carries the day of its answer, so that old words fade. */
@Component
class SurveyMeasures implements MeasureSource {

    private final JdbcClient database;
    private final Answers answers;

    SurveyMeasures(JdbcClient database, Answers answers) {
        this.database = database;
        this.answers = answers;
    }

    @Override
    public List<Measure> measures() {
        return List.of(
                new Measure(
                        "nps",
                        "NPS",
                        "points",
                        "surveys",
                        "Promoters (9, 10) less detractors (0 to 6) in percent, over the latest answer of each person"
                                + " within " + Answers.DAYS + " days; -100 to 100."),
                new Measure(
                        "csat",
                        "Satisfaction",
                        "%",
                        "surveys",
                        "Share of satisfaction answers within " + Answers.DAYS
                                + " days in the upper fifth of the scale: 4 or 5 of 5."),
                new Measure(
                        "detractor",
                        "Latest detractor",
                        "points",
                        "surveys",
                        "The latest recommendation answer when it is 6 or less; otherwise not applicable."));
    }

    @Override
    public void moments(Instant from, Instant to, Moments into) {
        database.sql("""
                select account_id, max(answered_at) from surveys.survey_response
                where answered_at >= :from and answered_at < :to group by account_id
                """)
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("to", to.atOffset(ZoneOffset.UTC))
                .query(row -> {
                    into.at(
                            new AccountId(row.getObject(1, UUID.class)),
                            row.getObject(2, OffsetDateTime.class).toInstant());
                });
    }

    @Override
    public boolean connected(LocalDate asOf) {
        return database.sql("""
                select exists (select from surveys.survey_response where answered_at < cast(:day as date) + 1)
                """).param("day", asOf).query(Boolean.class).single();
    }

    @Override
    public void read(MeasureQuery query, Readings into) {
        if (query.accounts().isEmpty()) {
            return;
        }
        for (Map.Entry<AccountId, Answers.Voice> entry :
                answers.voices(query.facts()).entrySet()) {
            AccountId account = entry.getKey();
            Answers.Voice voice = entry.getValue();
            Answers.Recommendation nps = voice.recommendation();
            if (nps != null) {
                into.read(account, "nps", nps.points(), nps.latestOn(), nps::words);
                if (nps.latest() <= Answers.DETRACTOR) {
                    into.read(
                            account,
                            "detractor",
                            nps.latest(),
                            nps.latestOn(),
                            () -> "answered " + Answers.plain(nps.latest()) + " of 10");
                } else {
                    into.notApplicable(account, "detractor");
                }
            }
            Answers.Satisfaction csat = voice.satisfaction();
            if (csat != null) {
                into.read(account, "csat", csat.percent(), csat.latestOn(), csat::words);
            }
        }
    }
}
