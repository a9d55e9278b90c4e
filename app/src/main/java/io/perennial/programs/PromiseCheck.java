package io.perennial.programs;

import io.perennial.platform.web.Wording;
import io.perennial.programs.Entitlements.Balance;
import io.perennial.programs.HandOffs.Checked;
import io.perennial.shared.AccountId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Compares promises with what was bought. */
@Component
class PromiseCheck {

    private final JdbcClient database;
    private final Catalogue catalogue;

    PromiseCheck(JdbcClient database, Catalogue catalogue) {
        this.database = database;
        this.catalogue = catalogue;
    }

    /** So many of a unit are in a term. */
    record Included(String unit, String title, BigDecimal amount) {}

    /** Of running terms, with what was granted beside the program. */
    List<Included> granted(List<Balance> balances) {
        return balances.stream()
                .map(balance -> new Included(balance.unit(), balance.title(), balance.granted()))
                .toList();
    }

    /** Of a program that has not begun. */
    List<Included> included(@Nullable UUID enrolment) {
        return offer(enrolment) instanceof Offer offer
                ? offer.units().stream()
                        .map(unit -> new Included(unit.unit(), unit.title(), unit.amount()))
                        .toList()
                : List.of();
    }

    List<String> names(@Nullable UUID enrolment, List<Included> included) {
        Stream<String> benefits = offer(enrolment) instanceof Offer offer
                ? offer.benefits().stream().map(Offer.Benefit::title)
                : Stream.of();
        return Stream.concat(included.stream().map(Included::title), benefits)
                .distinct()
                .toList();
    }

    Checked check(Promise promise, Coverage coverage, List<Included> included) {
        String program = coverage.program() + (coverage.version() == 0 ? "" : " " + coverage.version());
        return switch (promise.kind()) {
            case UNIT -> unit(promise, program, included);
            case TARGET -> target(promise, program, coverage);
            case BENEFIT -> benefit(promise, program, coverage);
            case WORDS -> new Checked(promise, false, "No program can say whether it covers this; somebody has to.");
        };
    }

    private static Checked unit(Promise promise, String program, List<Included> included) {
        BigDecimal granted = included.stream()
                .filter(each -> same(each.unit(), promise.what()) || same(each.title(), promise.what()))
                .map(Included::amount)
                .findFirst()
                .orElse(null);
        if (granted == null) {
            return new Checked(promise, false, program + " includes none.");
        }
        boolean covered = granted.compareTo(promise.number()) >= 0;
        return new Checked(promise, covered, program + " gives " + Wording.amount(granted) + " in a term.");
    }

    private static Checked target(Promise promise, String program, Coverage coverage) {
        Priority priority = promise.priority() == null ? Priority.LOW : promise.priority();
        Targets targets = coverage.targets(priority);
        Duration bought = promise.what().equals(Promise.RESOLUTION) ? targets.resolution() : targets.firstResponse();
        if (bought == null) {
            return new Checked(promise, false, program + " promises no time for it.");
        }
        return new Checked(
                promise,
                bought.compareTo(promise.target()) <= 0,
                program + " promises " + Spoken.duration(bought) + " of working time.");
    }

    private Checked benefit(Promise promise, String program, Coverage coverage) {
        boolean covered = offer(coverage.enrolment()) instanceof Offer offer
                && offer.benefits().stream().anyMatch(benefit -> same(benefit.title(), promise.what()));
        return new Checked(promise, covered, covered ? "Part of " + program + "." : "No benefit of " + program + ".");
    }

    private @Nullable Offer offer(@Nullable UUID enrolment) {
        return enrolment == null
                ? null
                : database.sql("select version_id from programs.enrolment where id = :id")
                        .param("id", enrolment)
                        .query(UUID.class)
                        .optional()
                        .flatMap(catalogue::version)
                        .map(Program.Version::offer)
                        .orElse(null);
    }

    /** What the latest contract says about the sale. */
    Map<String, String> sold(AccountId account) {
        Map<String, String> facts = new LinkedHashMap<>();
        database.sql("""
                select coalesce(name, external_id) as contract, program, channel, geography, signed_on, starts_on, ends_on
                from contracts.contract where account_id = :account
                order by coalesce(starts_on, signed_on) desc nulls last, id limit 1
                """).param("account", account.value()).query(row -> {
            put(facts, "Contract", row.getString("contract"));
            put(facts, "Program", row.getString("program"));
            put(facts, "Sold through", row.getString("channel"));
            put(facts, "Geography", row.getString("geography"));
            put(facts, "Signed", day(row.getObject("signed_on", LocalDate.class)));
            put(facts, "Begins", day(row.getObject("starts_on", LocalDate.class)));
            put(facts, "Ends", day(row.getObject("ends_on", LocalDate.class)));
        });
        return facts;
    }

    private static @Nullable String day(@Nullable LocalDate date) {
        return date == null ? null : Wording.day(date);
    }

    private static void put(Map<String, String> facts, String name, @Nullable String value) {
        facts.put(name, value == null ? "not said" : value);
    }

    private static boolean same(String one, String other) {
        return one.replace('-', ' ')
                .strip()
                .equalsIgnoreCase(other.replace('-', ' ').strip());
    }
}
