package io.perennial.success;

import io.perennial.accounts.Accounts;
import io.perennial.accounts.Changes;
import io.perennial.accounts.Contact;
import io.perennial.identity.Viewer;
import io.perennial.mail.Delivery;
import io.perennial.mail.Letter;
import io.perennial.mail.MailAddress;
import io.perennial.mail.Outbox;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.live.Live;
import io.perennial.platform.records.Ids;
import io.perennial.platform.web.PublicAddress;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import io.perennial.shared.SecretText;
import io.perennial.success.PlanLog.About;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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

/**
 * Shows a customer the progress of its plan behind a link and lets it confirm outcomes. Opening the link changes nothing, however
 * often scanners do so; only a button confirms, each outcome once.
 */
@Component
@Transactional
public class Confirmations {

    public static final String PATH = "/progress/";

    static final SecretText TEXT = new SecretText("sp_");

    /** A link works so long. */
    static final Duration OPEN_FOR = Duration.ofDays(60);

    private static final int LONGEST_WORDS = 2_000;

    private final JdbcClient database;
    private final SuccessPlans plans;
    private final PlanWork work;
    private final PlanTasks tasks;
    private final PlanLog log;
    private final Accounts accounts;
    private final Outbox outbox;
    private final PublicAddress address;
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
            Accounts accounts,
            Outbox outbox,
            PublicAddress address,
            Changes changes,
            Audit audit,
            Live live,
            Clock clock) {
        this.database = database;
        this.plans = plans;
        this.work = work;
        this.tasks = tasks;
        this.log = log;
        this.accounts = accounts;
        this.outbox = outbox;
        this.address = address;
        this.changes = changes;
        this.audit = audit;
        this.live = live;
        this.clock = clock;
    }

    /** Somebody who can be asked. */
    public record Reader(UUID id, String name, String mail) {}

    /** @param delivery what became of the letter; null when it is not known any more */
    public record Sent(
            String to,
            String by,
            Instant at,
            @Nullable Instant answeredAt,
            @Nullable Delivery delivery) {}

    /** What whoever has the link may see. */
    public record Shown(
            Plan plan,
            List<Outcome> outcomes,
            String reader,
            @Nullable Impact impact) {}

    private record Link(UUID id, UUID plan, UUID contact, String name) {}

    /** People of the customer who are still there and have an address. */
    @Transactional(readOnly = true)
    public List<Reader> readers(AccountId account) {
        LocalDate today = plans.today();
        return accounts.contacts(account).stream()
                .filter(person -> person.isHereOn(today))
                .flatMap(person -> reader(person).stream())
                .toList();
    }

    private static Optional<Reader> reader(Contact person) {
        String mail = person.email();
        return mail == null || !MailAddress.isAddress(mail)
                ? Optional.empty()
                : Optional.of(new Reader(person.id(), person.name(), mail));
    }

    public boolean canAsk() {
        return address.isKnown();
    }

    /** Latest first. */
    @Transactional(readOnly = true)
    public List<Sent> sent(UUID plan) {
        record Row(
                String to,
                String by,
                Instant at,
                @Nullable Instant answered,
                @Nullable UUID letter) {}
        List<Row> rows = database.sql(
                        "select * from success.ask where plan_id = :plan order by sent_at desc, id limit 20")
                .param("plan", plan)
                .query((row, number) -> {
                    Timestamp answered = row.getTimestamp("answered_at");
                    return new Row(
                            row.getString("contact_name"),
                            row.getString("sent_by"),
                            row.getTimestamp("sent_at").toInstant(),
                            answered == null ? null : answered.toInstant(),
                            row.getObject("letter_id", UUID.class));
                })
                .list();
        List<Delivery> deliveries = outbox.deliveries(
                rows.stream().map(Row::letter).filter(Objects::nonNull).toList());
        return rows.stream()
                .map(row -> new Sent(
                        row.to(),
                        row.by(),
                        row.at(),
                        row.answered(),
                        deliveries.stream()
                                .filter(one -> one.letter().equals(row.letter()))
                                .findFirst()
                                .orElse(null)))
                .toList();
    }

    /**
     * Sends one person the link.
     *
     * @param key of the form: sent twice it is one letter
     * @throws SuccessRefused saying why nobody is asked
     */
    public void ask(UUID id, UUID contact, String key, Viewer viewer) {
        PlanWork.require(viewer);
        Plan plan = plans.find(id, viewer)
                .orElseThrow(() -> new NoSuchElementException("There is no such plan in your portfolio."));
        if (plan.phase().equals("draft") || plan.progress().outcomes() == 0) {
            throw new SuccessRefused("A customer sees plans with outcomes that are no draft any more.");
        }
        if (!key.matches("[A-Za-z0-9-]{1,80}")) {
            throw new SuccessRefused("The form is not one of ours. Open it again.");
        }
        Reader reader = readers(plan.account()).stream()
                .filter(one -> one.id().equals(contact))
                .findFirst()
                .orElseThrow(() -> new SuccessRefused("Choose somebody of the customer who has an address."));
        String token = TEXT.fresh();
        String link = address.of(PATH + token)
                .orElseThrow(() -> new SuccessRefused(
                        "The letter needs a link. An administrator sets PERENNIAL_PUBLICADDRESS to the address under which"
                                + " customers reach this server."));
        UUID ask = UUID.nameUUIDFromBytes((id + "/" + key).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        Instant now = clock.instant();
        int fresh = database.sql("""
                insert into success.ask (id, plan_id, account_id, contact_id, contact_name, token_hash, sent_by, sent_at, expires_at)
                values (:id, :plan, :account, :contact, :name, :hash, :by, :now, :until) on conflict do nothing
                """)
                .param("id", ask)
                .param("plan", id)
                .param("account", plan.account().value())
                .param("contact", contact)
                .param("name", reader.name())
                .param("hash", SecretText.hashAsText(token))
                .param("by", viewer.name())
                .param("now", Timestamp.from(now))
                .param("until", Timestamp.from(now.plus(OPEN_FOR)))
                .update();
        if (fresh == 0) {
            return;
        }
        UUID letter = outbox.post(
                new Letter(
                        "success-progress:" + ask,
                        reader.mail(),
                        reader.name(),
                        "Progress of " + plan.name(),
                        text(reader, plan, viewer.name()) + "\n\n" + link + "\n",
                        null,
                        Map.of(),
                        List.of(),
                        "success-progress",
                        plan.account().value(),
                        contact),
                viewer.actor());
        database.sql("update success.ask set letter_id = :letter where id = :id")
                .param("letter", letter)
                .param("id", ask)
                .update();
        log.write(id, "sent the progress to " + reader.name(), viewer.actor(), null);
        audit.record(
                viewer.actor(),
                "success-progress",
                plan.accountName() + ": progress of " + plan.name() + " sent to " + reader.name(),
                List.of(new ChangedThing("success-progress", ask.toString(), plan.account(), null, null)));
    }

    private static String text(Reader reader, Plan plan, String sender) {
        return "Hello " + reader.name() + ",\n\nwe agreed on what you want to reach: " + plan.name() + ". "
                + plan.progress().reached() + " of " + plan.progress().outcomes()
                + " outcomes are reached by what we know. Please look whether you see it the same way, and confirm what is"
                + " true. It takes a minute and needs no sign-in.\n\n" + sender;
    }

    /** Changes nothing, whoever asks and however often. Empty for links that are not ours or are over. */
    @Transactional(readOnly = true)
    public Optional<Shown> shown(String token) {
        return link(token, "")
                .flatMap(link -> plans.find(link.plan())
                        .map(plan -> new Shown(
                                plan,
                                plans.outcomes(plan.id()),
                                link.name(),
                                plans.perceived(plan.id()).stream()
                                        .filter(one -> one.by().equals(link.name()))
                                        .map(SuccessPlans.Perceived::impact)
                                        .findFirst()
                                        .orElse(null))));
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
