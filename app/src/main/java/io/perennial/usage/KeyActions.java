package io.perennial.usage;

import io.perennial.identity.Viewer;
import io.perennial.shared.AccountId;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What customers should get done with the product, how long that usually takes, and who is stuck. To the second where
 * events tell, else to the day; everything is renewed together with adoption, once a day.
 */
@Component
public class KeyActions {

    public static final int PAGE = 50;

    private final JdbcClient database;

    KeyActions(JdbcClient database) {
        this.database = database;
    }

    /** How a run stands. */
    public enum State {
        RUNNING("running"),
        /** Longer than a person expects, or than four of five take. */
        SLOW("slow"),
        /**
         * Longer than nineteen of twenty take, or than anybody who finished where fewer do; no step for three usual step
         * times; twice what a person expects.
         */
        STUCK("stuck"),
        /** Not finished, and away for longer than nine of ten who came back. */
        ABANDONED("abandoned"),
        DONE("done"),
        /** Faster than nineteen of twenty, and not used again within a week. */
        QUICK("suspiciously quick");

        private final String words;

        State(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /**
     * @param expected seconds that we promise; null: what is usual decides
     * @param usual everybody first, then by segment; empty until it was computed
     * @param awayDays after which who has not come back has left; null until it was computed
     * @param counts of the viewer's accounts
     */
    public record KeyAction(
            UUID id,
            String name,
            String start,
            String finish,
            @Nullable Long expected,
            List<Usual> usual,
            @Nullable Integer awayDays,
            Map<State, Long> counts) {

        public long count(State state) {
            return counts.getOrDefault(state, 0L);
        }

        /** Of all segments together. */
        public Usual everybody() {
            return usual.isEmpty() ? Usual.NOTHING : usual.getFirst();
        }
    }

    /**
     * Seconds within which so many finish; null where so many never do, or too little is known.
     *
     * @param segment empty for everybody
     * @param fitted a curve drawn to everybody's, because too few of the segment have finished
     */
    public record Usual(
            String segment,
            int runs,
            int finished,
            boolean fitted,
            @Nullable Long q05,
            @Nullable Long q50,
            @Nullable Long q80,
            @Nullable Long q95) {

        static final Usual NOTHING = new Usual("", 0, 0, false, null, null, null, null);
    }

    /**
     * @param login null for an account whose facts name nobody
     * @param startedAt null where only the day is known
     * @param seconds taken, or gone by up to the last day known
     * @param chance that an open one is finished within 14 days more
     */
    public record Run(
            AccountId account,
            String name,
            @Nullable String owner,
            @Nullable String login,
            LocalDate startedOn,
            @Nullable Instant startedAt,
            @Nullable LocalDate finishedOn,
            @Nullable Instant finishedAt,
            long seconds,
            @Nullable Double chance) {}

    public List<KeyAction> list(Viewer viewer) {
        Map<UUID, Map<State, Long>> counts = new LinkedHashMap<>();
        database.sql("""
                select r.action_id, r.state, count(*) as runs from usage.key_action_run r
                where :everything or r.account_id in (select id from accounts.account where owner_id = :member)
                group by 1, 2
                """)
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .query(row -> {
                    counts.computeIfAbsent(row.getObject("action_id", UUID.class), id -> new EnumMap<>(State.class))
                            .put(state(row.getString("state")), row.getLong("runs"));
                });
        Map<UUID, List<Usual>> usual = usual();
        return database.sql("""
                select k.*, s.name as start, f.name as finish
                from usage.key_action k
                join usage.catalogue s on s.id = k.start_feature
                join usage.catalogue f on f.id = k.finish_feature
                where k.retired_at is null order by lower(k.name), k.id
                """)
                .query((row, number) -> {
                    UUID id = row.getObject("id", UUID.class);
                    return new KeyAction(
                            id,
                            row.getString("name"),
                            row.getString("start"),
                            row.getString("finish"),
                            row.getObject("expected_seconds", Long.class),
                            usual.getOrDefault(id, List.of()),
                            row.getObject("away_days", Integer.class),
                            counts.getOrDefault(id, Map.of()));
                })
                .list();
    }

    private Map<UUID, List<Usual>> usual() {
        Map<UUID, List<Usual>> usual = new HashMap<>();
        database.sql("select * from usage.key_action_usual order by action_id, segment")
                .query(row -> {
                    usual.computeIfAbsent(row.getObject("action_id", UUID.class), id -> new ArrayList<>())
                            .add(new Usual(
                                    row.getString("segment"),
                                    row.getInt("runs"),
                                    row.getInt("finished"),
                                    row.getBoolean("fitted"),
                                    row.getObject("q05", Long.class),
                                    row.getObject("q50", Long.class),
                                    row.getObject("q80", Long.class),
                                    row.getObject("q95", Long.class)));
                });
        return usual;
    }

    private static State state(String stored) {
        return State.valueOf(stored.toUpperCase(Locale.ROOT));
    }

    /** Longest running first. */
    public List<Run> runs(Viewer viewer, UUID action, State state, int page) {
        return database.sql("""
                select r.account_id, o.name, m.name as owner, u.external_id as login, r.started_on,
                    (r.started_on + r.started_second * interval '1 second') at time zone 'UTC' as started_at, r.finished_on,
                    (r.finished_on + r.finished_second * interval '1 second') at time zone 'UTC' as finished_at, r.seconds,
                    cast(r.chance as double precision) as chance
                from usage.key_action_run r
                join accounts.account o on o.id = r.account_id
                left join identity.team_member m on m.id = o.owner_id
                left join usage.product_user u on u.id = r.user_id
                where r.action_id = :action and r.state = :state and (:everything or o.owner_id = :member)
                order by r.started_on, r.started_second, r.account_id, r.user_id limit :limit offset :offset
                """)
                .param("action", action)
                .param("state", state.name().toLowerCase(Locale.ROOT))
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .param("limit", PAGE)
                .param("offset", (long) (page - 1) * PAGE)
                .query((row, number) -> new Run(
                        new AccountId(row.getObject("account_id", UUID.class)),
                        row.getString("name"),
                        row.getString("owner"),
                        row.getString("login"),
                        row.getObject("started_on", LocalDate.class),
                        moment(row.getTimestamp("started_at")),
                        row.getObject("finished_on", LocalDate.class),
                        moment(row.getTimestamp("finished_at")),
                        row.getLong("seconds"),
                        row.getObject("chance", Double.class)))
                .list();
    }

    private static @Nullable Instant moment(@Nullable Timestamp at) {
        return at == null ? null : at.toInstant();
    }

    /** How the runs of one account stand, by key action. */
    List<AdoptionView.KeyActionRuns> of(AccountId account) {
        return database.sql("""
                select k.id, k.name, r.state, count(*) as runs, min(r.started_on) as since
                from usage.key_action_run r join usage.key_action k on k.id = r.action_id
                where r.account_id = :account and k.retired_at is null
                group by k.id, k.name, r.state order by lower(k.name), k.id, r.state
                """)
                .param("account", account.value())
                .query((row, number) -> new AdoptionView.KeyActionRuns(
                        row.getString("name"),
                        state(row.getString("state")),
                        row.getLong("runs"),
                        row.getObject("since", LocalDate.class)))
                .list();
    }
}
