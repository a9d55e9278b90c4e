package io.perennial.cases;

import io.perennial.health.detection.CohortMoments;
import io.perennial.health.detection.Moderation;
import io.perennial.health.detection.RequestModeration;
import io.perennial.health.measures.Measure;
import io.perennial.health.measures.MeasureQuery;
import io.perennial.health.measures.MeasureSource;
import io.perennial.health.measures.Moments;
import io.perennial.health.measures.Readings;
import io.perennial.shared.AccountId;
import io.perennial.shared.Span;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What requests for help say about the relationship: too many, too few, slow, reopened, unsolved. An account that
 * never asked reads nothing: whether it has no questions or asks elsewhere is not known.
 */
@Component
class CaseMeasures implements MeasureSource {

    private final JdbcClient database;
    private final AccountCases cases;
    private final RequestCohort cohort;

    CaseMeasures(JdbcClient database, AccountCases cases, RequestCohort cohort) {
        this.database = database;
        this.cases = cases;
        this.cohort = cohort;
    }

    @Override
    public List<Measure> measures() {
        return List.of(
                measure(
                        "request_load",
                        "Requests for help",
                        "points",
                        "100 when the last four weeks brought as many cases as this account's own weeks let expect;"
                                + " less for many more or many fewer."),
                measure(
                        "requests_high_p",
                        "Too many requests",
                        "chance",
                        "Chance of so many cases in four weeks if nothing had changed; under .01 is too many."),
                measure(
                        "requests_low_p",
                        "Too few requests",
                        "chance",
                        "Chance of so few cases if nothing had changed; means something only with falling use."),
                measure("reopened_28", "Reopened cases", "cases", "Reopenings of cases solved in the last 28 days."),
                measure(
                        "slow_first_response",
                        "First response",
                        "hours",
                        "Median hours to the first answer, cases opened in the last 90 days."),
                measure("open_urgent", "Urgent cases open", "cases", "Open cases of priority urgent."),
                measure("oldest_open_days", "Oldest open case", "days", "Days since the oldest open case came in."),
                measure(
                        "case_satisfaction",
                        "Satisfaction with cases",
                        "%",
                        "Share of answers after cases, in 180 days, in the upper fifth of the scale: 4 or 5 of 5."));
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

    @Override
    public void seal(Instant now, LocalDate today) {
        cohort.seal(now, today);
    }

    @Override
    public void moments(Instant from, Instant to, Moments into) {
        cases.moments(from, to, into);
    }

    @Override
    public void sealPast(Instant now, LocalDate day) {
        cohort.sealPast(now, day);
    }

    @Override
    public void read(MeasureQuery query, Readings into) {
        if (query.accounts().isEmpty()) {
            return;
        }
        List<AccountCases.Cases> read = cases.read(query.facts());
        if (read.isEmpty()) {
            return;
        }
        Span span = query.once().span();
        CohortMoments moments = span == null
                ? cohort.moments(query.today())
                : span.ofEverybody(List.of(cohort, query.today()), () -> cohort.moments(query.today()));
        for (AccountCases.Cases one : read) {
            load(one, moments, query.today(), into);
            quality(one, query.today(), into);
        }
    }

    private static void load(AccountCases.Cases cases, CohortMoments moments, LocalDate today, Readings into) {
        Moderation moderation = RequestModeration.assess(cases.weekly(), moments, 1);
        Supplier<String> evidence = () -> counted(moderation.actual4(), "case") + " in four weeks, "
                + String.format(Locale.ENGLISH, "%.1f expected", moderation.expected4());
        into.read(cases.account(), "request_load", moderation.subScore(), today, evidence);
        into.read(cases.account(), "requests_high_p", moderation.pHigh(), today, evidence);
        into.read(cases.account(), "requests_low_p", moderation.pLow(), today, evidence);
    }

    private static void quality(AccountCases.Cases cases, LocalDate today, Readings into) {
        AccountId account = cases.account();
        into.read(
                account,
                "reopened_28",
                cases.reopened(),
                today,
                () -> cases.reopened() == 0
                        ? "none reopened in 28 days"
                        : "reopened " + times(cases.reopened()) + " in 28 days");
        into.read(
                account,
                "open_urgent",
                cases.openUrgent(),
                today,
                () -> cases.openUrgent() == 0
                        ? "no urgent case open"
                        : counted(cases.openUrgent(), "urgent case") + " open");
        into.read(
                account,
                "oldest_open_days",
                cases.oldestOpenDays(),
                today,
                () -> cases.open() == 0
                        ? "no case open"
                        : counted(cases.open(), "case") + " open, the oldest for "
                                + counted(cases.oldestOpenDays(), "day"));
        Double hours = cases.firstResponseHours();
        if (hours != null) {
            into.read(account, "slow_first_response", hours, today, () -> "first answer after " + hours(hours));
        } else if (cases.openedIn90Days() == 0) {
            into.notApplicable(account, "slow_first_response");
        }
        LocalDate answeredOn = cases.answeredOn();
        if (answeredOn != null && cases.answers() > 0) {
            into.read(
                    account,
                    "case_satisfaction",
                    100.0 * cases.satisfied() / cases.answers(),
                    answeredOn,
                    () -> cases.satisfied() + " of " + cases.answers() + (cases.answers() == 1 ? " answer" : " answers")
                            + " satisfied");
        }
    }

    private static String counted(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private static String times(int number) {
        return number == 1 ? "once" : number == 2 ? "twice" : number + " times";
    }

    private static String hours(double hours) {
        return String.format(Locale.ENGLISH, hours < 10 ? "%.1f hours" : "%.0f hours", hours);
    }
}
