package io.perennial.surveys;

import io.perennial.accounts.AccountIds;
import io.perennial.accounts.overview.OverviewQuery;
import io.perennial.shared.AccountId;
import io.perennial.shared.Span;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Read model: what accounts answered, as of an instant, one statement for any number of them. */
@Component
class Answers {

    /** Answers within this time before the latest one count together. */
    static final int DAYS = 180;

    static final double DETRACTOR = 6;

    private final JdbcClient database;

    Answers(JdbcClient database) {
        this.database = database;
    }

    record Voice(
            @Nullable Recommendation recommendation,
            @Nullable Satisfaction satisfaction) {}

    /** @param latest the latest answer, 0 to 10 */
    record Recommendation(double points, int people, double latest, LocalDate latestOn) {

        String words() {
            return people == 1
                    ? "answered " + plain(latest) + " of 10"
                    : "NPS " + Math.round(points) + " from " + people + " people";
        }
    }

    record Satisfaction(double percent, int satisfied, int answers, LocalDate latestOn) {

        String words() {
            return satisfied + " of " + answers + (answers == 1 ? " answer" : " answers") + " satisfied";
        }
    }

    static String plain(double score) {
        return BigDecimal.valueOf(score).stripTrailingZeros().toPlainString();
    }

    /** Read once for a query, however often it is asked. */
    Map<AccountId, Voice> voices(OverviewQuery query) {
        return query.once().of(this, () -> read(query));
    }

    private Map<AccountId, Voice> read(OverviewQuery query) {
        Span span = query.once().span();
        if (span == null) {
            return read(query, query.accounts());
        }
        return voices(query, span.of(this, () -> answered(span)));
    }

    /**
     * What an account said follows from its answers alone, so it stands from one answer to the next: of a span each answer
     * is looked at once.
     */
    private Map<AccountId, Voice> voices(
            OverviewQuery query, Map<AccountId, NavigableMap<Instant, Optional<Voice>>> answered) {
        Map<AccountId, Instant> latest = new HashMap<>();
        List<AccountId> unread = new ArrayList<>();
        for (AccountId account : query.accounts()) {
            NavigableMap<Instant, Optional<Voice>> own = answered.get(account);
            Map.Entry<Instant, Optional<Voice>> last = own == null ? null : own.lowerEntry(query.asOf());
            if (last != null) {
                latest.put(account, last.getKey());
                if (last.getValue().isEmpty()) {
                    unread.add(account);
                }
            }
        }
        Map<AccountId, Voice> voices = unread.isEmpty() ? new HashMap<>() : read(query, unread);
        latest.forEach((account, at) -> {
            NavigableMap<Instant, Optional<Voice>> own = Objects.requireNonNull(answered.get(account));
            Voice fresh = voices.get(account);
            if (fresh != null) {
                own.put(at, Optional.of(fresh));
            } else {
                Objects.requireNonNull(own.get(at)).ifPresent(known -> voices.put(account, known));
            }
        });
        return voices;
    }

    private Map<AccountId, NavigableMap<Instant, Optional<Voice>>> answered(Span span) {
        Map<AccountId, NavigableMap<Instant, Optional<Voice>>> answered = new HashMap<>();
        database.sql("""
                select account_id, answered_at from surveys.survey_response
                where account_id = any(:accounts) and kind in ('nps', 'csat') and score is not null
                """).param("accounts", AccountIds.array(span.accounts())).query(row -> {
            answered.computeIfAbsent(new AccountId(row.getObject(1, UUID.class)), account -> new TreeMap<>())
                    .put(row.getObject(2, OffsetDateTime.class).toInstant(), Optional.empty());
        });
        return answered;
    }

    private Map<AccountId, Voice> read(OverviewQuery query, Collection<AccountId> accounts) {
        Map<AccountId, Voice> voices = new HashMap<>();
        database.sql(SELECT)
                .param("accounts", AccountIds.array(accounts))
                .param("asOf", query.asOf().atOffset(ZoneOffset.UTC))
                .param("days", DAYS)
                .query(row -> {
                    voices.put(
                            new AccountId(row.getObject("account_id", UUID.class)),
                            new Voice(recommendation(row), satisfaction(row)));
                });
        return voices;
    }

    private static @Nullable Recommendation recommendation(ResultSet row) throws SQLException {
        int people = row.getInt("people");
        return people == 0
                ? null
                : new Recommendation(
                        row.getDouble("nps"),
                        people,
                        row.getDouble("latest_nps"),
                        row.getObject("latest_nps_on", LocalDate.class));
    }

    private static @Nullable Satisfaction satisfaction(ResultSet row) throws SQLException {
        int answers = row.getInt("answers");
        int satisfied = row.getInt("satisfied");
        return answers == 0
                ? null
                : new Satisfaction(
                        100.0 * satisfied / answers,
                        satisfied,
                        answers,
                        row.getObject("latest_csat_on", LocalDate.class));
    }

    private static final String SELECT = """
            with answered as (
                select account_id, kind, contact_id, id, answered_at,
                    (answered_at at time zone 'UTC')::date as day,
                    case kind when 'nps' then score * 10 / coalesce(nullif(scale_max, 0), 10)
                        else score / coalesce(nullif(scale_max, 0), 5) end as score,
                    max(answered_at) over (partition by account_id, kind) as latest_at
                from surveys.survey_response
                where account_id = any(:accounts) and kind in ('nps', 'csat') and score is not null
                    and answered_at < :asOf
            ), voiced as (
                select distinct on (account_id, kind, who)
                    account_id, kind, id, answered_at, day, score, latest_at
                from (
                    select a.*, case when kind = 'nps' then coalesce(contact_id, id) else id end as who
                    from answered a where answered_at > latest_at - make_interval(days => :days)
                ) w
                order by account_id, kind, who, answered_at desc, id
            )
            select account_id,
                count(*) filter (where kind = 'nps')::int as people,
                100.0 * (count(*) filter (where kind = 'nps' and score >= 9)
                        - count(*) filter (where kind = 'nps' and score <= 6))
                    / nullif(count(*) filter (where kind = 'nps'), 0) as nps,
                (array_agg(score order by answered_at desc, id) filter (where kind = 'nps'))[1] as latest_nps,
                max(day) filter (where kind = 'nps') as latest_nps_on,
                count(*) filter (where kind = 'csat')::int as answers,
                count(*) filter (where kind = 'csat' and score >= 0.8)::int as satisfied,
                max(day) filter (where kind = 'csat') as latest_csat_on
            from voiced
            group by account_id
            """;
}
