package io.perennial.demo;

import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.onboarding.Milestone;
import io.perennial.onboarding.OnboardingProgress;
import io.perennial.onboarding.OnboardingWork;
import io.perennial.onboarding.Onboardings;
import io.perennial.onboarding.Pace;
import io.perennial.onboarding.Templates;
import io.perennial.onboarding.Worker;
import io.perennial.platform.records.RecordRow;
import io.perennial.shared.AccountId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How the demo company's customers were brought to first value, and where those who are on the way stand. */
@Component
class DemoOnboarding {

    private static final String STANDARD = "Standard onboarding";
    private static final List<String> STEPS = List.of(
            "Welcome", "Everybody gets in", "Resources set up", "Goals agreed", "In daily use", "Review of the start");
    /** Usual days of each step, and the step that it waits for. */
    private static final int[] DAYS = {3, 5, 8, 10, 16, 10};

    private static final int[] AFTER = {-1, 0, 0, 0, 2, 4};
    private static final int PAST = 22;

    private static final String SMALL = """
            Onboarding: Self-start
            Starts for: new customers in segment SMB
            Run: automated
            Write to: champion
            Help: Write to help@lumenworks.example; the articles for beginners answer most questions.
            Task after: 5 days
            First value: First plan made

            # Welcome
            They: champion
            Within: 2 days
            Done when: entitlements told
            Next: Open the link in our letter and confirm that you get in.

            # Everybody logged in
            They: champion
            Within: 7 days
            After: Welcome
            Done when: 3 people logged in
            Next: Send your colleagues the address and ask them to sign in once.

            # First plan made
            They: champion
            Within: 10 days
            After: Everybody logged in
            Done when: feature boards used
            Next: Make the plan of next week together; it takes a quarter of an hour.

            # First export
            They: champion
            Within: 14 days
            After: First plan made
            Done when: feature export used
            Next: Export the plan to whoever pays for it.
            """;

    private final JdbcClient database;
    private final Templates templates;
    private final Onboardings onboardings;
    private final OnboardingWork work;
    private final OnboardingProgress progress;
    private final Pace pace;

    DemoOnboarding(
            JdbcClient database,
            Templates templates,
            Onboardings onboardings,
            OnboardingWork work,
            OnboardingProgress progress,
            Pace pace) {
        this.database = database;
        this.templates = templates;
        this.onboardings = onboardings;
        this.work = work;
        this.progress = progress;
        this.pace = pace;
    }

    /** What an earlier system knew: by these the pace of those that run is judged. */
    static Map<String, List<RecordRow>> past(LocalDate today, List<Customer> customers) {
        Random dice = new Random(44);
        List<RecordRow> starts = new ArrayList<>();
        List<RecordRow> steps = new ArrayList<>();
        customers.stream()
                .filter(one ->
                        one.segment().equals("Mid-market") || one.segment().equals("SMB"))
                .filter(one -> one.since() > 200 && one.story() != Customer.Story.LOST)
                .limit(PAST)
                .forEach(one -> past(one, today.minusDays(Math.min(one.since(), 560)), dice, starts, steps));
        Map<String, List<RecordRow>> rows = new LinkedHashMap<>();
        rows.put("onboardings", starts);
        rows.put("onboarding-milestones", steps);
        return rows;
    }

    private static void past(
            Customer customer, LocalDate start, Random dice, List<RecordRow> starts, List<RecordRow> steps) {
        LocalDate[] reached = new LocalDate[STEPS.size()];
        String id = customer.id() + "-start";
        for (int i = 0; i < STEPS.size(); i++) {
            LocalDate opened = AFTER[i] < 0 ? start : reached[AFTER[i]];
            reached[i] = opened.plusDays(1 + Math.round(DAYS[i] * (0.4 + 1.1 * dice.nextDouble())));
            steps.add(DemoRecords.row(
                    id + "-" + (i + 1),
                    "account",
                    customer.id(),
                    "onboarding",
                    id,
                    "name",
                    STEPS.get(i),
                    "position",
                    String.valueOf(i + 1),
                    "theirs",
                    "champion",
                    "days",
                    String.valueOf(DAYS[i]),
                    "opened_on",
                    opened.toString(),
                    "reached_on",
                    reached[i].toString(),
                    "first_value",
                    String.valueOf(i == 4)));
        }
        LocalDate end = reached[3].isAfter(reached[5]) ? reached[3] : reached[5];
        starts.add(DemoRecords.row(
                id,
                "account",
                customer.id(),
                "template",
                STANDARD,
                "started_on",
                start.toString(),
                "first_value_on",
                reached[4].toString(),
                "finished_on",
                end.toString()));
    }

