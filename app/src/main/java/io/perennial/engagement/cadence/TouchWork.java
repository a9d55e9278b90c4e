package io.perennial.engagement.cadence;

import io.perennial.engagement.Tasks;
import io.perennial.engagement.Tasks.NewTask;
import io.perennial.engagement.Tasks.Wanted;
import io.perennial.identity.Viewer;
import io.perennial.shared.Actor;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tasks to be heard of. Where a rule asks for them, an overdue conversation becomes one task of the account's owner, once for each
 * silence; a conversation settles it. Nobody gets more of them at a time than can be worked on, the dearest customers first.
 */
@Component
public class TouchWork {

    public static final String TASK = "touch";

    /** Open tasks of this kind that one person has at most from the rules. */
    public static final int MOST_OPEN = 15;

    /** Accounts of one press of the button. */
    public static final int MOST_AT_ONCE = 200;

    private static final int DAYS = 5;
    private static final int BATCH = 500;
    private final Silence silence;
    private final Cadences cadences;
    private final Tasks tasks;
    private final JdbcClient database;
    private final Clock clock;

    TouchWork(Silence silence, Cadences cadences, Tasks tasks, JdbcClient database, Clock clock) {
        this.silence = silence;
        this.cadences = cadences;
        this.tasks = tasks;
        this.database = database;
        this.clock = clock;
    }

    /**
     * Makes a task for each of these that is silent and has none open.
     *
     * @return the change, for undo; null when none of them needs one
     */
    @Transactional
    public @Nullable UUID make(List<UUID> accounts, Viewer viewer) {
        Set<UUID> chosen = Set.copyOf(accounts.subList(0, Math.min(accounts.size(), MOST_AT_ONCE)));
        List<Wanted> wanted = silence.of(chosen, viewer).stream()
                .filter(row -> !row.taskOpen())
                .map(row -> new Wanted(row.account(), task(row)))
                .toList();
        String what = wanted.size() == 1 ? "A task" : wanted.size() + " tasks";
        return tasks.createAll(wanted, what + " to hear from silent customers added", viewer);
    }

    /** Settles what was done and makes what the rules ask for. Doing it again changes nothing. @return tasks made */
    @Transactional
    public int work() {
        settle();
        Set<String> asking = cadences.inForce().rules().stream()
                .filter(Cadence::tasks)
                .map(Cadence::name)
                .collect(Collectors.toSet());
        if (asking.isEmpty()) {
            return 0;
        }
        Map<UUID, Integer> open = open();
        int made = 0;
        for (String rule : asking) {
            for (Silence.Row row : silence.page(new Silence.Filter("", rule, null), "", 2 * BATCH, Viewer.EVERYTHING)
                    .rows()) {
                UUID owner = row.ownerId();
                if (owner == null || row.taskOpen() || open.getOrDefault(owner, 0) >= MOST_OPEN) {
                    continue;
                }
                String cause = "cadence:" + row.account() + ":" + row.since();
                if (tasks.createOnce(cause, row.account(), task(row), Actor.SYSTEM)
                        .isPresent()) {
                    open.merge(owner, 1, Integer::sum);
                    made++;
                }
            }
        }
        return made;
    }

    private NewTask task(Silence.Row row) {
        Silence.Word word = row.word();
        String last = word == null
                ? "Nobody of us has spoken with them since " + row.since() + "."
                : "Last " + word.kind() + " on " + word.on()
                        + (word.subject() == null ? "" : ": " + cut(word.subject())) + ".";
        return new NewTask(
                "Hear from " + cut(row.name()),
                last + " Wanted every " + row.days() + " days (" + (row.rule() == null ? "no rule" : row.rule()) + ").",
                TASK,
                today().plusDays(DAYS),
                row.ownerId(),
                null);
    }

    /** Who was spoken with since the task was made needs none any more. */
    private void settle() {
        database.sql("""
                update engagement.task k set done_at = :now, updated_at = :now, version = k.version + 1,
                    outcome = 'Settled by the ' || w.kind || ' on ' || to_char(w.at at time zone 'UTC', 'YYYY-MM-DD') || '.'
                from engagement.task open
                cross join lateral (
                    select t.at, t.kind from engagement.touchpoint t
                    where t.account_id = open.account_id and t.conversation and t.at > open.created_at and t.at < :now
                    order by t.at desc limit 1) w
                where open.done_at is null and open.kind = 'touch' and k.id = open.id
                """).param("now", Timestamp.from(clock.instant())).update();
    }

    private Map<UUID, Integer> open() {
        Map<UUID, Integer> open = new HashMap<>();
        database.sql("""
                select owner_id, count(*) from engagement.task
                where done_at is null and kind = 'touch' and owner_id is not null group by 1
                """).query(row -> {
            open.put(row.getObject(1, UUID.class), row.getInt(2));
        });
        return open;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private static String cut(String text) {
        return text.length() > 200 ? text.substring(0, 199) + "…" : text;
    }
}
