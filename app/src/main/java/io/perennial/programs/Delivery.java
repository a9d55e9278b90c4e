package io.perennial.programs;

import io.perennial.identity.Viewer;
import io.perennial.shared.AccountId;
import java.math.BigDecimal;
import java.sql.Types;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

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

    /** Where a term stands. The page prints these words as the definition. */
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
    public List<Sum> sums(Viewer viewer, LocalDate today) {
        return database.sql(TERMS + """
                select program_id, program_name, tier, unit, min(title) as title, sum(granted) as granted, sum(used) as used,
                       count(*) filter (where state = 'BEYOND') as beyond, count(*) filter (where state = 'AHEAD') as ahead,
                       count(*) filter (where state = 'UNDER') as under,
                       count(*) filter (where state = 'AS_EXPECTED') as expected, currency,
                       case when count(worth) > 0 then coalesce(sum(given), 0) end as given,
                       case when count(worth) > 0 then coalesce(sum(owed), 0) end as owed
                from term group by program_id, program_name, tier, unit, currency
                order by tier, program_name, title, unit, currency limit 500
                """)
                .param("today", today)
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .query((row, number) -> new Sum(
                        row.getObject("program_id", UUID.class),
                        row.getString("program_name"),
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
    public List<Row> rows(
            Viewer viewer,
            LocalDate today,
            @Nullable UUID program,
            @Nullable String unit,
            @Nullable State state,
            int page) {
        return database.sql(TERMS + """
                select * from term
                where (cast(:program as uuid) is null or program_id = :program)
                  and (cast(:unit as text) is null or unit = :unit) and (cast(:state as text) is null or state = :state)
                order by array_position(array['BEYOND', 'AHEAD', 'UNDER', 'AS_EXPECTED'], state),
                         abs(used - granted * passed) / nullif(granted, 0) desc nulls first, name, id
                limit :limit offset :skip
                """)
                .param("today", today)
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .param("program", program, Types.OTHER)
                .param("unit", unit, Types.VARCHAR)
                .param("state", state == null ? null : state.name(), Types.VARCHAR)
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
                        row.getBigDecimal("left_now"),
                        row.getDouble("passed"),
                        row.getObject("ends_on", LocalDate.class),
                        row.getBigDecimal("forecast"),
                        State.valueOf(row.getString("state")),
                        row.getString("currency"),
                        row.getBigDecimal("given"),
                        row.getBigDecimal("owed")))
                .list();
    }

    private static final String TERMS = """
            with priced as materialized (
                select version_id, unit, worth, currency from programs.version_unit
            ), running as (
                select p.id, p.account_id, p.unit, p.title, p.program, p.granted, p.reserved + p.consumed as used, p.ends_on,
                       :today - p.starts_on + 1 as days,
                       (:today - p.starts_on + 1)::numeric / (p.ends_on - p.starts_on) as passed,
                       a.name, m.name as owner, v.program_id, g.name as program_name, g.tier, u.worth, u.currency
                from programs.pot p
                join programs.enrolment e on e.id = p.enrolment_id
                join programs.version v on v.id = e.version_id
                join programs.program g on g.id = v.program_id
                join accounts.account a on a.id = p.account_id
                left join identity.team_member m on m.id = a.owner_id
                left join priced u on u.version_id = v.id and u.unit = p.unit
                where p.starts_on <= :today and p.ends_on > :today and (:everything or a.owner_id = :member)
                  and (p.granted <> 0 or p.reserved + p.consumed <> 0)
            ), judged as (
                select *, granted - used as left_now, case when days >= 14 then round(used / passed, 1) end as forecast,
                       case when used > granted then 'BEYOND'
                            when days >= 14 and used / passed > granted then 'AHEAD'
                            when passed >= 0.25 and used < granted * passed / 2 then 'UNDER'
                            else 'AS_EXPECTED' end as state
                from running
            ), term as (
                select *, case when state = 'BEYOND' then round((used - granted) * worth) end as given,
                       case when state = 'UNDER' then round((granted * passed - used) * worth) end as owed
                from judged
            )
            """;
}
