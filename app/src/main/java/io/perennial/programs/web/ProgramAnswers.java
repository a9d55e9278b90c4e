package io.perennial.programs.web;

import io.perennial.programs.Coverage;
import io.perennial.programs.Entitlements;
import io.perennial.programs.Entitlements.Decision;
import io.perennial.programs.Offer;
import io.perennial.programs.Priority;
import io.perennial.programs.Program;
import io.perennial.programs.Targets;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the API says about programs. */
final class ProgramAnswers {

    private ProgramAnswers() {}

    record ProgramList(List<ProgramAnswer> programs) {}

    record ProgramAnswer(
            String key,
            String name,
            int tier,
            boolean house,
            int version,
            @Nullable LocalDate soldFrom,
            String summary,
            @Nullable BigDecimal price,
            @Nullable String currency,
            BigDecimal worth,
            List<String> channels,
            List<TargetAnswer> targets,
            int termMonths,
            List<UnitAnswer> units,
            List<String> segments,
            List<BenefitAnswer> benefits) {

        static ProgramAnswer of(Program program, Program.Version version) {
            Offer offer = version.offer();
            return new ProgramAnswer(
                    program.key(),
                    program.name(),
                    program.tier(),
                    program.house(),
                    version.number(),
                    version.validFrom(),
                    offer.summary(),
                    offer.price(),
                    offer.currency(),
                    offer.value(),
                    offer.channels(),
                    promised(offer::targets),
                    offer.termMonths(),
                    offer.units().stream()
                            .map(unit -> new UnitAnswer(
                                    unit.unit(), unit.title(), unit.amount(), word(unit.rule()), unit.worth()))
                            .toList(),
                    offer.eligibility().segments(),
                    offer.benefits().stream()
                            .map(benefit -> new BenefitAnswer(benefit.title(), benefit.amount(), benefit.reasoning()))
                            .toList());
        }
    }

    record TargetAnswer(
            String priority,
            @Nullable Long firstResponseMinutes,
            @Nullable Long updateMinutes,
            @Nullable Long resolutionMinutes) {}

    record UnitAnswer(
            String unit,
            String title,
            BigDecimal amount,
            String rule,
            @Nullable BigDecimal worth) {}

    record BenefitAnswer(String title, @Nullable BigDecimal amount, String reasoning) {}

    record AccountProgramAnswer(
            String account,
            String program,
            int version,
            boolean bought,
            String zone,
            List<String> channels,
            List<TargetAnswer> targets,
            List<BalanceAnswer> balances) {

        static AccountProgramAnswer of(String account, Coverage coverage, List<Entitlements.Balance> balances) {
            return new AccountProgramAnswer(
                    account,
                    coverage.program(),
                    coverage.version(),
                    coverage.enrolment() != null,
                    coverage.hours().zone().getId(),
                    List.copyOf(new TreeSet<>(coverage.channels())),
                    promised(coverage::targets),
                    balances.stream().map(BalanceAnswer::of).toList());
        }
    }

    record BalanceAnswer(
            String unit,
            String title,
            BigDecimal granted,
            BigDecimal used,
            BigDecimal left,
            @Nullable BigDecimal forecast,
            LocalDate termStarts,
            LocalDate termEnds,
            String rule) {

        static BalanceAnswer of(Entitlements.Balance balance) {
            return new BalanceAnswer(
                    balance.unit(),
                    balance.title(),
                    balance.granted(),
                    balance.used(),
                    balance.left(),
                    balance.forecast(),
                    balance.termStarts(),
                    balance.termEnds(),
                    word(balance.rule()));
        }
    }

    record DrawRequest(
            @Nullable String unit,
            @Nullable BigDecimal amount,
            @Nullable String purpose) {}

    record DrawAnswer(
            String rule, String sentence, @Nullable BigDecimal left) {

        static DrawAnswer of(Decision decision) {
            return new DrawAnswer(word(decision.rule()), decision.sentence(), decision.left());
        }
    }

    private static String word(Entitlements.Rule rule) {
        return rule.name().toLowerCase(Locale.ROOT);
    }

    private static List<TargetAnswer> promised(Function<Priority, Targets> of) {
        return Arrays.stream(Priority.values())
                .filter(priority -> !of.apply(priority).isEmpty())
                .map(priority -> {
                    Targets each = of.apply(priority);
                    return new TargetAnswer(
                            priority.key(),
                            minutes(each.firstResponse()),
                            minutes(each.update()),
                            minutes(each.resolution()));
                })
                .toList();
    }

    private static @Nullable Long minutes(@Nullable Duration target) {
        return target == null ? null : target.toMinutes();
    }
}
