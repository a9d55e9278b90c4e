package io.perennial.programs;

import io.perennial.accounts.AccountIds;
import io.perennial.health.measures.Measure;
import io.perennial.health.measures.MeasureQuery;
import io.perennial.health.measures.MeasureSource;
import io.perennial.health.measures.Readings;
import io.perennial.platform.web.Wording;
import io.perennial.programs.Entitlements.Balance;
import io.perennial.shared.AccountId;
import io.perennial.shared.Span;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whether a customer gets what it pays for: who leaves units unused asks one day what the program is for. */
@Component
class EntitlementMeasures implements MeasureSource {

    static final String UNUSED = "entitlement_unused";

    /** Earlier in a term nobody can tell slow from late; the report on delivery waits as long. */
    private static final double SHARE_BEFORE_READING = 0.25;

    private final JdbcClient database;
    private final Balances balances;

    EntitlementMeasures(JdbcClient database, Balances balances) {
        this.database = database;
        this.balances = balances;
    }

    @Override
    public List<Measure> measures() {
        return List.of(new Measure(
                UNUSED,
                "Entitlements unused",
                "share",
                "programs",
                "Of what should have been used by now, at an even pace over the term, the share that was not; the mean of"
                        + " all units of terms of which a quarter has passed. 0 = on pace or ahead, 1 = nothing used. Requests for help are left"
                        + " out: who does not need them lacks nothing."));
    }

    @Override
    public boolean connected(LocalDate asOf) {
        return database.sql("select exists (select from programs.entry where at < :end)")
                .param(
                        "end",
                        Timestamp.from(
                                asOf.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant()))
                .query(Boolean.class)
                .single();
    }

    @Override
    public void read(MeasureQuery query, Readings into) {
        if (query.accounts().isEmpty()) {
            return;
        }
        Span span = query.once().span();
        Collection<AccountId> accounts = span == null
                ? query.accounts()
                : span.among(query.accounts(), this, all -> AccountIds.found(database, ENTITLED, all));
        Map<AccountId, List<Balance>> known =
                accounts.isEmpty() ? Map.of() : balances.of(accounts, query.today(), query.asOf());
        for (AccountId account : query.accounts()) {
            List<Balance> counted = known.getOrDefault(account, List.of()).stream()
                    .filter(balance -> !balance.unit().equals("cases")
                            && balance.granted().signum() > 0
                            && passed(balance, query.today()) >= SHARE_BEFORE_READING)
                    .toList();
            if (counted.isEmpty()) {
                into.notApplicable(account, UNUSED);
                continue;
            }
            double unused = counted.stream()
                    .mapToDouble(balance -> behind(balance, query.today()))
                    .average()
                    .orElse(0);
            into.read(account, UNUSED, unused, query.today(), () -> evidence(counted, query.today()));
        }
    }

    private static final String ENTITLED =
            "select distinct account_id from programs.pot where account_id = any(:accounts)";

    private static double behind(Balance balance, LocalDate today) {
        double expected = balance.granted().doubleValue() * passed(balance, today);
        return Math.clamp(1 - balance.used().doubleValue() / expected, 0, 1);
    }

    private static double passed(Balance balance, LocalDate today) {
        double days = ChronoUnit.DAYS.between(balance.termStarts(), balance.termEnds());
        return days <= 0 ? 0 : (ChronoUnit.DAYS.between(balance.termStarts(), today) + 1) / days;
    }

    /** {@code 34 of 40 expert hours and 2 of 2 reviews unused, 48 % of the term passed}: what is furthest behind first. */
    private static String evidence(List<Balance> counted, LocalDate today) {
        List<String> parts = counted.stream()
                .filter(balance -> behind(balance, today) > 0)
                .sorted(Comparator.comparingDouble((Balance balance) -> behind(balance, today))
                        .reversed())
                .limit(3)
                .map(balance -> Wording.amount(balance.left().max(BigDecimal.ZERO)) + " of "
                        + Wording.amount(balance.granted()) + " " + Wordings.lower(balance.title()))
                .toList();
        if (parts.isEmpty()) {
            return "everything on pace, " + Math.round(passed(counted.getFirst(), today) * 100)
                    + " % of the term passed";
        }
        return String.join(" and ", parts) + " unused, " + Math.round(passed(counted.getFirst(), today) * 100)
                + " % of the term passed";
    }
}
