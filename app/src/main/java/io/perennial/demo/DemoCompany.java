package io.perennial.demo;

import io.perennial.platform.jobs.Jobs;
import io.perennial.platform.records.Ids;
import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.RecordType;
import io.perennial.platform.records.Records;
import io.perennial.platform.records.RowOutcome;
import io.perennial.platform.records.RowOutcome.Result;
import io.perennial.programs.Stock;
import io.perennial.shared.Actor;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Brings the demo company in through the door that every company's records use. */
@Component
public class DemoCompany {

    private static final Logger log = LoggerFactory.getLogger(DemoCompany.class);
    static final Actor DEMO = new Actor(Actor.Kind.SYSTEM, null, "Demo company");
    private static final int BATCH = 1_000;

    private final Records records;
    private final DemoKnowledge knowledge;
    private final DemoDefects defects;
    private final DemoRenewals renewals;
    private final DemoCampaigns campaigns;
    private final DemoSurveys surveys;
    private final DemoPlaybooks playbooks;
    private final DemoOnboarding onboarding;
    private final DemoTraining training;
    private final DemoStatements statements;
    private final Jobs jobs;
    private final DemoSources sources;
    private final Stock stock;
    private final JdbcClient database;
    private final Clock clock;

    DemoCompany(
            Records records,
            DemoKnowledge knowledge,
            DemoDefects defects,
            DemoRenewals renewals,
            DemoCampaigns campaigns,
            DemoSurveys surveys,
            DemoPlaybooks playbooks,
            DemoOnboarding onboarding,
            DemoTraining training,
            DemoStatements statements,
            Jobs jobs,
            DemoSources sources,
            Stock stock,
            JdbcClient database,
            Clock clock) {
        this.records = records;
        this.knowledge = knowledge;
        this.defects = defects;
        this.renewals = renewals;
        this.campaigns = campaigns;
        this.surveys = surveys;
        this.playbooks = playbooks;
        this.onboarding = onboarding;
        this.training = training;
        this.statements = statements;
        this.jobs = jobs;
        this.sources = sources;
        this.stock = stock;
        this.database = database;
        this.clock = clock;
    }

    public boolean isEmpty() {
        return database.sql("select not exists (select from accounts.account)")
                .query(Boolean.class)
                .single();
    }

    /**
     * Writes the whole world, dated relative to today. Writing its records again changes nothing; what it knows is written
     * once.
     *
     * @throws IllegalStateException when a row is refused: the demo must be as valid as real data
     */
    public void load() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        boolean first = isEmpty();
        List<Customer> customers = DemoCustomers.all();
        DemoPrograms programs = new DemoPrograms(today, stock, DEMO);
        boolean fresh = programs.publish();
        new DemoRecords(today, customers).all().forEach((type, rows) -> {
            // who was confirmed for a renewal since then stays confirmed
            if (first || !type.equals("contacts")) {
                write(type, rows);
            }
        });
        DemoService service = new DemoService(today);
        service.rates(database, clock.instant());
        write("time-entries", service.timeEntries(customers));
        if (fresh) {
            programs.use(customers);
        }
        DemoEngagement engagement = new DemoEngagement(today);
        write("interviews", engagement.interviews(customers));
        write("interview-answers", engagement.answers(customers));
        DemoOnboarding.past(today, customers).forEach(this::write);
        DemoTraining.records(today, customers).forEach(this::write);
        sources.load(customers, DEMO);
        if (first) {
            engagement.load(database, clock.instant());
            knowledge.load(today);
            defects.load(today);
            renewals.load(today);
            campaigns.load(today);
            surveys.load(today);
            playbooks.load();
            onboarding.load(today);
            training.load(today);
            statements.load(today);
        }
    }

    /** Lets a job compute what health would have been in the past, so that trends and movements have something to show. */
    public void rememberTheYears() {
        jobs.submit("health-history", "Two years of health history of the demo company", "{}", DEMO);
    }

    private void write(String typeName, List<RecordRow> rows) {
        RecordType type = records.type(typeName)
                .orElseThrow(() -> new IllegalStateException("There is no record type " + typeName));
        UUID change = Ids.next();
        for (int from = 0; from < rows.size(); from += BATCH) {
            write(type, rows.subList(from, Math.min(rows.size(), from + BATCH)), change);
        }
        log.info("Demo company: {} {}", rows.size(), type.title());
    }

    /** All batches of a type are one change, which stays unwritten when nothing changed. */
    private void write(RecordType type, List<RecordRow> batch, UUID change) {
        var write = new Records.Write(change, type.title() + " of the demo company", Records.Formats.ISO);
        for (RowOutcome outcome : records.upsert(type, batch, DEMO, write)) {
            if (outcome.result() == Result.INVALID) {
                throw new IllegalStateException("The demo company has a bad row in " + type.name() + ": " + outcome);
            }
        }
    }
}
