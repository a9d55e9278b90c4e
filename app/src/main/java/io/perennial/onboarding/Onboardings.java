package io.perennial.onboarding;

import io.perennial.identity.Viewer;
import io.perennial.onboarding.Welcome.Preview;
import io.perennial.platform.audit.Chronicle;
import io.perennial.shared.AccountId;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Onboardings as people look at them. What is done to one is {@link OnboardingWork} and {@link OnboardingProgress}. */
@Component
@Transactional(readOnly = true)
public class Onboardings {

    private final JdbcClient database;
    private final OnboardingRows rows;
    private final Welcome welcome;
    private final OnboardingLog log;
    private final Clock clock;

    Onboardings(JdbcClient database, OnboardingRows rows, Welcome welcome, OnboardingLog log, Clock clock) {
        this.database = database;
        this.rows = rows;
        this.welcome = welcome;
        this.log = log;
        this.clock = clock;
    }

    /** @param letter when they were welcomed; null before */
    public record Person(
            UUID contact,
            String name,
            @Nullable String title,
            @Nullable String email,
            @Nullable LocalDate verifiedOn,
            @Nullable String way,
            @Nullable LocalDate toldOn,
            boolean gone) {}

    public record Resource(
            UUID id,
            String name,
            @Nullable LocalDate doneOn,
            @Nullable String doneBy) {}

    /** Something that was done because a milestone was overdue. */
    public record Nudge(
            String milestone,
            String kind,
            LocalDate onDay,
            @Nullable String contact,
            boolean reached) {}

    /** As a reader gets it. */
    public record Letter(String to, String address, String subject, String text) {

        static Letter of(Preview preview) {
            return new Letter(preview.to(), preview.address(), preview.subject(), preview.text());
        }
    }

    public Optional<Onboarding> find(UUID id) {
        return rows.find(id);
    }

    public Optional<Onboarding> find(UUID id, Viewer viewer) {
        return rows.find(id, viewer);
    }

    /** Open ones first. */
    public List<Onboarding> of(AccountId account) {
        return rows.of(account);
    }

    public List<Milestone> milestones(UUID onboarding) {
        return rows.milestones(onboarding);
    }

    public List<Chronicle.Entry> history(UUID onboarding) {
        return log.of(onboarding);
    }

    public List<Person> people(UUID onboarding) {
        return database.sql("""
                select c.id, c.name, c.title, c.email, x.verified_on, x.way, l.sent_on, c.left_on <= :today as gone
                from onboarding.access x join accounts.contact c on c.id = x.contact_id
                left join onboarding.letter l on l.onboarding_id = x.onboarding_id and l.contact_id = x.contact_id
                where x.onboarding_id = :id order by c.name, c.id limit 200
                """)
                .param("id", onboarding)
                .param("today", today())
                .query((row, number) -> new Person(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        row.getString("title"),
                        row.getString("email"),
                        row.getObject("verified_on", LocalDate.class),
                        row.getString("way"),
                        row.getObject("sent_on", LocalDate.class),
                        row.getBoolean("gone")))
                .list();
    }

    public List<Resource> resources(UUID onboarding) {
        return database.sql("select * from onboarding.resource where onboarding_id = :id order by position limit 100")
                .param("id", onboarding)
                .query((row, number) -> new Resource(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        row.getObject("done_on", LocalDate.class),
                        row.getString("done_by")))
                .list();
    }

    public List<Nudge> nudges(UUID onboarding) {
        return database.sql("""
                select m.name, g.kind, g.on_day, c.name as contact, g.letter_id is not null or g.task_id is not null as reached
                from onboarding.nudge g join onboarding.milestone m on m.id = g.milestone_id
                left join accounts.contact c on c.id = g.contact_id
                where g.onboarding_id = :id order by g.on_day desc, m.position, g.kind limit 100
                """)
                .param("id", onboarding)
                .query((row, number) -> new Nudge(
                        row.getString("name"),
                        row.getString("kind"),
                        row.getObject("on_day", LocalDate.class),
                        row.getString("contact"),
                        row.getBoolean("reached")))
                .list();
    }

    /** The welcome as it would go to those who have not had it. What was sold is counted up to now for it. */
    @Transactional
    public List<Letter> welcomes(Onboarding onboarding) {
        return welcome.previews(onboarding).stream().map(Letter::of).toList();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
