package io.perennial.usage;

import io.perennial.health.detection.Drop;
import io.perennial.health.detection.FallingUsage;
import io.perennial.health.measures.Measure;
import io.perennial.health.measures.MeasureQuery;
import io.perennial.health.measures.MeasureSource;
import io.perennial.health.measures.Readings;
import io.perennial.shared.AccountId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What use says about the relationship. Windows end at the last finished day on which anybody used the product;
 * only {@code days_since_use} looks at today. What a silent source leaves unknown is not read as no use. An account that never used the product reads nothing: unknown.
 */
@Component
class UsageMeasures implements MeasureSource {

    static final int WINDOW = 28;

    /** A feed may lag this many days before the clock of silent accounts stops with it. */
    private static final int FEED_MAY_LAG = 3;

    private final JdbcClient database;
    private final UseOfAccounts uses;
    private final FeatureShifts shifts;
    private final Cohort cohort;
    private final AdoptionRenewal adoption;

    UsageMeasures(
            JdbcClient database, UseOfAccounts uses, FeatureShifts shifts, Cohort cohort, AdoptionRenewal adoption) {
        this.database = database;
        this.uses = uses;
        this.shifts = shifts;
        this.cohort = cohort;
        this.adoption = adoption;
    }

    @Override
    public List<Measure> measures() {
        return List.of(
                measure(
                        "usage_trend",
                        "Usage trend",
                        "times",
                        "Use of the last 28 days over use of the 28 days before."),
                measure(
                        "usage_usual",
                        "Use against own usual",
                        "times",
                        "Use a day in the last 28 days over the account's own use a day in the up to 92 days before."),
                measure(
                        "usage_drop",
                        "Falling usage",
                        "share lost",
                        "Share of the use lost since the account fell below what its own history and everybody else's"
                                + " days let expect; 0 when it did not."),
                measure("days_since_use", "Days since last use", "days", "Days since anybody there used the product."),
                measure(
                        "active_share",
                        "Licences used",
                        "share",
                        "Active users of the last 28 days over seats sold; without logins, the most active day."),
                measure(
                        "licences_unused",
                        "Licences unused",
                        "share",
                        "Share of the seats sold that nobody used in the last 28 days."),
                measure(
                        "stickiness",
                        "Stickiness",
                        "share",
                        "Users of a mean day over all users of the last 28 days: 1 when everybody comes every day."
                                + " Known where facts name logins."),
                measure(
                        "breadth",
                        "Breadth of use",
                        "share",
                        "Features used in the last 28 days over all features that anybody has used."),
                measure(
                        "depth",
                        "Depth of use",
                        "times",
                        "Uses per active user and day in the last 28 days, over the same for all accounts."),
                measure(
                        "use_per_seat",
                        "Use per seat",
                        "times",
                        "Licences used times depth of use: 1 when every seat sold is used as much as active users"
                                + " usually use theirs."));
    }

    private static Measure measure(String id, String title, String unit, String description) {
        return new Measure(id, title, unit, "usage", description);
    }

    @Override
    public boolean connected(LocalDate asOf) {
        return database.sql("select exists (select from usage.company_day where day <= :day)")
                .param("day", asOf)
                .query(Boolean.class)
                .single();
    }

    @Override
    public void seal(Instant now, LocalDate today) {
        cohort.seal(now, today);
        adoption.submitWhenDue(now, today);
    }

    @Override
    public void read(MeasureQuery query, Readings into) {
        if (query.accounts().isEmpty()) {
            return;
        }
        for (UseOfAccounts.Recent recent : uses.recent(query.facts())) {
            if (recent.held()) {
                read(recent, recent.last(), new HeldReadings(into, recent.last(), query.today()));
            } else {
                read(recent, query.today(), into);
            }
        }
    }

    private void read(UseOfAccounts.Recent recent, LocalDate today, Readings into) {
        LocalDate last = recent.last();
        List<Change> changes = new ArrayList<>();
        for (AccountUse use : recent.accounts()) {
            AccountId account = new AccountId(use.account());
            sinceUse(account, use, last, today, into);
            recent.cohort().ifPresent(all -> {
                AdoptionReadings.read(account, use, all, into);
                usual(account, use, all, into);
                changes.add(change(account, use, all));
            });
        }
        report(changes, last, into);
    }

