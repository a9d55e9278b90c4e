package io.perennial.programs;

import io.perennial.identity.Viewer;
import io.perennial.shared.AccountId;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who gets more than was sold, and who does not get what they pay for. Counts running terms: an account with two units
 * counts once for each.
 */
@Component
public class Delivery {

    public static final int PAGE = 50;

    private final JdbcClient database;

    Delivery(JdbcClient database) {
        this.database = database;
    }

    /** Where a term stands. The page prints these words as the definition; {@code programs.judged} says the same in SQL. */
    public enum State {
        BEYOND("Beyond", "more was used or is held than was granted"),
        AHEAD("Heading beyond", "at the pace so far the term ends beyond what was granted; asked after 14 days"),
        UNDER(
                "Under",
                "a quarter of the term has passed, and less than half of what it should have used by now was used"),
        AS_EXPECTED("As expected", "everything else");

        private final String title;
        private final String definition;

        State(String title, String definition) {
            this.title = title;
            this.definition = definition;
        }

        public String title() {
            return title;
        }

        public String definition() {
            return definition;
        }

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<State> of(String key) {
            return Arrays.stream(values())
                    .filter(state -> state.key().equals(key))
                    .findFirst();
        }
    }

    /**
     * Sums of one unit of one program.
     *
     * @param counts by ordinal of the state
     * @param currency of the offers; its versions in another currency are another sum
     * @param given worth of what was used beyond the grant; null where no version says what one is worth
     * @param owed worth of what terms that are {@link State#UNDER} should have used by now and did not; null likewise
     */
    public record Sum(
            UUID program,
            String name,
            String unit,
            String title,
            BigDecimal granted,
            BigDecimal used,
            long[] counts,
            @Nullable String currency,
            @Nullable BigDecimal given,
            @Nullable BigDecimal owed) {

        public long count(State state) {
            return counts[state.ordinal()];
        }
    }

    /**
     * A term of an account.
     *
     * @param passed share of the term, 0 to 1
     * @param given as in {@link Sum}; null where nothing is
     * @param owed as in {@link Sum}; null where nothing is
     */
    public record Row(
            AccountId account,
            String name,
            @Nullable String owner,
            String program,
            String unit,
            String title,
            BigDecimal granted,
            BigDecimal used,
            BigDecimal left,
            double passed,
            LocalDate ends,
            @Nullable BigDecimal forecast,
            State state,
            @Nullable String currency,
            @Nullable BigDecimal given,
            @Nullable BigDecimal owed) {}

