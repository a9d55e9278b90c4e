package io.perennial.renewals;

import io.perennial.engagement.Tasks;
import io.perennial.engagement.Tasks.NewTask;
import io.perennial.identity.Viewer;
import io.perennial.platform.audit.ChangedRows.Row;
import io.perennial.platform.records.Ids;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What is done for a renewal at risk before the customer gives notice: why it is at risk, what is to be reached, steps as tasks, and
 * what came of it.
 */
@Component
public class SavePlans {

    private static final int LONGEST = 2_000;
    private static final int MOST_STEPS = 30;
    private static final int MOST_PLANS = 20;

    private final JdbcClient database;
    private final RenewalWork work;
    private final RenewalLog log;
    private final Tasks tasks;
    private final Clock clock;

    SavePlans(JdbcClient database, RenewalWork work, RenewalLog log, Tasks tasks, Clock clock) {
        this.database = database;
        this.work = work;
        this.log = log;
        this.tasks = tasks;
        this.clock = clock;
    }

    /** Why customers leave, in the words of the losses. */
    public enum Reason {
        COST("Cost"),
        VALUE("Value"),
        BUDGET("Budget"),
        BAD_FIT("Bad fit"),
        COMPETITOR("Competitor"),
        PRODUCT_MATURITY("Product reached maturity"),
        POOR_SERVICE("Poor service"),
        OUT_OF_BUSINESS("Out of business"),
        OTHER("Other");

        private final String title;

        Reason(String title) {
            this.title = title;
        }

        public static Optional<Reason> find(String key) {
            return Arrays.stream(values()).filter(one -> one.key().equals(key)).findFirst();
        }

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        public String title() {
            return title;
        }
    }

    /** What came of a plan. */
    public enum Result {
        SAVED("Saved", "healthy"),
        PARTLY("Partly saved", "watch"),
        LOST("Lost", "at-risk");

        private final String title;
        private final String tone;

        Result(String title, String tone) {
            this.title = title;
            this.tone = tone;
        }

        public static Optional<Result> find(String key) {
            return Arrays.stream(values()).filter(one -> one.key().equals(key)).findFirst();
        }

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        public String title() {
            return title;
        }

        public String tone() {
            return tone;
        }
    }

    /** A task of the plan. */
    public record Step(
            UUID task,
            String title,
            @Nullable LocalDate dueOn,
            @Nullable String owner,
            boolean done) {}

    /** @param result null while it runs */
    public record Plan(
            UUID id,
            Reason reason,
            String goal,
            LocalDate openedOn,
            String openedBy,
            @Nullable Result result,
            @Nullable String note,
            @Nullable LocalDate closedOn,
            @Nullable String closedBy,
            List<Step> steps) {

        public boolean isOpen() {
            return result == null;
        }

        public long done() {
            return steps.stream().filter(Step::done).count();
        }
    }

    /** Plans that ended in the twelve months before today. */
    public record Rate(int saved, int partly, int lost, int open) {

        public int closed() {
            return saved + partly + lost;
        }

        /** Saved or partly, of all that ended; null while none has. */
        public @Nullable BigDecimal share() {
            return closed() == 0
                    ? null
                    : BigDecimal.valueOf(saved + partly)
                            .divide(BigDecimal.valueOf(closed()), 4, RoundingMode.HALF_EVEN);
        }

        public String words() {
            BigDecimal share = share();
            return share == null ? "no value" : Chance.percent(share);
        }
    }

    @Transactional
    public @Nullable UUID begin(UUID id, Reason reason, String goal, Worker worker) {
        Renewal renewal = work.open(id, worker);
        String wanted = text(goal, "Say what has to be reached so that the customer stays.");
        List<Plan> known = of(id);
        if (known.stream().anyMatch(Plan::isOpen)) {
            throw new RenewalRefused("A plan runs already. Go on with it, or end it first.");
        }
        if (known.size() >= MOST_PLANS) {
            throw new RenewalRefused("A renewal has at most " + MOST_PLANS + " plans.");
        }
        UUID plan = Ids.next();
        return log.changed(
                renewal,
                "began a save plan, because of " + reason.title().toLowerCase(Locale.ROOT),
                List.of(new Row(Thing.PLAN, plan)),
                worker.actor(),
                () -> database.sql("""
                        insert into renewals.save_plan (id, renewal_id, reason, goal, opened_on, opened_by)
                        values (:id, :renewal, :reason, :goal, :today, :by)
                        """)
                        .param("id", plan)
                        .param("renewal", id)
                        .param("reason", reason.key())
                        .param("goal", wanted)
                        .param("today", today())
                        .param("by", worker.name())
                        .update());
    }