    private static void sinceUse(AccountId account, AccountUse use, LocalDate last, LocalDate today, Readings into) {
        LocalDate knownTo = last.plusDays(FEED_MAY_LAG);
        LocalDate seen = knownTo.isBefore(today) ? last : today;
        long days = Math.max(0, ChronoUnit.DAYS.between(use.lastUsedOn(), seen));
        into.read(account, "days_since_use", days, seen, () -> Wording.lastUsed(days));
    }

    /** A month needs at least a month to be compared with. */
    private static void usual(AccountId account, AccountUse use, CohortTotals all, Readings into) {
        int known = (int) ChronoUnit.DAYS.between(use.firstUsedOn(), all.last()) + 1;
        int days = Math.min(known, Cohort.DAYS) - WINDOW;
        if (days < WINDOW) {
            return;
        }
        double before = use.sum(days + WINDOW, WINDOW) / days;
        double after = use.sum(WINDOW, 0) / WINDOW;
        if (before > 0) {
            into.read(
                    account,
                    "usage_usual",
                    after / before,
                    all.last(),
                    () -> Wording.weekly(before * 7, after * 7) + " against the " + days + " days before");
        }
    }

    private record Change(AccountId account, AccountUse use, double before, double after, Optional<Drop> drop) {

        /** A fall that people ask about; what moves less needs no feature named. */
        boolean fell() {
            return drop.isPresent() || (before > 0 && after < 0.8 * before);
        }
    }

    private static Change change(AccountId account, AccountUse use, CohortTotals all) {
        return new Change(account, use, use.sum(2 * WINDOW, WINDOW), use.sum(WINDOW, 0), drop(use, all));
    }

    /** From the first day of use on: days before it are no fall and no baseline. */
    private static Optional<Drop> drop(AccountUse use, CohortTotals all) {
        int start = (int) Math.max(0, ChronoUnit.DAYS.between(all.first(), use.firstUsedOn()));
        double[] own = use.series();
        if (start >= own.length) {
            return Optional.empty();
        }
        double[] others = all.without(own, use.countedInUsers());
        return FallingUsage.detect(
                Arrays.copyOfRange(own, start, own.length),
                Arrays.copyOfRange(others, start, others.length),
                all.first().plusDays(start));
    }

    private void report(List<Change> changes, LocalDate last, Readings into) {
        List<UUID> fallen = changes.stream()
                .filter(Change::fell)
                .map(change -> change.account().value())
                .toList();
        // Features are named when somebody asks: that reads facts of single features, and most ask for numbers only.
        Named reasons = new Named(() -> shifts.largestFalls(fallen, last));
        for (Change change : changes) {
            AccountUse use = change.use();
            if (change.before() > 0 && !use.firstUsedOn().isAfter(last.minusDays(2L * WINDOW - 1))) {
                Supplier<String> evidence = () -> {
                    String feature = reasons.of(change);
                    return feature != null ? feature : "use " + Wording.weekly(change.before() / 4, change.after() / 4);
                };
                into.read(change.account(), "usage_trend", change.after() / change.before(), last, evidence);
            }
            if (change.drop().isPresent()) {
                Drop drop = change.drop().get();
                into.read(change.account(), "usage_drop", Math.clamp(-drop.change(), 0, 1), last, () -> {
                    String feature = reasons.of(change);
                    return "use down " + Wording.percent(-drop.change()) + " since " + Wording.day(drop.startedOn())
                            + (feature == null ? "" : ", " + feature);
                });
            } else if (use.lastUsedOn().isBefore(last.minusDays(Cohort.DAYS - 1L))) {
                into.read(
                        change.account(), "usage_drop", 1, last, () -> "no use since " + Wording.day(use.lastUsedOn()));
            } else {
                into.read(change.account(), "usage_drop", 0, last, "use as expected");
            }
        }
    }

    /** The features whose use fell, read for all accounts when the first is asked for. */
    private static final class Named {

        private final Supplier<Map<UUID, String>> reader;
        private @Nullable Map<UUID, String> found;

        private Named(Supplier<Map<UUID, String>> reader) {
            this.reader = reader;
        }

        @Nullable
        String of(Change change) {
            if (!change.fell()) {
                return null;
            }
            if (found == null) {
                found = reader.get();
            }
            return found.get(change.account().value());
        }
    }
}
