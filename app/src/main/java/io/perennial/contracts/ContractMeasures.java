package io.perennial.contracts;

import io.perennial.health.measures.Measure;
import io.perennial.health.measures.MeasureQuery;
import io.perennial.health.measures.MeasureSource;
import io.perennial.health.measures.Readings;
import io.perennial.shared.AccountId;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What the contracts say about the relationship. Ends are taken as they were known on the day: a cut that came later
 * does not leak into the past.
 */
@Component
class ContractMeasures implements MeasureSource {

    private static final String DAYS_TO_RENEWAL = "days_to_renewal";
    private static final String SHRINKING = "shrinking";
    private static final String AUTO_RENEW = "auto_renew";
    private static final String TENURE = "tenure_days";
    private static final int YEAR = 365;

    private final JdbcClient database;
    private final Terms terms;

    ContractMeasures(JdbcClient database, Terms terms) {
        this.database = database;
        this.terms = terms;
    }

    @Override
    public List<Measure> measures() {
        return List.of(
                new Measure(
                        DAYS_TO_RENEWAL,
                        "Days to renewal",
                        "days",
                        "contracts",
                        "Days until the nearest agreed end of a running contract or line. Below zero when all has ended and a late"
                                + " renewal may still come: until the grace is over or the loss is on record."),
                new Measure(
                        SHRINKING,
                        "Revenue against a year ago",
                        "ratio",
                        "contracts",
                        "Recurring revenue today divided by that of 365 days ago, in the account's main currency of"
                                + " then; below 1 the account shrinks."),
                new Measure(
                        AUTO_RENEW,
                        "Renews by itself",
                        "yes or no",
                        "contracts",
                        "1 when what ends next goes on by itself, 0 when somebody must act."),
                new Measure(
                        TENURE,
                        "Days as a customer",
                        "days",
                        "contracts",
                        "Days since the first contract or line began."));
    }

    @Override
    public boolean connected(LocalDate asOf) {
        return database.sql("""
                select exists (select from contracts.contract_line where starts_on <= :day)
                    or exists (select from contracts.contract where starts_on <= :day)
                """).param("day", asOf).query(Boolean.class).single();
    }

    @Override
    public void read(MeasureQuery query, Readings into) {
        if (query.accounts().isEmpty()) {
            return;
        }
        LocalDate today = query.today();
        Map<AccountId, Terms.Known> known = terms.of(query.facts());
        for (AccountId account : query.accounts()) {
            TermsOnDay contracts = TermsOnDay.of(known.getOrDefault(account, Terms.Known.NOTHING), today);
            Optional<LocalDate> first = contracts.since();
            if (first.isEmpty()) {
                for (String measure : List.of(DAYS_TO_RENEWAL, SHRINKING, AUTO_RENEW, TENURE)) {
                    into.notApplicable(account, measure);
                }
                continue;
            }
            tenure(account, first.get(), today, into);
            Optional<TermsOnDay.End> next = contracts.nextEnd(false);
            LocalDate end = next.map(TermsOnDay.End::on).orElse(null);
            if (contracts.lapsedOn() == null) {
                renewal(account, end, today, into);
            } else {
                overdue(account, contracts, today, into);
            }
            automatic(account, end, next.map(TermsOnDay.End::autoRenew).orElse(null), today, into);
            shrinking(account, contracts.since(today.minusDays(YEAR)).orElse(null), today, into);
        }
    }

    private static void tenure(AccountId account, LocalDate first, LocalDate today, Readings into) {
        into.read(account, TENURE, ChronoUnit.DAYS.between(first, today), today, () -> "customer since " + first);
    }

    private static void renewal(AccountId account, @Nullable LocalDate end, LocalDate today, Readings into) {
        if (end == null) {
            into.notApplicable(account, DAYS_TO_RENEWAL);
            return;
        }
        long days = ChronoUnit.DAYS.between(today, end);
        into.read(account, DAYS_TO_RENEWAL, days, today, () -> "renews in " + days + " days, on " + end);
    }

    /** The renewal was due and may still come: nobody has said that the customer is gone. */
    private static void overdue(AccountId account, TermsOnDay contracts, LocalDate today, Readings into) {
        LocalDate ended = Objects.requireNonNull(contracts.lapsedOn());
        long late = ChronoUnit.DAYS.between(ended, today);
        if (contracts.lapsedByAMonth() && late <= TermsOnDay.A_MONTH) {
            into.read(
                    account,
                    DAYS_TO_RENEWAL,
                    0,
                    today,
                    () -> "the last month ended on " + ended + ", and the next is not on record yet");
            return;
        }
        into.read(
                account,
                DAYS_TO_RENEWAL,
                -late,
                today,
                () -> "the last term ended on " + ended
                        + (late == 0 ? "" : late == 1 ? ", a day ago" : ", " + late + " days ago")
                        + ", and nothing follows it");
    }

    private static void automatic(
            AccountId account, @Nullable LocalDate end, @Nullable Boolean automatic, LocalDate today, Readings into) {
        if (end == null || !end.isAfter(today)) {
            into.notApplicable(account, AUTO_RENEW);
        } else if (automatic != null) {
            into.read(
                    account,
                    AUTO_RENEW,
                    automatic ? 1 : 0,
                    today,
                    () -> (automatic ? "renews by itself on " : "must be renewed by hand by ") + end);
        }
    }

    private static void shrinking(
            AccountId account, TermsOnDay.@Nullable Revenue revenue, LocalDate today, Readings into) {
        if (revenue == null) {
            into.notApplicable(account, SHRINKING);
            return;
        }
        BigDecimal before = revenue.before();
        BigDecimal now = revenue.now();
        double ratio = now.divide(before, 6, RoundingMode.HALF_UP).doubleValue();
        Supplier<String> evidence =
                () -> "revenue a year " + whole(before) + " to " + whole(now) + " " + revenue.currency();
        into.read(account, SHRINKING, ratio, today, evidence);
    }

    private static String whole(BigDecimal amount) {
        return amount.setScale(0, RoundingMode.HALF_UP).toPlainString();
    }
}
