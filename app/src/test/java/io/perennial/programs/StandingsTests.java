package io.perennial.programs;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.platform.records.Records;
import io.perennial.programs.Delivery.Row;
import io.perennial.programs.Delivery.State;
import io.perennial.programs.Delivery.Sum;
import io.perennial.programs.Entitlements.Decision;
import io.perennial.programs.Entitlements.Rule;
import io.perennial.programs.Program.Version;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import io.perennial.world.Book;
import io.perennial.world.MovableClock;
import io.perennial.world.PerennialTest;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is kept of every running term is what a recount from the ledger says, whatever happens. */
@PerennialTest
class StandingsTests {

    private static final Viewer ALL = new Viewer(UUID.randomUUID(), "Lin Wei", "lin@example.com", Role.LEADER, true);
    private static final List<String> UNITS = List.of("reviews", "hours", "seats");

    @Autowired
    JdbcClient database;

    @Autowired
    Records records;

    @Autowired
    Catalogue catalogue;

    @Autowired
    Publishing publishing;

    @Autowired
    Entitlements entitlements;

    @Autowired
    Standings standings;

    @Autowired
    Delivery delivery;

    @Autowired
    ProgramChoice choice;

    @Autowired
    MovableClock clock;

    Shelf shelf;
    Book book;

    @BeforeEach
    void aShelf() {
        shelf = new Shelf(catalogue, publishing, records);
        book = new Book(database);
    }

