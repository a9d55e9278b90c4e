package io.perennial.training;

import io.perennial.identity.Viewer;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.records.Ids;
import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.Records;
import io.perennial.platform.records.RowOutcome;
import io.perennial.shared.Actor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The catalogue: courses, paths and whom they are for. */
@Component
public class Courses {

    private static final int MOST = 500;
    private static final int LONGEST_NAME = 100;

    private final JdbcClient database;
    private final Records records;
    private final Audit audit;
    private final Clock clock;

    Courses(JdbcClient database, Records records, Audit audit, Clock clock) {
        this.database = database;
        this.records = records;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * A course and what became of it in a portfolio.
     *
     * @param open people who should take it and have not @param overdue of them, late
     * @param completed people who hold it @param expiring of them, within 60 days
     */
    public record Offered(Course course, int open, int overdue, int completed, int expiring, int rules) {}

    /** @param holders people who hold every course of it */
    public record Path(UUID id, String name, @Nullable String badge, List<Step> courses, int holders) {}

    public record Step(UUID course, String name) {}

    /** Everybody of a role takes it. @param segment empty for all */
    public record Rule(UUID id, UUID course, String role, String segment, String madeBy, LocalDate madeOn) {}

    /** Those that are offered first, by name. */
    @Transactional(readOnly = true)
    public List<Offered> catalogue(Viewer viewer) {
        return database.sql("""
                select k.*, coalesce(a.open, 0) as open, coalesce(a.overdue, 0) as overdue, coalesce(h.held, 0) as held,
                    coalesce(h.expiring, 0) as expiring, (select count(*) from training.rule r where r.course_id = k.id) as rules
                from training.course k
                left join (
                    select s.course_id, count(*) as open, count(*) filter (where s.due_on < :today) as overdue
                    from training.assignment s join accounts.account a on a.id = s.account_id
                    where s.completed_on is null and s.removed_on is null and (:everything or a.owner_id = :member)
                    group by s.course_id) a on a.course_id = k.id
                left join (
                    select h.course_id, count(distinct h.contact_id) as held,
                        count(distinct h.contact_id) filter (where h.expires_on < cast(:today as date) + 60) as expiring
                    from training.held h join accounts.account a on a.id = h.account_id
                    where (h.expires_on is null or h.expires_on >= :today) and (:everything or a.owner_id = :member)
                    group by h.course_id) h on h.course_id = k.id
                order by (k.retired_on is not null and k.retired_on <= :today), lower(k.name) limit :most
                """)
                .param("today", today())
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .param("most", MOST)
                .query((row, number) -> new Offered(
                        course(row),
                        row.getInt("open"),
                        row.getInt("overdue"),
                        row.getInt("held"),
                        row.getInt("expiring"),
                        row.getInt("rules")))
                .list();
    }

    /** What can be assigned today, by name. */
    @Transactional(readOnly = true)
    public List<Course> offered() {
        return database.sql("""
                select * from training.course where retired_on is null or retired_on > :today order by lower(name) limit :most
                """)
                .param("today", today())
                .param("most", MOST)
                .query((row, number) -> course(row))
                .list();
    }

    @Transactional(readOnly = true)
    public Optional<Course> find(UUID id) {
        return database.sql("select * from training.course where id = :id")
                .param("id", id)
                .query((row, number) -> course(row))
                .optional();
    }

    @Transactional(readOnly = true)
    public Optional<Course> byExternalId(String externalId) {
        return database.sql("select * from training.course where external_id = :id")
                .param("id", externalId)
                .query((row, number) -> course(row))
                .optional();
    }

    @Transactional(readOnly = true)
    public List<Path> paths() {
        record Row(UUID path, String name, @Nullable String badge, UUID course, String courseName) {}
        List<Row> rows = database.sql("""
                select p.id, p.name, p.badge, k.id as course, k.name as course_name
                from training.path p join training.path_course c on c.path_id = p.id join training.course k on k.id = c.course_id
                order by lower(p.name), c.position limit 2000
                """)
                .query((row, number) -> new Row(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        row.getString("badge"),
                        row.getObject("course", UUID.class),
                        row.getString("course_name")))
                .list();
        Map<UUID, Integer> holders = new java.util.HashMap<>();
        database.sql("""
                select path_id, count(*) as holders from (
                    select c.path_id, h.contact_id from training.path_course c
                    join training.held h on h.course_id = c.course_id and (h.expires_on is null or h.expires_on >= :today)
                    group by c.path_id, h.contact_id
                    having count(distinct c.course_id)
                        = (select count(*) from training.path_course all_of where all_of.path_id = c.path_id)) whole
                group by path_id
                """).param("today", today()).query(row -> {
            holders.put(row.getObject("path_id", UUID.class), row.getInt("holders"));
        });
        return rows.stream()
                .collect(java.util.stream.Collectors.groupingBy(
                        Row::path, java.util.LinkedHashMap::new, java.util.stream.Collectors.toList()))
                .values()
                .stream()
                .map(all -> new Path(
                        all.getFirst().path(),
                        all.getFirst().name(),
                        all.getFirst().badge(),
                        all.stream()
                                .map(one -> new Step(one.course(), one.courseName()))
                                .toList(),
                        holders.getOrDefault(all.getFirst().path(), 0)))
                .toList();
    }

    @Transactional(readOnly = true)
    public List<Rule> rules(UUID course) {
        return database.sql("select * from training.rule where course_id = :course order by role, segment limit 50")
                .param("course", course)
                .query((row, number) -> new Rule(
                        row.getObject("id", UUID.class),
                        course,
                        row.getString("role"),
                        Objects.requireNonNullElse(row.getString("segment"), ""),
                        row.getString("made_by"),
                        row.getObject("made_on", LocalDate.class)))
                .list();
    }

    /**
     * Writes a course as a record, so that it is audited and undone as one.
     *
     * @param externalId of the one to change; null for a new one
     * @return its external id
     * @throws Refused with what is wrong with it
     */
    public String save(@Nullable String externalId, Map<String, @Nullable Object> values, Actor actor) {
        String id = externalId == null ? "course-" + Ids.next() : externalId;
        RowOutcome outcome = records.upsert(
                        records.type(TrainingRecords.COURSES).orElseThrow(),
                        List.of(new RecordRow(1, id, values, Map.of())),
                        actor,
                        new Records.Write(null, "Course saved", Records.Formats.ISO))
                .getFirst();
        if (outcome.result() == RowOutcome.Result.INVALID) {
            throw new Refused(outcome.problems().stream()
                    .map(problem -> problem.column() + ": " + problem.message())
                    .collect(java.util.stream.Collectors.joining(" ")));
        }
        return id;
    }

    /** Writes a path; one of the same name is replaced. @throws Refused saying what is wrong */
    @Transactional
    public UUID path(String name, String badge, List<UUID> courses, Actor actor) {
        String called = name.replace("\0", "").strip();
        List<UUID> chosen = courses.stream().distinct().toList();
        if (called.isEmpty() || called.length() > LONGEST_NAME || badge.length() > LONGEST_NAME) {
            throw new Refused("Name the path in up to 100 characters.");
        }
        if (chosen.isEmpty() || chosen.size() > 50) {
            throw new Refused("A path has 1 to 50 courses.");
        }
        UUID id = database.sql("""
                insert into training.path (id, name, badge) values (:id, :name, nullif(:badge, ''))
                on conflict (lower(name)) do update set name = excluded.name, badge = excluded.badge returning id
                """)
                .param("id", Ids.next())
                .param("name", called)
                .param("badge", badge.replace("\0", "").strip())
                .query(UUID.class)
                .single();
        database.sql("delete from training.path_course where path_id = :id")
                .param("id", id)
                .update();
        int position = 0;
        for (UUID course : chosen) {
            if (find(course).isEmpty()) {
                throw new Refused("One of the courses is gone.");
            }
            database.sql(
                            "insert into training.path_course (path_id, position, course_id) values (:id, :position, :course)")
                    .param("id", id)
                    .param("position", ++position)
                    .param("course", course)
                    .update();
        }
        audit.record(
                actor,
                "training-path",
                "Learning path " + called + " saved",
                List.of(new ChangedThing("training-path", id.toString(), null, null, null)));
        return id;
    }

    /** Everybody of that role takes it from now on. @return the change, for undo; null when it is so already */
    @Transactional
    public @Nullable UUID rule(UUID course, String role, String segment, Actor actor) {
        Course known = find(course).orElseThrow(() -> new NoSuchElementException("There is no such course."));
        String of = role.replace("\0", "")
                .strip()
                .toLowerCase(java.util.Locale.ROOT)
                .replace(' ', '_');
        if (of.isEmpty() || of.length() > LONGEST_NAME || segment.length() > LONGEST_NAME) {
            throw new Refused("Name a role of contacts, such as admin.");
        }
        UUID id = Ids.next();
        int added = database.sql("""
                insert into training.rule (id, course_id, role, segment, made_by, made_on)
                values (:id, :course, :role, nullif(:segment, ''), :by, :today) on conflict do nothing
                """)
                .param("id", id)
                .param("course", course)
                .param("role", of)
                .param("segment", segment.replace("\0", "").strip())
                .param("by", actor.name())
                .param("today", today())
                .update();
        return added == 0
                ? null
                : audit.record(
                        actor,
                        TrainingUndo.KIND,
                        known.name() + ": everybody who is " + of.replace('_', ' ') + " takes it",
                        List.of(new ChangedThing(
                                TrainingUndo.RULE,
                                id.toString(),
                                null,
                                null,
                                TrainingUndo.state(database, "rule", id))));
    }

    /** Who was assigned stays assigned. */
    @Transactional
    public @Nullable UUID dropRule(UUID rule, Actor actor) {
        String before = TrainingUndo.state(database, "rule", rule);
        int gone = database.sql("delete from training.rule where id = :id")
                .param("id", rule)
                .update();
        return gone == 0
                ? null
                : audit.record(
                        actor,
                        TrainingUndo.KIND,
                        "A rule of training was taken away",
                        List.of(new ChangedThing(TrainingUndo.RULE, rule.toString(), null, before, null)));
    }

    static Course course(ResultSet row) throws SQLException {
        return new Course(
                row.getObject("id", UUID.class),
                row.getString("external_id"),
                row.getString("name"),
                row.getString("description"),
                row.getString("url"),
                "entitled".equals(row.getString("kind")),
                row.getString("unit"),
                row.getBigDecimal("units"),
                row.getString("feature"),
                row.getObject("minutes", Integer.class),
                row.getObject("days", Integer.class),
                row.getObject("expires_months", Integer.class),
                row.getString("badge"),
                row.getObject("retired_on", LocalDate.class));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