    /** Those that run: one in each state. */
    void load(LocalDate today) {
        if (templates.named(STANDARD).isPresent()) {
            return;
        }
        pace.renew();
        Worker ana = Worker.of(member("ana", "Ana Reyes"));
        Worker ben = Worker.of(member("ben", "Ben Carter"));
        UUID standard = templates
                .save(null, Templates.shipped(), ana.actor())
                .template()
                .id();
        UUID small = templates.save(null, SMALL, ana.actor()).template().id();

        UUID onTrack = start("kiva", standard, today.minusDays(6), ana);
        told(onTrack, today.minusDays(4));
        tick(onTrack, "Welcome", today.minusDays(4), ana);
        verified(onTrack, today.minusDays(2));

        UUID slow = start("sunda", standard, today.minusDays(13), ana);
        told(slow, today.minusDays(10));
        tick(slow, "Welcome", today.minusDays(10), ana);
        tick(slow, "Everybody gets in", today.minusDays(7), ana);
        tick(slow, "Goals agreed", today.minusDays(4), ana);
        progress.begun(slow, step(slow, "Resources set up"), ana);
        backdate(slow, "Resources set up", today.minusDays(3));

        UUID behind = start("cedar-vine", standard, today.minusDays(47), ana);
        told(behind, today.minusDays(44));
        tick(behind, "Welcome", today.minusDays(44), ana);
        tick(behind, "Goals agreed", today.minusDays(30), ana);
        progress.begun(behind, step(behind, "Everybody gets in"), ana);
        backdate(behind, "Everybody gets in", today.minusDays(29));

        UUID done = start("bluefin", standard, today.minusDays(70), ben);
        told(done, today.minusDays(68));
        int[] on = {68, 60, 59, 52, 38, 9};
        for (int i = 0; i < STEPS.size(); i++) {
            tick(done, STEPS.get(i), today.minusDays(on[i]), ben);
        }

        UUID stopped = start("greyhaven", standard, today.minusDays(33), ben);
        told(stopped, today.minusDays(31));
        tick(stopped, "Welcome", today.minusDays(31), ben);
        work.stop(stopped, "Their new unit starts in spring; they ask us to come back then.", ben);

        UUID automated = start("mirador", small, today.minusDays(26), ben);
        told(automated, today.minusDays(26));
        progress.begun(automated, step(automated, "Welcome"), ben);
    }

    private UUID start(String account, UUID template, LocalDate on, Worker worker) {
        AccountId id = new AccountId(database.sql("select id from accounts.account where external_id = :id")
                .param("id", account)
                .query(UUID.class)
                .single());
        return work.start(id, template, on, worker).id();
    }

    private UUID step(UUID onboarding, String name) {
        return onboardings.milestones(onboarding).stream()
                .filter(one -> one.name().equals(name))
                .map(Milestone::id)
                .findFirst()
                .orElseThrow();
    }

    private void tick(UUID onboarding, String name, LocalDate on, Worker worker) {
        progress.tick(onboarding, step(onboarding, name), on, worker);
    }

    private void told(UUID onboarding, LocalDate on) {
        database.sql("update onboarding.onboarding set told_on = :on where id = :id")
                .param("on", on)
                .param("id", onboarding)
                .update();
    }

    private void verified(UUID onboarding, LocalDate on) {
        database.sql("""
                update onboarding.access set verified_on = :on, way = 'link' where id = (
                    select id from onboarding.access where onboarding_id = :id and verified_on is null order by contact_id limit 1)
                """).param("on", on).param("id", onboarding).update();
    }

    private void backdate(UUID onboarding, String name, LocalDate on) {
        database.sql("update onboarding.milestone set begun_on = :on, progress_on = :on where id = :id")
                .param("on", on)
                .param("id", step(onboarding, name))
                .update();
    }

    private Viewer member(String externalId, String name) {
        UUID id = database.sql("select id from identity.team_member where external_id = :id")
                .param("id", externalId)
                .query(UUID.class)
                .single();
        return new Viewer(id, name, externalId + "@lumenworks.example", Role.CSM, true);
    }
}
