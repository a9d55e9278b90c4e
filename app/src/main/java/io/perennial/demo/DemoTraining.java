package io.perennial.demo;

import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.platform.records.RecordRow;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import io.perennial.training.Assignments;
import io.perennial.training.Courses;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the demo company teaches, who learned it, and who should. */
@Component
class DemoTraining {

    private final JdbcClient database;
    private final Courses courses;
    private final Assignments assignments;

    DemoTraining(JdbcClient database, Courses courses, Assignments assignments) {
        this.database = database;
        this.courses = courses;
        this.assignments = assignments;
    }

    /** The catalogue, and completions as the learning system knows them. */
    static Map<String, List<RecordRow>> records(LocalDate today, List<Customer> customers) {
        List<RecordRow> catalogue = List.of(
                course(
                        "basics",
                        "Planning from the first day",
                        "Make, change and share a plan.",
                        "boards",
                        "free",
                        "35",
                        ""),
                course(
                        "reports",
                        "Reports that people read",
                        "Build a report and send it each week.",
                        "reports",
                        "free",
                        "45",
                        ""),
                course(
                        "exports",
                        "Exports without surprises",
                        "Set up the daily export and see when it fails.",
                        "export",
                        "free",
                        "30",
                        "24"),
                course(
                        "experts",
                        "Certified planner",
                        "Two half days with one of our experts.",
                        "automation",
                        "entitled",
                        "420",
                        "24"),
                course(
                        "security",
                        "Safe with customer data",
                        "What may leave the house, and what may not.",
                        "",
                        "free",
                        "20",
                        "12"));
        List<RecordRow> completions = new ArrayList<>();
        String[] taught = {"basics", "reports", "exports", "security"};
        for (int i = 0; i < customers.size(); i++) {
            Customer one = customers.get(i);
            if (one.story() == Customer.Story.LOST || i % 3 == 2) {
                continue;
            }
            for (int k = 0; k <= i % taught.length; k++) {
                completions.add(DemoRecords.row(
                        one.id() + "-champion-" + taught[k],
                        "account",
                        one.id(),
                        "contact",
                        one.id() + "-champion",
                        "course",
                        taught[k],
                        "completed_on",
                        today.minusDays(35 + (i * 13 + k * 47) % 420).toString(),
                        "score",
                        String.valueOf(70 + (i * 7 + k * 11) % 31)));
            }
        }
        Map<String, List<RecordRow>> rows = new LinkedHashMap<>();
        rows.put("courses", catalogue);
        rows.put("training-completions", completions);
        return rows;
    }

    private static RecordRow course(
            String id, String name, String description, String feature, String kind, String minutes, String months) {
        return DemoRecords.row(
                id,
                "name",
                name,
                "description",
                description,
                "url",
                "https://learn.lumenworks.example/" + id,
                "kind",
                kind,
                "unit",
                kind.equals("entitled") ? "training-seats" : null,
                "feature",
                feature.isEmpty() ? null : feature,
                "minutes",
                minutes,
                "expires_months",
                months.isEmpty() ? null : months,
                "badge",
                id.equals("experts") ? "Certified planner" : null);
    }

    void load(LocalDate today) {
        if (!courses.paths().isEmpty()) {
            return;
        }
        Actor chiara = member("chiara", "Chiara Lindt");
        courses.path(
                "From beginner to power user",
                "Power user",
                List.of(id("basics"), id("reports"), id("exports")),
                chiara);
        courses.rule(id("security"), "champion", "Mid-market", chiara);
        Actor ana = member("ana", "Ana Reyes");
        assign("oslo-ferry", "champion", "exports", today.plusDays(12), ana);
        assign("greyhaven", "champion", "experts", today.plusDays(30), ana);
        UUID late = assign("cedar-vine", "champion", "reports", today.plusDays(1), ana);
        database.sql(
                        "update training.assignment set assigned_on = :on, due_on = :due, reminded_on = :reminded where id = :id")
                .param("on", today.minusDays(40))
                .param("due", today.minusDays(10))
                .param("reminded", today.minusDays(13))
                .param("id", late)
                .update();
    }

    private UUID assign(String account, String part, String course, LocalDate due, Actor actor) {
        return database.sql("select account_id, id from accounts.contact where external_id = :id")
                .param("id", account + "-" + part)
                .query((row, number) -> assignments
                        .assign(
                                new AccountId(row.getObject(1, UUID.class)),
                                row.getObject(2, UUID.class),
                                id(course),
                                due,
                                actor,
                                null)
                        .id())
                .single();
    }

    private UUID id(String course) {
        return courses.byExternalId(course).orElseThrow().id();
    }

    private Actor member(String externalId, String name) {
        UUID id = database.sql("select id from identity.team_member where external_id = :id")
                .param("id", externalId)
                .query(UUID.class)
                .single();
        return new Viewer(id, name, externalId + "@lumenworks.example", Role.LEADER, true).actor();
    }
}
