package io.perennial.onboarding;

import io.perennial.identity.Role;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.records.Ids;
import io.perennial.shared.Actor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** How onboardings should go. Each saving is a version; onboardings that run keep the one they began with. */
@Component
public class Templates {

    private static final int MOST = 100;

    private final JdbcClient database;
    private final Audit audit;
    private final Clock clock;

    Templates(JdbcClient database, Audit audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * @param number of the version in force
     * @param since sales that begin before this day start nothing by themselves
     * @param running onboardings of any version that are not over
     */
    public record Template(
            UUID id, String name, int number, LocalDate since, boolean resting, Plan plan, String body, int running) {}

    public record Version(int number, Instant savedAt, String savedBy, boolean inForce) {}

    /** @param change for undo; null when nothing differs */
    public record Saved(Template template, @Nullable UUID change) {}

    /** Who may say how onboardings go. */
    public static boolean mayChange(Role role) {
        return role == Role.ADMIN || role == Role.LEADER;
    }

    /** What ships with the product, to begin with. */
    public static String shipped() {
        try (InputStream in = Templates.class.getResourceAsStream("/onboarding/standard.txt")) {
            if (in == null) {
                throw new IllegalStateException("The shipped template is missing from the product.");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final String READ = """
            select t.*, v.body, (select count(*) from onboarding.onboarding o
                where o.template_id = t.id and o.finished_on is null and o.stopped_on is null) as running
            from onboarding.template t
            join onboarding.template_version v on v.template_id = t.id and v.number = t.number
            """;

    /** By name. */
    @Transactional(readOnly = true)
    public List<Template> all() {
        return database.sql(READ + " order by lower(t.name) limit " + MOST)
                .query((row, number) -> template(row))
                .list();
    }

    @Transactional(readOnly = true)
    public Optional<Template> find(UUID id) {
        return database.sql(READ + " where t.id = :id")
                .param("id", id)
                .query((row, number) -> template(row))
                .optional();
    }

    @Transactional(readOnly = true)
    public Optional<Template> named(String name) {
        return database.sql(READ + " where lower(t.name) = lower(:name)")
                .param("name", name)
                .query((row, number) -> template(row))
                .optional();
    }

    /** Latest first. */
    @Transactional(readOnly = true)
    public List<Version> versions(UUID id) {
        return database.sql("""
                select v.number, v.saved_at, v.saved_by, v.number = t.number as in_force
                from onboarding.template_version v join onboarding.template t on t.id = v.template_id
                where t.id = :id order by v.number desc limit 50
                """)
                .param("id", id)
                .query((row, number) -> new Version(
                        row.getInt("number"),
                        row.getTimestamp("saved_at").toInstant(),
                        row.getString("saved_by"),
                        row.getBoolean("in_force")))
                .list();
    }

    @Transactional(readOnly = true)
    public Optional<String> body(UUID id, int number) {
        return database.sql("select body from onboarding.template_version where template_id = :id and number = :number")
                .param("id", id)
                .param("number", number)
                .query(String.class)
                .optional();
    }

    /**
     * Saves a new template, or a new version of one.
     *
     * @param id null for a new one
     * @throws PlanProblem saying what is wrong with the text
     */
    @Transactional
    public Saved save(@Nullable UUID id, String text, Actor actor) {
        String body = text.replace("\r\n", "\n").strip() + "\n";
        Plan plan = PlanText.parse(body);
        if (id == null && all().size() >= MOST) {
            throw new PlanProblem(List.of("There are " + MOST + " templates already; change one of them."));
        }
        Template before = id == null ? null : locked(id);
        if (before != null && before.body().equals(body)) {
            return new Saved(before, null);
        }
        UUID key = before == null ? Ids.next() : before.id();
        Instant now = clock.instant();
        int number = before == null ? 1 : last(key) + 1;
        try {
            database.sql("""
                    insert into onboarding.template (id, name, number, since, changed_at)
                    values (:id, :name, :number, :today, :now)
                    on conflict (id) do update set name = excluded.name, number = excluded.number,
                        changed_at = excluded.changed_at
                    """)
                    .param("id", key)
                    .param("name", plan.name())
                    .param("number", number)
                    .param("today", LocalDate.ofInstant(now, ZoneOffset.UTC))
                    .param("now", Timestamp.from(now))
                    .update();
        } catch (DuplicateKeyException e) {
            throw new PlanProblem(List.of("There is another template of the name " + plan.name() + "."));
        }
        database.sql("""
                insert into onboarding.template_version (template_id, number, body, saved_at, saved_by)
                values (:id, :number, :body, :now, :by)
                """)
                .param("id", key)
                .param("number", number)
                .param("body", body)
                .param("now", Timestamp.from(now))
                .param("by", actor.name())
                .update();
        UUID change = audit.record(
                actor,
                OnboardingUndo.KIND,
                "Onboarding template " + plan.name() + (before == null ? " added" : " changed, version " + number),
                List.of(new ChangedThing(
                        OnboardingUndo.TEMPLATE,
                        key.toString(),
                        null,
                        before == null ? null : state(before.name(), before.number(), before.resting()),
                        state(plan.name(), number, before != null && before.resting()))));
        return new Saved(find(key).orElseThrow(), change);
    }

    /** Whether it starts nothing by itself for now. @return the change, for undo; null when it is so already */
    @Transactional
    public @Nullable UUID rest(UUID id, boolean resting, Actor actor) {
        Template before = locked(id);
        if (before.resting() == resting) {
            return null;
        }
        database.sql("update onboarding.template set resting = :resting, changed_at = :now where id = :id")
                .param("resting", resting)
                .param("now", Timestamp.from(clock.instant()))
                .param("id", id)
                .update();
        return audit.record(
                actor,
                OnboardingUndo.KIND,
                "Onboarding template " + before.name() + (resting ? " rests" : " starts by itself again"),
                List.of(new ChangedThing(
                        OnboardingUndo.TEMPLATE,
                        id.toString(),
                        null,
                        state(before.name(), before.number(), before.resting()),
                        state(before.name(), before.number(), resting))));
    }

    private Template locked(UUID id) {
        return database.sql("select id from onboarding.template where id = :id for update")
                .param("id", id)
                .query(UUID.class)
                .optional()
                .flatMap(this::find)
                .orElseThrow(() -> new NoSuchElementException("There is no such template."));
    }

    private int last(UUID id) {
        return database.sql("select max(number) from onboarding.template_version where template_id = :id")
                .param("id", id)
                .query(Integer.class)
                .single();
    }

    private String state(String name, int number, boolean resting) {
        return database.sql(
                        "select jsonb_build_object('name', cast(:name as text), 'number', cast(:number as int), 'resting', cast(:resting as boolean))::text")
                .param("name", name)
                .param("number", number)
                .param("resting", resting)
                .query(String.class)
                .single();
    }

    private static Template template(java.sql.ResultSet row) throws java.sql.SQLException {
        String body = row.getString("body");
        return new Template(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getInt("number"),
                row.getObject("since", LocalDate.class),
                row.getBoolean("resting"),
                PlanText.parse(body),
                body,
                row.getInt("running"));
    }
}