    /** A term by the ledger's entries and the versions as documents; judged below, in another language than the product's. */
    private record Term(
            AccountId account,
            UUID program,
            String unit,
            String title,
            BigDecimal granted,
            BigDecimal used,
            LocalDate starts,
            LocalDate ends,
            @Nullable BigDecimal worth,
            @Nullable String currency) {

        State state(LocalDate today) {
            if (used.compareTo(granted) > 0) {
                return State.BEYOND;
            }
            long days = days(today);
            BigDecimal pace = used.multiply(BigDecimal.valueOf(whole()));
            BigDecimal even = granted.multiply(BigDecimal.valueOf(days));
            if (days >= 14 && pace.compareTo(even) > 0) {
                return State.AHEAD;
            }
            return days * 4 >= whole() && pace.multiply(BigDecimal.TWO).compareTo(even) < 0
                    ? State.UNDER
                    : State.AS_EXPECTED;
        }

        @Nullable
        BigDecimal given(LocalDate today) {
            return worth == null || state(today) != State.BEYOND
                    ? null
                    : used.subtract(granted).multiply(worth).setScale(0, RoundingMode.HALF_UP);
        }

        @Nullable
        BigDecimal owed(LocalDate today) {
            return worth == null || state(today) != State.UNDER
                    ? null
                    : granted.multiply(BigDecimal.valueOf(days(today)))
                            .subtract(used.multiply(BigDecimal.valueOf(whole())))
                            .multiply(worth)
                            .divide(BigDecimal.valueOf(whole()), 0, RoundingMode.HALF_UP);
        }

        private long days(LocalDate today) {
            return ChronoUnit.DAYS.between(starts, today) + 1;
        }

        private long whole() {
            return ChronoUnit.DAYS.between(starts, ends);
        }

        String line(LocalDate today) {
            return String.join(
                    " | ",
                    account.toString(),
                    unit,
                    title,
                    plain(granted),
                    plain(used),
                    state(today).name(),
                    plain(given(today)),
                    plain(owed(today)),
                    currency == null ? "-" : currency);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void afterAnyStoryEveryFigureIsThatOfARecount(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Program premier = shelf.publish("Premier", offer(random));
        shelf.publish("Basic", Shelf.quarterly(offer(random)));
        List<AccountId> accounts = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            accounts.add(book.account("a" + i, "Customer " + i));
            contract(i, random);
        }
        List<UUID> held = new ArrayList<>();
        for (int step = 0; step < 60; step++) {
            AccountId account = accounts.get(random.nextInt(accounts.size()));
            switch (random.nextInt(9)) {
                case 0 -> clock.moveBy(Duration.ofDays(1 + random.nextInt(30)));
                case 1 -> standings.step();
                case 2 -> standings.judgeAll();
                case 3 -> contract(random.nextInt(accounts.size()), random);
                case 4 -> shelf.version(premier.id(), offer(random), today());
                case 5 -> choose(account, premier, random);
                case 6 -> giveBack(held, random);
                default -> draw(account, held, random, seed + "-" + step);
            }
            if (step % 6 == 5) {
                if (random.nextBoolean()) {
                    standings.judgeAll();
                    standings.fold();
                }
                compare();
            }
        }
        standings.judgeAll();
        assertThat(compare()).as("something was compared").isPositive();
    }

    @Test
    void aTermOnItsPaceToTheDayIsNotHeadingBeyond() {
        shelf.publish("Premier", Shelf.offer(Shelf.unit("hours", 30, Rule.WARN)));
        AccountId harbor = book.account("harbor", "Harbor Freight");
        shelf.contract("c", "harbor", "Premier", "2026-11-24", "2027-11-24");
        clock.moveBy(Duration.ofDays(72)); // 73 of 365 days: a fifth
        entitlements.draw(harbor, "hours", new BigDecimal("6"), "Hours", "h", Actor.SYSTEM);
        standings.judgeAll();

        assertThat(delivery.rows(ALL, today(), null, null, State.AHEAD, 1)).isEmpty();
        assertThat(delivery.rows(ALL, today(), null, null, State.AS_EXPECTED, 1))
                .hasSize(1);
    }

    /** @return terms that ran */
    private int compare() {
        LocalDate today = today();
        List<Term> recount = recount(today);
        List<String> wanted =
                recount.stream().map(term -> term.line(today)).sorted().toList();
        List<Row> rows = delivery.rows(ALL, today, null, null, null, 1);
        assertThat(rows.stream().map(StandingsTests::line).sorted().toList()).isEqualTo(wanted);
        assertThat(rows.stream().map(Row::state).toList()).isSortedAccordingTo(Comparator.comparing(State::ordinal));
        Map<String, Term> first = new TreeMap<>();
        Map<String, List<Term>> sums = new TreeMap<>();
        recount.forEach(term -> {
            String key = term.program() + " " + term.unit() + " " + term.currency();
            first.merge(key, term, (one, other) -> one.title().compareTo(other.title()) <= 0 ? one : other);
            sums.computeIfAbsent(key, none -> new ArrayList<>()).add(term);
        });
        Map<String, String> lines = new TreeMap<>();
        sums.forEach((key, of) ->
                lines.put(key, Objects.requireNonNull(first.get(key)).title() + sum(of, today)));
        Map<String, String> kept = new TreeMap<>();
        delivery.sums(ALL, today).forEach(sum -> kept.put(key(sum), sum.title() + line(sum)));
        assertThat(kept).isEqualTo(lines);
        return recount.size();
    }

    private static String key(Sum sum) {
        return sum.program() + " " + sum.unit() + " " + sum.currency();
    }

    private static String line(Sum sum) {
        StringBuilder line = new StringBuilder(" " + plain(sum.granted()) + " " + plain(sum.used()));
        for (State state : State.values()) {
            line.append(' ').append(sum.count(state));
        }
        return line + " " + plain(sum.given()) + " " + plain(sum.owed());
    }

    private static String sum(List<Term> terms, LocalDate today) {
        BigDecimal granted = BigDecimal.ZERO;
        BigDecimal used = BigDecimal.ZERO;
        BigDecimal given = BigDecimal.ZERO;
        BigDecimal owed = BigDecimal.ZERO;
        long[] states = new long[State.values().length];
        boolean priced = false;
        for (Term term : terms) {
            granted = granted.add(term.granted());
            used = used.add(term.used());
            states[term.state(today).ordinal()]++;
            priced |= term.worth() != null;
            BigDecimal beyond = term.given(today);
            BigDecimal behind = term.owed(today);
            given = beyond == null ? given : given.add(beyond);
            owed = behind == null ? owed : owed.add(behind);
        }
        StringBuilder line = new StringBuilder(" " + plain(granted) + " " + plain(used));
        for (long state : states) {
            line.append(' ').append(state);
        }
        return line + " " + plain(priced ? given : null) + " " + plain(priced ? owed : null);
    }

    private static String line(Row row) {
        return String.join(
                " | ",
                row.account().toString(),
                row.unit(),
                row.title(),
                plain(row.granted()),
                plain(row.used()),
                row.state().name(),
                plain(row.given()),
                plain(row.owed()),
                row.currency() == null ? "-" : row.currency());
    }

    private static String plain(@Nullable BigDecimal amount) {
        return amount == null
                ? "-"
                : amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
    }

    private List<Term> recount(LocalDate today) {
        return database
                .sql("""
                select p.account_id, v.program_id, p.unit, p.title, p.starts_on, p.ends_on,
                    sum(e.amount) filter (where e.kind = 'granted') as granted,
                    sum(case e.kind when 'reserved' then e.amount when 'released' then -e.amount else 0 end) as used,
                    jsonb_path_query_first(v.offer, '$.units[*] ? (@.unit == $unit)', jsonb_build_object('unit', p.unit))
                        ->> 'worth' as worth,
                    case when jsonb_path_exists(v.offer, '$.units[*] ? (@.unit == $unit)', jsonb_build_object('unit', p.unit))
                        then v.offer ->> 'currency' end as currency
                from programs.pot p join programs.entry e on e.pot_id = p.id
                join programs.enrolment n on n.id = p.enrolment_id join programs.version v on v.id = n.version_id
                where p.starts_on <= :today and p.ends_on > :today
                group by p.id, v.id
                """)
                .param("today", today)
                .query((row, number) -> new Term(
                        new AccountId(row.getObject("account_id", UUID.class)),
                        row.getObject("program_id", UUID.class),
                        row.getString("unit"),
                        row.getString("title"),
                        row.getBigDecimal("granted") == null ? BigDecimal.ZERO : row.getBigDecimal("granted"),
                        row.getBigDecimal("used"),
                        row.getObject("starts_on", LocalDate.class),
                        row.getObject("ends_on", LocalDate.class),
                        row.getBigDecimal("worth"),
                        row.getString("currency")))
                .list()
                .stream()
                .filter(term -> term.granted().signum() != 0 || term.used().signum() != 0)
                .toList();
    }

    private Offer offer(SplittableRandom random) {
        List<Offer.Unit> units = new ArrayList<>();
        for (String unit : UNITS) {
            if (random.nextInt(5) > 0) {
                Offer.Unit one = Shelf.unit(unit, 1 + random.nextInt(12), Rule.WARN);
                units.add(random.nextInt(3) > 0 ? Shelf.worth(1 + random.nextInt(999), one) : one);
            }
        }
        if (units.isEmpty()) {
            units.add(Shelf.unit("hours", 3, Rule.ALLOW));
        }
        return Shelf.offer(units.toArray(Offer.Unit[]::new));
    }

    private void contract(int i, SplittableRandom random) {
        LocalDate starts = today().minusDays(random.nextInt(500));
        shelf.contract(
                "c" + i,
                "a" + i,
                random.nextInt(3) == 0 ? "Basic" : "Premier",
                starts.toString(),
                random.nextInt(3) == 0
                        ? null
                        : today().plusDays(1 + random.nextInt(400)).toString());
    }

    private void choose(AccountId account, Program program, SplittableRandom random) {
        List<Version> versions = catalogue.versions(program.id()).stream()
                .filter(version -> !version.draft())
                .toList();
        choice.choose(
                ALL,
                account,
                null,
                versions.get(random.nextInt(versions.size())).id(),
                "Because");
    }

    private void draw(AccountId account, List<UUID> held, SplittableRandom random, String key) {
        BigDecimal amount = new BigDecimal(1 + random.nextInt(40)).movePointLeft(1);
        String unit = UNITS.get(random.nextInt(UNITS.size()));
        switch (random.nextInt(3)) {
            case 0 -> entitlements.draw(account, unit, amount, "Draw", key, Actor.SYSTEM);
            case 1 -> entitlements.grant(account, unit, amount, "Grant", key, Actor.SYSTEM);
            default -> {
                Decision decision = entitlements.reserveApproved(account, unit, amount, "Hold", key, Actor.SYSTEM);
                if (decision.reservation() != null) {
                    held.add(decision.reservation());
                }
            }
        }
    }

    private void giveBack(List<UUID> held, SplittableRandom random) {
        if (held.isEmpty()) {
            return;
        }
        UUID reservation = held.remove(random.nextInt(held.size()));
        if (random.nextBoolean()) {
            entitlements.consume(reservation, new BigDecimal("0.5"), Actor.SYSTEM);
            held.add(reservation);
        } else {
            entitlements.takeBack(reservation, Actor.SYSTEM);
        }
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
