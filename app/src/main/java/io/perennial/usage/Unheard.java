package io.perennial.usage;

import io.perennial.accounts.AccountIds;
import io.perennial.accounts.overview.OverviewQuery;
import io.perennial.shared.AccountId;
import io.perennial.shared.Once;
import io.perennial.shared.Span;
import io.perennial.usage.Gaps.Gap;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Up to which day the use of accounts is known, and which days before are not. */
@Component
class Unheard {

    /** Days that measures look back, and a week more to fill gaps from. */
    private static final int DAYS = Cohort.DAYS + 7;

    private final JdbcClient database;

    Unheard(JdbcClient database) {
        this.database = database;
    }

    /**
     * @param name of the source
     * @param said whether people are told: not of a usual pause
     * @param heardOn day on which it spoke again; null while it is silent
     */
    record Silence(
            String name,
            Instant since,
            LocalDate knownUntil,
            boolean said,
            boolean closed,
            @Nullable LocalDate heardOn) {

        /** The day on which it spoke again is incomplete too: only what is known after it counts again. */
        boolean holds(LocalDate today) {
            return heardOn == null || !today.isAfter(heardOn.plusDays(1));
        }

        Gap gap() {
            return new Gap(knownUntil.plusDays(1), heardOn == null ? LocalDate.MAX : heardOn);
        }
    }

    /**
     * @param until null when nothing holds it
     * @param gaps before that
     * @param held whether a silence that people are told of holds it
     */
    record Knowledge(@Nullable LocalDate until, Gaps gaps, boolean held) {

        static final Knowledge ALL = new Knowledge(null, Gaps.NONE, false);

        static Knowledge of(List<Silence> silences, LocalDate today) {
            LocalDate until = silences.stream()
                    .filter(silence -> silence.holds(today))
                    .map(Silence::knownUntil)
                    .min(Comparator.naturalOrder())
                    .orElse(null);
            List<Gap> gaps = silences.stream()
                    .filter(silence -> !silence.holds(today))
                    .map(Silence::gap)
                    .toList();
            boolean held = silences.stream().anyMatch(silence -> silence.said() && silence.holds(today));
            return new Knowledge(until, new Gaps(gaps), held);
        }
    }

    /** Accounts that are not mentioned are known altogether. */
    Map<UUID, Knowledge> of(Collection<AccountId> accounts, LocalDate today) {
        Map<UUID, Knowledge> known = new HashMap<>();
        silences(accounts, today).forEach((account, silences) -> known.put(account, Knowledge.of(silences, today)));
        return known;
    }

    /** The same; of a span it is found out once who is mentioned at all. */
    Map<UUID, Knowledge> of(OverviewQuery query) {
        Span span = query.once().span();
        Collection<AccountId> accounts = span == null
                ? query.accounts()
                : span.among(query.accounts(), this, all -> AccountIds.found(database, MENTIONED, all));
        return accounts.isEmpty() ? Map.of() : of(accounts, query.today());
    }

    private static final String MENTIONED =
            "select distinct account_id from usage.unheard where account_id = any(:accounts)";

    /** Every day on which some source was silent, and so the company's totals are too small. */
    Gaps ofEverybody(LocalDate today) {
        return new Gaps(database.sql("""
                select known_until + 1, (heard_at at time zone 'UTC')::date from usage.silence
                where told_at is not null and known_until < :today
                    and (heard_at is null or (heard_at at time zone 'UTC')::date > cast(:today as date) - :days)
                order by known_until, id
                """)
                .param("today", today)
                .param("days", DAYS)
                .query((row, number) -> {
                    LocalDate last = row.getObject(2, LocalDate.class);
                    return new Gap(row.getObject(1, LocalDate.class), last == null ? LocalDate.MAX : last);
                })
                .list());
    }

    /**
     * @param holding what holds the account's use now; null when nothing does that people were told of
     */
    record About(Knowledge knowledge, @Nullable Silence holding) {}

    /** Of the account that a page is about. */
    About about(AccountId account, LocalDate today, Once page) {
        return page.of(this, () -> {
            List<Silence> silences = silences(List.of(account), today).getOrDefault(account.value(), List.of());
            return new About(
                    Knowledge.of(silences, today),
                    silences.stream()
                            .filter(silence -> silence.said() && silence.holds(today))
                            .min(Comparator.comparing(Silence::knownUntil))
                            .orElse(null));
        });
    }

    /** Every silence that people are told of and that holds some account's use now, the longest first. */
    List<Silence> holding(LocalDate today) {
        return database.sql("""
                select source_name, since, known_until, true as said, closed,
                    (heard_at at time zone 'UTC')::date as heard_on
                from usage.silence
                where told_at is not null and not closed and known_until < :today
                    and (heard_at is null or (heard_at at time zone 'UTC')::date >= cast(:today as date) - 1)
                order by since, id
                """)
                .param("today", today)
                .query((row, number) -> silence(row))
                .list();
    }

    private static Silence silence(ResultSet row) throws SQLException {
        return new Silence(
                row.getString("source_name"),
                row.getTimestamp("since").toInstant(),
                row.getObject("known_until", LocalDate.class),
                row.getBoolean("said"),
                row.getBoolean("closed"),
                row.getObject("heard_on", LocalDate.class));
    }

    private Map<UUID, List<Silence>> silences(Collection<AccountId> accounts, LocalDate today) {
        Map<UUID, List<Silence>> silences = new HashMap<>();
        database.sql("""
                select u.account_id, s.source_name, s.since, s.known_until, s.told_at is not null or s.closed as said,
                    s.closed, (s.heard_at at time zone 'UTC')::date as heard_on
                from usage.silence s join usage.unheard u on u.silence_id = s.id
                where u.account_id = any(:accounts) and s.known_until < :today
                    and (s.heard_at is null or (s.heard_at at time zone 'UTC')::date > cast(:today as date) - :days)
                    and not (s.closed and exists (
                        select from usage.daily d
                        where d.account_id = u.account_id and d.day > s.known_until and d.source_ref <> s.source_ref))
                order by u.account_id, s.known_until, s.id
                """)
                .param("accounts", AccountIds.array(accounts))
                .param("today", today)
                .param("days", DAYS)
                .query(row -> {
                    silences.computeIfAbsent(row.getObject("account_id", UUID.class), id -> new ArrayList<>())
                            .add(silence(row));
                });
        return silences;
    }
}
