package io.perennial.programs;

import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.Records;
import io.perennial.platform.records.RowOutcome;
import io.perennial.programs.Entitlements.Rule;
import io.perennial.programs.Offer.Benefit;
import io.perennial.programs.Offer.Eligibility;
import io.perennial.programs.Offer.Unit;
import io.perennial.programs.Program.Version;
import io.perennial.shared.Actor;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Programs on the shelf of a test's company, and the contracts by which customers buy them. */
final class Shelf {

    static final Viewer LEADER = new Viewer(UUID.randomUUID(), "Lin Wei", "lin.wei@example.com", Role.LEADER, true);

    private final Catalogue catalogue;
    private final Publishing publishing;
    private final Records records;

    Shelf(Catalogue catalogue, Publishing publishing, Records records) {
        this.catalogue = catalogue;
        this.publishing = publishing;
        this.records = records;
    }

    static Offer offer(Unit... units) {
        return new Offer(
                "For everybody.",
                new BigDecimal("6000"),
                "EUR",
                null,
                List.of("email"),
                Map.of(Priority.URGENT, new Targets(Duration.ofHours(2), null, Duration.ofHours(16))),
                12,
                List.of(units),
                new Eligibility(List.of(), ""),
                List.of(new Benefit("Named expert", new BigDecimal("9000"), "60 hours saved at 150 an hour")));
    }

    static Offer onlyFor(List<String> segments) {
        return like(offer(), 12, new Eligibility(segments, ""));
    }

    /** The same with terms of three months. */
    static Offer quarterly(Offer offer) {
        return like(offer, 3, offer.eligibility());
    }

    private static Offer like(Offer offer, int termMonths, Eligibility eligibility) {
        return new Offer(
                offer.summary(),
                offer.price(),
                offer.currency(),
                offer.calendar(),
                offer.channels(),
                offer.targets(),
                termMonths,
                offer.units(),
                eligibility,
                offer.benefits());
    }

    static Unit unit(String name, int amount, Rule rule) {
        return new Unit(
                name,
                name.substring(0, 1).toUpperCase(Locale.ROOT)
                        + name.substring(1).replace('-', ' '),
                BigDecimal.valueOf(amount),
                rule,
                null);
    }

    static Unit worth(int one, Unit unit) {
        return new Unit(unit.unit(), unit.title(), unit.amount(), unit.rule(), BigDecimal.valueOf(one));
    }

    /** A program with one published version, sold from 2020 on. */
    Program publish(String name, Offer offer) {
        UUID program = catalogue.create(LEADER, name).program();
        version(program, offer, LocalDate.of(2020, 1, 1));
        return catalogue.program(program).orElseThrow();
    }

    Version version(UUID program, Offer offer, LocalDate validFrom) {
        catalogue.save(LEADER, program, catalogue.draft(LEADER, program).edits(), offer);
        return publishing
                .publish(LEADER, program, catalogue.draft(LEADER, program).edits(), validFrom)
                .version();
    }

    void contract(String id, String account, @Nullable String program, String starts, @Nullable String ends) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("account", account);
        values.put("program", program);
        values.put("starts_on", starts);
        values.put("ends_on", ends);
        write("contracts", id, values);
    }

    /** A line of a contract that names a program the contract itself does not. */
    void line(String id, String contract, String account, String program, String starts) {
        write(
                "contract-lines",
                id,
                Map.of(
                        "account",
                        account,
                        "contract",
                        contract,
                        "product",
                        "Support",
                        "program",
                        program,
                        "currency",
                        "EUR",
                        "starts_on",
                        starts));
    }

    void write(String type, String id, Map<String, ? extends @Nullable Object> values) {
        List<RowOutcome> outcomes = records.upsert(
                records.type(type).orElseThrow(),
                List.of(new RecordRow(1, id, new LinkedHashMap<>(values), Map.of())),
                Actor.SYSTEM,
                new Records.Write(null, "The sale", Records.Formats.ISO));
        if (outcomes.getFirst().result() == RowOutcome.Result.INVALID) {
            throw new IllegalStateException(outcomes.toString());
        }
    }
}
