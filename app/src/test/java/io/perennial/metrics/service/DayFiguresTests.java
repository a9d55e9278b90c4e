package io.perennial.metrics.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.metrics.Answer;
import io.perennial.metrics.Definition;
import io.perennial.metrics.Dimension;
import io.perennial.metrics.Figure;
import io.perennial.metrics.Question;
import io.perennial.shared.AccountId;
import io.perennial.world.Book;
import io.perennial.world.MovableClock;
import io.perennial.world.PerennialTest;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
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

/** What is kept of days is what the cases say, whatever happens to them. Today is the 24th of November 2026. */
@PerennialTest
class DayFiguresTests {

    private static final MathContext DIGITS = new MathContext(10);

    @Autowired
    JdbcClient database;

    @Autowired
    CaseReadings cases;

    @Autowired
    DailyReadings daily;

    @Autowired
    DayKeeping keeping;

    @Autowired
    MovableClock clock;

    AccountId oslo;

    @BeforeEach
    void aCustomer() {
        oslo = new Book(database).account("oslo", "Oslo Ferry");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void afterAnyStoryKeptDaysSayWhatTheCasesSay(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 60; i++) {
            open(random);
        }
        int fromDays = 0;
        for (int step = 0; step < 120; step++) {
            switch (random.nextInt(10)) {
                case 0 -> open(random);
                case 1 -> say(random);
                case 2 -> promise(random);
                case 3 -> change(random);
                case 4 -> solve(random);
                case 5 -> relate(random);
                case 6 -> take(random);
                case 7 -> clock.moveBy(Duration.ofHours(random.nextInt(60)));
                default -> keeping.step();
            }
            if (random.nextInt(6) == 0) {
                keeping.keepAll();
            }
            if (step % 4 == 0) {
                fromDays += compare(random);
            }
        }
        assertThat(fromDays).as("answers from kept days").isGreaterThan(100);
    }