    /** By tier and unit. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public List<Sum> sums(Viewer viewer, LocalDate today) {
        boolean kept = isKept(today);
        String terms = kept && viewer.everything() ? """
                select program_id, unit, title, currency, sum(terms) as terms, sum(priced) as priced, sum(granted) as granted,
                       sum(used) as used, sum(beyond) as beyond, sum(ahead) as ahead, sum(under) as under,
                       sum(expected) as expected, sum(given) as given, sum(owed) as owed
                from programs.standing_sum group by program_id, unit, title, currency having sum(terms) <> 0
                """ : """
                select program_id, unit, title, currency, count(*) as terms, count(*) filter (where priced) as priced,
                       sum(granted) as granted, sum(used) as used, count(*) filter (where state = 0) as beyond,
                       count(*) filter (where state = 1) as ahead, count(*) filter (where state = 2) as under,
                       count(*) filter (where state = 3) as expected, coalesce(sum(given), 0) as given,
                       coalesce(sum(owed), 0) as owed
                from %s s %s group by program_id, unit, title, currency
                """.formatted(source(kept), viewer.everything() ? "" : OWN);
        return parameters(database.sql("""
                select t.program_id, g.name, g.tier, t.unit, min(t.title) as title, sum(t.granted) as granted, sum(t.used) as used,
                       sum(t.beyond) as beyond, sum(t.ahead) as ahead, sum(t.under) as under, sum(t.expected) as expected,
                       t.currency, case when sum(t.priced) > 0 then sum(t.given) end as given,
                       case when sum(t.priced) > 0 then sum(t.owed) end as owed
                from (%s) t join programs.program g on g.id = t.program_id
                group by t.program_id, g.name, g.tier, t.unit, t.currency
                order by g.tier, g.name, min(t.title), t.unit, t.currency limit 500
                """.formatted(terms)), viewer, today)
                .query((row, number) -> new Sum(
                        row.getObject("program_id", UUID.class),
                        row.getString("name"),
                        row.getString("unit"),
                        row.getString("title"),
                        row.getBigDecimal("granted"),
                        row.getBigDecimal("used"),
                        new long[] {
                            row.getLong("beyond"), row.getLong("ahead"), row.getLong("under"), row.getLong("expected")
                        },
                        row.getString("currency"),
                        row.getBigDecimal("given"),
                        row.getBigDecimal("owed")))
                .list();
    }

    /** What is furthest from what was sold first; {@link #PAGE} and one more, which tells that there is another page. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public List<Row> rows(
            Viewer viewer,
            LocalDate today,
            @Nullable UUID program,
            @Nullable String unit,
            @Nullable State state,
            int page) {
        // Only the page's own terms are joined with what they are called.
        String terms = "select s.* from " + source(isKept(today)) + " s " + (viewer.everything() ? "" : OWN)
                + " where true" + (program == null ? "" : " and s.program_id = :program")
                + (unit == null ? "" : " and s.unit = :unit") + (state == null ? "" : " and s.state = :state")
                + " order by s.state, s.distance desc nulls first, s.pot_id limit :limit offset :skip";
        return parameters(database.sql("""
                select s.*, a.name, m.name as owner, p.program, p.ends_on,
                       (:today - p.starts_on + 1)::numeric / (p.ends_on - p.starts_on) as passed,
                       case when :today - p.starts_on + 1 >= 14
                            then round(s.used * (p.ends_on - p.starts_on) / (:today - p.starts_on + 1), 1) end as forecast
                from (%s) s
                join programs.pot p on p.id = s.pot_id
                join accounts.account a on a.id = s.account_id
                left join identity.team_member m on m.id = a.owner_id
                order by s.state, s.distance desc nulls first, s.pot_id
                """.formatted(terms)), viewer, today)
                .param("program", program)
                .param("unit", unit)
                .param("state", state == null ? 0 : state.ordinal())
                .param("limit", PAGE + 1)
                .param("skip", (long) (page - 1) * PAGE)
                .query((row, number) -> new Row(
                        new AccountId(row.getObject("account_id", UUID.class)),
                        row.getString("name"),
                        row.getString("owner"),
                        row.getString("program"),
                        row.getString("unit"),
                        row.getString("title"),
                        row.getBigDecimal("granted"),
                        row.getBigDecimal("used"),
                        row.getBigDecimal("granted").subtract(row.getBigDecimal("used")),
                        row.getDouble("passed"),
                        row.getObject("ends_on", LocalDate.class),
                        row.getBigDecimal("forecast"),
                        State.values()[row.getInt("state")],
                        row.getString("currency"),
                        row.getBigDecimal("given"),
                        row.getBigDecimal("owed")))
                .list();
    }

    private static JdbcClient.StatementSpec parameters(
            JdbcClient.StatementSpec statement, Viewer viewer, LocalDate today) {
        return statement.param("today", today).param("member", viewer.memberId());
    }

    /** Whether every term was judged for the day already, and is kept so. */
    private boolean isKept(LocalDate today) {
        return database.sql("select exists (select from programs.standing_day where day = :today and done)")
                .param("today", today)
                .query(Boolean.class)
                .single();
    }

    private static String source(boolean kept) {
        return kept ? "programs.standing" : "programs.judged(:today)";
    }

    private static final String OWN = "join accounts.account own on own.id = s.account_id and own.owner_id = :member";
}
