package io.perennial.cases.desk;

import io.perennial.platform.web.Wording;
import io.perennial.programs.Coverage;
import io.perennial.programs.Entitlements;
import io.perennial.programs.Priority;
import io.perennial.programs.Programs;
import io.perennial.programs.Targets;
import io.perennial.shared.AccountId;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What a customer may expect of a case: shown to both sides before it is opened, and beside it while it is open. */
@Component
public class Expectations {

    private final Programs programs;
    private final Entitlements entitlements;
    private final Clock clock;

    Expectations(Programs programs, Entitlements entitlements, Clock clock) {
        this.programs = programs;
        this.entitlements = entitlements;
        this.clock = clock;
    }

    /** A priority with the times that would count if the case came in now. */
    public record Promise(
            Priority priority,
            @Nullable Duration answer,
            @Nullable Instant answerDue,
            @Nullable Duration solution,
            @Nullable Instant solutionDue) {}

    /**
     * @param cases what is left of the program's cases; null when nobody counts them
     * @param sentence what another case means for it, as both sides are told
     */
    public record Expected(
            Coverage coverage,
            boolean open,
            List<Promise> promises,
            Entitlements.@Nullable Balance cases,
            List<Entitlements.Balance> balances,
            String sentence) {

        /** Programs name their channels as they like; case does not matter. */
        public boolean includes(String channel) {
            return channel.isBlank() || coverage.channels().stream().anyMatch(known -> known.equalsIgnoreCase(channel));
        }
    }

    public Expected of(AccountId account) {
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        Coverage coverage = programs.coverage(account, today);
        List<Promise> promises = new ArrayList<>();
        for (Priority priority : Priority.values()) {
            Targets targets = coverage.targets(priority);
            if (!targets.isEmpty()) {
                promises.add(new Promise(
                        priority,
                        targets.firstResponse(),
                        due(coverage, now, targets.firstResponse()),
                        targets.resolution(),
                        due(coverage, now, targets.resolution())));
            }
        }
        List<Entitlements.Balance> balances = entitlements.balances(account, today);
        Entitlements.Balance cases = balances.stream()
                .filter(balance -> balance.unit().equals(CaseDesk.UNIT))
                .findFirst()
                .orElse(null);
        return new Expected(
                coverage, coverage.hours().isOpen(now), promises, cases, balances, sentence(coverage, cases));
    }

    private static @Nullable Instant due(Coverage coverage, Instant now, @Nullable Duration target) {
        return target == null ? null : coverage.hours().due(now, target);
    }

    private static String sentence(Coverage coverage, Entitlements.@Nullable Balance cases) {
        if (cases == null) {
            return "Cases are not counted.";
        }
        BigDecimal left = cases.left();
        if (left.compareTo(BigDecimal.ONE) >= 0) {
            return "Covered by " + coverage.program() + ": " + Wording.amount(left) + " of "
                    + Wording.amount(cases.granted()) + " cases are left until "
                    + Wording.day(cases.termEnds().minusDays(1)) + ".";
        }
        return "None of the cases of " + coverage.program() + " is left. "
                + switch (cases.rule()) {
                    case ALLOW -> "It is worked on all the same.";
                    case WARN -> "It is worked on, and counts as beyond the program.";
                    case APPROVAL -> "It waits until somebody approves it.";
                };
    }
}