    @Test
    void aChangedDayIsCountedFromItsCasesUntilItIsKeptAgain() {
        open("2026-09-01T08:00Z");
        keeping.keepAll();
        assertThat(kept()).isPositive();

        database.sql("update cases.support_case set reopened = 1").update();

        assertThat(database.sql("select count(*) from metrics.day_changed")
                        .query(Long.class)
                        .single())
                .isPositive();
        Question question = question("2026-09-01", "2026-10-01", null);
        assertThat(daily.read(List.of(CaseSpecs.REOPENED), question)
                        .orElseThrow()
                        .getFirst()
                        .total()
                        .numerator())
                .isEqualByComparingTo("1");
        keeping.keepAll();
        assertThat(database.sql("select count(*) from metrics.day_changed")
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(daily.read(List.of(CaseSpecs.REOPENED), question)
                        .orElseThrow()
                        .getFirst()
                        .total()
                        .numerator())
                .isEqualByComparingTo("1");
    }

    @Test
    void whatIsDueNextChangesNoDay() {
        open("2026-09-01T08:00Z");
        keeping.keepAll();

        database.sql("update cases.support_case set next_due_at = now(), clocked_at = now(), version = version + 1")
                .update();

        assertThat(database.sql("select count(*) from metrics.day_changed")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    /** @return how many figures were answered from days */
    private int compare(SplittableRandom random) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        LocalDate from = today.minusDays(random.nextInt(150));
        LocalDate until = from.plusDays(1 + random.nextInt(160));
        int compared = 0;
        for (Base base : DailySpecs.bases()) {
            for (Dimension by : new Dimension[] {null, Dimension.MONTH}) {
                List<Spec> specs = DailySpecs.of(base);
                Question question = question(from.toString(), until.toString(), by);
                Optional<List<Answer>> known = daily.read(specs, question);
                if (known.isPresent()) {
                    List<Answer> wanted = cases.count(specs, question);
                    for (int i = 0; i < specs.size(); i++) {
                        assertThat(lines(known.get().get(i)))
                                .as("%s of %s to %s", specs.get(i), from, until)
                                .isEqualTo(lines(wanted.get(i)));
                        compared++;
                    }
                }
            }
        }
        return compared;
    }

    private static String lines(Answer answer) {
        StringBuilder lines = new StringBuilder(line(answer.total()));
        answer.groups()
                .forEach(group ->
                        lines.append('\n').append(group.key()).append(' ').append(line(group.figure())));
        return lines.toString();
    }

    private static String line(Figure figure) {
        TreeMap<String, String> figures = new TreeMap<>();
        figure.figures().forEach((name, value) -> figures.put(name, plain(value)));
        return plain(figure.value()) + " " + plain(figure.numerator()) + "/" + plain(figure.denominator()) + " "
                + figures + " " + new TreeMap<>(figure.excluded()) + " " + figure.sample() + " "
                + (figure.reason() == null ? "" : figure.reason().code());
    }

    private static String plain(@Nullable BigDecimal value) {
        return value == null
                ? "-"
                : value.signum() == 0
                        ? "0"
                        : value.round(DIGITS).stripTrailingZeros().toPlainString();
    }

    private Question question(String from, String until, @Nullable Dimension by) {
        return new Question(
                new Definition("standard", "Standard", ""),
                LocalDate.parse(from),
                LocalDate.parse(until),
                clock.instant(),
                by,
                null,
                null);
    }

    private long kept() {
        return database.sql("select count(*) from metrics.day_figure")
                .query(Long.class)
                .single();
    }

    private void open(SplittableRandom random) {
        open(clock.instant().minusSeconds(random.nextInt(130 * 86_400)).toString());
    }

    private void open(String at) {
        database.sql("""
                insert into cases.support_case (id, external_id, account_id, opened_at, created_at, updated_at)
                values (:id, :id::text, :account, cast(:at as timestamptz), now(), now())
                """)
                .param("id", UUID.randomUUID())
                .param("account", oslo.value())
                .param("at", at)
                .update();
    }

    private UUID any(SplittableRandom random) {
        return database.sql("select id from cases.support_case order by md5(id::text || :salt) limit 1")
                .param("salt", random.nextInt())
                .query(UUID.class)
                .single();
    }

    private void solve(SplittableRandom random) {
        database.sql("""
                update cases.support_case set resolved_at = case when :solved then opened_at + :hours * interval '1 minute' end,
                    first_response_at = case when :answered then opened_at + :minutes * interval '1 minute' end,
                    first_response_minutes = case when :minutes % 7 = 0 then :minutes end
                where id = :id
                """)
                .param("id", any(random))
                .param("solved", random.nextInt(5) > 0)
                .param("answered", random.nextInt(4) > 0)
                .param("hours", random.nextInt(40_000))
                .param("minutes", random.nextInt(3_000))
                .update();
    }

    private void change(SplittableRandom random) {
        String[] changes = {
            "reopened = coalesce(reopened, 0) + 1",
            "reassignments = 1",
            "takeovers = coalesce(takeovers, 0) + 1",
            "escalated = not coalesce(escalated, false)",
            "waits = 1",
            "promise_kept = not coalesce(promise_kept, false)",
            "satisfaction = 4, satisfaction_scale = 5",
            "satisfaction = 2, satisfaction_scale = null",
            "cause = 'defect'",
            "cause = 'how-to'",
            "opened_at = opened_at - interval '3 days'"
        };
        database.sql("update cases.support_case set " + changes[random.nextInt(changes.length)] + " where id = :id")
                .param("id", any(random))
                .update();
    }

    private void relate(SplittableRandom random) {
        String column = random.nextBoolean() ? "repeats" : "merged_into";
        database.sql("update cases.support_case set " + column + " = :other where id = :id and id <> :other")
                .param("other", random.nextInt(4) == 0 ? null : any(random))
                .param("id", any(random))
                .update();
    }

    private void say(SplittableRandom random) {
        database.sql("""
                insert into cases.message (id, external_id, case_id, kind, at, body, created_at, updated_at)
                select :id, :id::text, c.id, :kind, c.opened_at + :minutes * interval '1 minute', 'Words', now(), now()
                from cases.support_case c where c.id = :case
                """)
                .param("id", UUID.randomUUID())
                .param("case", any(random))
                .param("kind", random.nextInt(3) == 0 ? "reply" : "customer")
                .param("minutes", random.nextInt(30_000))
                .update();
    }

    private void promise(SplittableRandom random) {
        database.sql("""
                insert into cases.clock (case_id, kind, round, started_at, target_seconds, used_seconds, due_at, finished_at,
                    breached_at)
                select c.id, :kind, 1, c.opened_at, 3600, :used, c.opened_at + interval '1 hour',
                    case when :finished then c.opened_at + :used * interval '1 second' end,
                    case when :used > 3600 then c.opened_at + interval '1 hour' end
                from cases.support_case c where c.id = :case
                on conflict (case_id, kind, round) do update set used_seconds = excluded.used_seconds,
                    finished_at = excluded.finished_at, breached_at = excluded.breached_at, due_at = excluded.due_at
                """)
                .param("case", any(random))
                .param("kind", List.of("first-response", "update", "resolution").get(random.nextInt(3)))
                .param("used", random.nextInt(400_000))
                .param("finished", random.nextInt(3) > 0)
                .update();
    }

    /** Something goes. */
    private void take(SplittableRandom random) {
        UUID id = any(random);
        switch (random.nextInt(3)) {
            case 0 ->
                database.sql("delete from cases.clock where case_id = :id")
                        .param("id", id)
                        .update();
            case 1 ->
                database.sql("delete from cases.message where case_id = :id")
                        .param("id", id)
                        .update();
            default -> database.sql("""
                        update cases.message set kind = case kind when 'reply' then 'customer' else 'reply' end,
                            at = at + interval '2 days' where case_id = :id
                        """).param("id", id).update();
        }
    }
}