    /** A task with an owner and a day; it is undone as tasks are. */
    @Transactional
    public @Nullable UUID addStep(
            UUID id, String title, @Nullable LocalDate dueOn, @Nullable UUID owner, Worker worker) {
        Renewal renewal = work.open(id, worker);
        Plan plan = running(id);
        if (plan.steps().size() >= MOST_STEPS) {
            throw new RenewalRefused("A plan has at most " + MOST_STEPS + " steps.");
        }
        if (dueOn == null) {
            throw new RenewalRefused("Say by which day.");
        }
        NewTask task = new NewTask(title, plan.goal(), "save", dueOn, owner == null ? renewal.ownerId() : owner, null);
        Viewer viewer = worker.viewer();
        Tasks.Created created;
        try {
            created = viewer == null
                    ? tasks.createFor(renewal.account(), task, worker.actor())
                    : tasks.create(renewal.account(), task, viewer);
        } catch (IllegalArgumentException wrong) {
            throw new RenewalRefused(String.valueOf(wrong.getMessage()));
        }
        database.sql("insert into renewals.save_step (plan_id, task_id) values (:plan, :task)")
                .param("plan", plan.id())
                .param("task", created.task())
                .update();
        log.write(id, "added the step " + title.strip(), worker.actor(), created.change());
        return created.change();
    }

    /** @param note what was learned */
    @Transactional
    public @Nullable UUID end(UUID id, Result result, String note, Worker worker) {
        Renewal renewal = work.writable(id, worker);
        Plan plan = running(id);
        String learned = text(note, "Say what came of it: the next plan begins with what was learned.");
        if (result == Result.SAVED && renewal.outcome() == Outcome.LOST
                || result == Result.LOST && renewal.outcome() == Outcome.RENEWED) {
            throw new RenewalRefused("The contracts say that it was "
                    + renewal.outcome().title().toLowerCase(Locale.ROOT) + ". Nothing was changed.");
        }
        return log.changed(
                renewal,
                "ended the save plan: " + result.title().toLowerCase(Locale.ROOT),
                List.of(new Row(Thing.PLAN, plan.id())),
                worker.actor(),
                () -> database.sql("""
                        update renewals.save_plan set result = :result, note = :note, closed_on = :today, closed_by = :by
                        where id = :id
                        """)
                        .param("result", result.key())
                        .param("note", learned)
                        .param("today", today())
                        .param("by", worker.name())
                        .param("id", plan.id())
                        .update());
    }

    /** The running one first, then the latest. */
    public List<Plan> of(UUID renewal) {
        Map<UUID, List<Step>> steps = new LinkedHashMap<>();
        database.sql("""
                select s.plan_id, t.id, t.title, t.due_on, m.name, t.done_at is not null as done
                from renewals.save_step s join renewals.save_plan p on p.id = s.plan_id
                join engagement.task t on t.id = s.task_id left join identity.team_member m on m.id = t.owner_id
                where p.renewal_id = :id order by t.due_on nulls last, t.id limit 500
                """).param("id", renewal).query(row -> {
            steps.computeIfAbsent(row.getObject(1, UUID.class), plan -> new ArrayList<>())
                    .add(new Step(
                            row.getObject(2, UUID.class),
                            row.getString(3),
                            row.getObject(4, LocalDate.class),
                            row.getString(5),
                            row.getBoolean(6)));
        });
        return database.sql("""
                select * from renewals.save_plan where renewal_id = :id
                order by result is not null, opened_on desc, id desc limit :most
                """)
                .param("id", renewal)
                .param("most", MOST_PLANS)
                .query((row, number) -> {
                    UUID plan = row.getObject("id", UUID.class);
                    String result = row.getString("result");
                    return new Plan(
                            plan,
                            Reason.find(row.getString("reason")).orElseThrow(),
                            row.getString("goal"),
                            row.getObject("opened_on", LocalDate.class),
                            row.getString("opened_by"),
                            result == null ? null : Result.find(result).orElseThrow(),
                            row.getString("note"),
                            row.getObject("closed_on", LocalDate.class),
                            row.getString("closed_by"),
                            steps.getOrDefault(plan, List.of()));
                })
                .list();
    }

    public Rate rate(Viewer viewer) {
        return database.sql("""
                select count(*) filter (where s.result = 'saved' and s.closed_on > :since)::int,
                    count(*) filter (where s.result = 'partly' and s.closed_on > :since)::int,
                    count(*) filter (where s.result = 'lost' and s.closed_on > :since)::int,
                    count(*) filter (where s.result is null)::int
                from renewals.save_plan s join renewals.renewal r on r.id = s.renewal_id
                join accounts.account a on a.id = r.account_id where %s
                """.formatted(RenewalRows.VISIBLE))
                .param("since", today().minusYears(1))
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .query((row, number) -> new Rate(row.getInt(1), row.getInt(2), row.getInt(3), row.getInt(4)))
                .single();
    }

    private Plan running(UUID renewal) {
        return of(renewal).stream()
                .filter(Plan::isOpen)
                .findFirst()
                .orElseThrow(() -> new RenewalRefused("No plan runs. Begin one first."));
    }

    private static String text(String typed, String otherwise) {
        String text = typed.strip().replace("\u0000", "");
        if (text.isEmpty()) {
            throw new RenewalRefused(otherwise);
        }
        if (text.length() > LONGEST) {
            throw new RenewalRefused("At most 2,000 characters.");
        }
        return text;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
