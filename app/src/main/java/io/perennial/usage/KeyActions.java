package io.perennial.usage;

import io.perennial.identity.Viewer;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.records.Ids;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import io.perennial.usage.FeatureCatalogue.NotPossible;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What customers should get done with the product, how long that usually takes, and who is stuck. Days are as exact as it
 * gets; everything is renewed together with adoption, once a day.
 */
@Component
public class KeyActions {

    public static final int PAGE = 50;
    private static final int MOST = 50;
    private static final int LONGEST_DAYS = 3_650;

    private final JdbcClient database;
    private final Audit audit;
    private final Clock clock;

    KeyActions(JdbcClient database, Audit audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /** How a run stands. */
    public enum State {
        RUNNING("running"),
        /** Longer than expected, or than four of five take. */
        SLOW("slow"),
        /**
         * Longer than nineteen of twenty take, or than anybody who finished where fewer do; twice the expected time
         * while hardly anybody has finished.
         */
        STUCK("stuck"),
        /** Not finished, and no use of anything in 28 days. */
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
     * @param q50 days within which half of all finish; null while too few have finished, like the others
     * @param counts of the viewer's accounts
     */
    public record KeyAction(
            UUID id,
            String name,
            String start,
            String finish,
            @Nullable Integer expectedDays,
            @Nullable Integer q05,
            @Nullable Integer q50,
            @Nullable Integer q80,
            @Nullable Integer q95,
            int finished,
            Map<State, Long> counts) {

        public long count(State state) {
            return counts.getOrDefault(state, 0L);
        }
    }

    /** @param login null for an account whose facts name nobody */
    public record Run(
            AccountId account,
            String name,
            @Nullable String owner,
            @Nullable String login,
            LocalDate startedOn,
            @Nullable LocalDate finishedOn) {}

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
                            row.getObject("expected_days", Integer.class),
                            row.getObject("q05", Integer.class),
                            row.getObject("q50", Integer.class),
                            row.getObject("q80", Integer.class),
                            row.getObject("q95", Integer.class),
                            row.getInt("finished"),
                            counts.getOrDefault(id, Map.of()));
                })
                .list();
    }

    private static State state(String stored) {
        return State.valueOf(stored.toUpperCase(Locale.ROOT));
    }

    /** Longest running first. */
    public List<Run> runs(Viewer viewer, UUID action, State state, int page) {
        return database.sql("""
                select r.account_id, o.name, m.name as owner, u.external_id as login, r.started_on, r.finished_on
                from usage.key_action_run r
                join accounts.account o on o.id = r.account_id
                left join identity.team_member m on m.id = o.owner_id
                left join usage.product_user u on u.id = r.user_id
                where r.action_id = :action and r.state = :state and (:everything or o.owner_id = :member)
                order by r.started_on, r.account_id, r.user_id limit :limit offset :offset
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
                        row.getObject("finished_on", LocalDate.class)))
                .list();
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

    /**
     * @param expectedDays empty: what is usual decides
     * @throws NotPossible when the viewer may not, or it makes no sense
     */
    @Transactional
    public UUID define(Viewer viewer, String name, int start, int finish, String expectedDays) {
        allow(viewer);
        return define(viewer.actor(), name, start, finish, expectedDays);
    }

    /** For whoever sets a whole company up, such as the demo; no person asks for it. */
    @Transactional
    public UUID define(Actor actor, String name, int start, int finish, String expectedDays) {
        String called = name.strip();
        if (called.isEmpty() || called.length() > 120 || called.chars().anyMatch(Character::isISOControl)) {
            throw new NotPossible("A key action needs a name of at most 120 characters.");
        }
        if (start == finish) {
            throw new NotPossible("A key action starts with one feature and finishes with another.");
        }
        Integer expected = days(expectedDays);
        int known = database.sql("select count(*) from usage.catalogue where id in (:start, :finish)")
                .param("start", start)
                .param("finish", finish)
                .query(Integer.class)
                .single();
        int defined = database.sql("select count(*) from usage.key_action where retired_at is null")
                .query(Integer.class)
                .single();
        if (known != 2 || defined >= MOST) {
            throw new NotPossible(
                    known != 2 ? "Choose two features." : "There are " + MOST + " key actions: retire one first.");
        }
        UUID id = Ids.next();
        database.sql("""
                insert into usage.key_action (id, name, start_feature, finish_feature, expected_days, created_at)
                values (:id, :name, :start, :finish, :expected, :now)
                """)
                .param("id", id)
                .param("name", called)
                .param("start", start)
                .param("finish", finish)
                .param("expected", expected)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        record(actor, id, "Key action " + called + " defined", null, "{\"defined\": true}");
        return id;
    }

    /** Its runs are gone with it; its definition stays in the history of changes. */
    @Transactional
    public void retire(Viewer viewer, UUID id) {
        allow(viewer);
        String name = database.sql("""
                update usage.key_action set retired_at = :now where id = :id and retired_at is null returning name
                """)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("id", id)
                .query(String.class)
                .optional()
                .orElseThrow(() -> new NotPossible("There is no such key action."));
        database.sql("delete from usage.key_action_run where action_id = :id")
                .param("id", id)
                .update();
        record(viewer.actor(), id, "Key action " + name + " retired", "{\"defined\": true}", null);
    }

    private void record(Actor actor, UUID id, String summary, @Nullable String before, @Nullable String after) {
        audit.record(
                actor,
                "key-action",
                summary,
                List.of(new ChangedThing("key-action", id.toString(), null, before, after)));
    }

    private static void allow(Viewer viewer) {
        if (!FeatureCatalogue.mayChange(viewer)) {
            throw new NotPossible("Leaders and administrators define key actions.");
        }
    }

    private static @Nullable Integer days(String text) {
        if (text.isBlank()) {
            return null;
        }
        try {
            int days = Integer.parseInt(text.strip());
            if (days >= 0 && days <= LONGEST_DAYS) {
                return days;
            }
        } catch (NumberFormatException e) {
            throw new NotPossible("The expected time is a number of days.");
        }
        throw new NotPossible("The expected time is a number of days, at most " + LONGEST_DAYS + ".");
    }
}
