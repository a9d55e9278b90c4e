package io.perennial.success;

import io.perennial.accounts.Changes;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.live.Live;
import io.perennial.platform.records.Ids;
import io.perennial.shared.Actor;
import io.perennial.shared.SecretText;
import io.perennial.success.PlanLog.About;
import java.sql.Timestamp;
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

/**
 * Shows a customer the progress of its plan behind a link and lets it confirm outcomes. Opening the link changes nothing, however
 * often scanners do so; only a button confirms, each outcome once.
 */
@Component
@Transactional
public class Confirmations {

    public static final String PATH = "/progress/";

    static final SecretText TEXT = new SecretText("sp_");

    private static final int LONGEST_WORDS = 2_000;

    private final JdbcClient database;
    private final SuccessPlans plans;
    private final PlanWork work;
    private final PlanTasks tasks;
    private final PlanLog log;
    private final Changes changes;
    private final Audit audit;
    private final Live live;
    private final Clock clock;

    Confirmations(
            JdbcClient database,
            SuccessPlans plans,
            PlanWork work,
            PlanTasks tasks,
            PlanLog log,
            Changes changes,
            Audit audit,
            Live live,
            Clock clock) {
        this.database = database;
        this.plans = plans;
        this.work = work;
        this.tasks = tasks;
        this.log = log;
        this.changes = changes;
        this.audit = audit;
        this.live = live;
        this.clock = clock;
    }

    /** What whoever has the link may see. */
    public record Shown(
            Plan plan,
            List<Outcome> outcomes,
            String reader,
            @Nullable Impact impact) {}

    private record Link(UUID id, UUID plan, UUID contact, String name) {}

    /** Changes nothing, whoever asks and however often. Empty for links that are not ours or are over. */
    @Transactional(readOnly = true)
    public Optional<Shown> shown(String token) {
        return link(token, "")
                .flatMap(link -> plans.find(link.plan())
                        .map(plan -> new Shown(plan, plans.outcomes(plan.id()), link.name(), saidBefore(link))));
    }

    /** By this very person: somebody else may have the same name. */
    private @Nullable Impact saidBefore(Link link) {
        return database.sql("""
                select impact from success.impact where plan_id = :plan and contact_id = :contact
                order by said_on desc, id desc limit 1
                """)
                .param("plan", link.plan())
                .param("contact", link.contact())
                .query(String.class)
                .optional()
                .flatMap(Impact::find)
                .orElse(null);
    }

    /**
     * Confirms or doubts an outcome.
     *
     * @return false for links that are not ours or are over, and for what is not in the plan
     */
    public boolean answer(String token, UUID outcome, boolean itIsSo, String words) {
        Link link = link(token, " for update of k").orElse(null);
        Plan plan = link == null ? null : plans.find(link.plan()).orElse(null);
        if (link == null || plan == null) {
            return false;
        }
        Outcome about = plans.outcomes(plan.id()).stream()
                .filter(one -> one.id().equals(outcome))
                .findFirst()
                .orElse(null);
        if (about == null || itIsSo && !about.isReached()) {
            return false;
        }
        String said = shortened(words);
        int done = database.sql(itIsSo ? """
                update success.outcome set confirmed_at = :now, confirmed_by = :by, confirmed_contact = :contact,
                    confirmed_words = nullif(:words, ''), updated_at = :now, version = version + 1
                where id = :id and confirmed_at is null and reached_on is not null
                """ : """
                update success.outcome set doubted_at = :now, updated_at = :now, version = version + 1
                where id = :id and doubted_at is null and confirmed_at is null
                """)
                .param("id", outcome)
                .param("now", Timestamp.from(clock.instant()))
                .param("by", link.name())
                .param("contact", link.contact())
                .param("words", said)
                .update();
        if (done == 0) {
            return true; // pressed twice
        }
        Actor customer = new Actor(Actor.Kind.SYSTEM, null, link.name());
        String did = itIsSo ? "confirmed " + about.name() : "says that it is not so: " + about.name();
        log.write(plan.id(), did + (said.isEmpty() ? "" : " (" + said + ")"), customer, null);
        audit.record(
                customer,
                "success-answer",
                plan.accountName() + ": " + link.name() + " " + did,
                List.of(new ChangedThing("outcomes", outcome.toString(), plan.account(), null, null)));
        if (!itIsSo) {
            tasks.ask(
                    plan,
                    link.name() + " does not see it as reached: " + about.name(),
                    said.isEmpty() ? "No reason was written. Call and ask." : said,
                    LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusDays(2));
        }
        answered(link, plan);
        return true;
    }

    /** What the reader says the product did for them; once a day counts, the last word of it. */
    public boolean perceive(String token, String impact, String words) {
        Link link = link(token, " for update of k").orElse(null);
        Plan plan = link == null ? null : plans.find(link.plan()).orElse(null);
        Impact said = Impact.find(impact).orElse(null);
        if (link == null || plan == null || said == null) {
            return false;
        }
        database.sql("delete from success.impact where plan_id = :plan and contact_id = :contact and said_on = :today")
                .param("plan", plan.id())
                .param("contact", link.contact())
                .param("today", plans.today())
                .update();
        work.writeImpact(
                new About(plan.id(), plan.account(), plan.name() + " of " + plan.accountName()),
                Ids.next(),
                said,
                link.contact(),
                link.name(),
                plans.today(),
                shortened(words),
                new Actor(Actor.Kind.SYSTEM, null, link.name()));
        answered(link, plan);
        return true;
    }

    private void answered(Link link, Plan plan) {
        database.sql("update success.ask set answered_at = :now where id = :id")
                .param("now", Timestamp.from(clock.instant()))
                .param("id", link.id())
                .update();
        changes.mark(List.of(plan.account()));
        live.changed("account:" + plan.account());
    }

    private static String shortened(String words) {
        String said = words.replace("\0", "").replace("\r\n", "\n").strip();
        return said.length() > LONGEST_WORDS ? said.substring(0, LONGEST_WORDS) : said;
    }

    private Optional<Link> link(String token, String lock) {
        if (!TEXT.isWellFormed(token)) {
            return Optional.empty();
        }
        return database.sql("""
                select k.id, k.plan_id, k.contact_id, c.name
                from success.ask k join accounts.contact c on c.id = k.contact_id
                where k.token_hash = :hash and k.expires_at > :now and (c.left_on is null or c.left_on > :today)
                """ + lock)
                .param("hash", SecretText.hashAsText(token))
                .param("now", Timestamp.from(clock.instant()))
                .param("today", plans.today())
                .query((row, number) -> new Link(
                        row.getObject("id", UUID.class),
                        row.getObject("plan_id", UUID.class),
                        row.getObject("contact_id", UUID.class),
                        row.getString("name")))
                .optional();
    }
}
