package io.perennial.success;

import io.perennial.accounts.Accounts;
import io.perennial.accounts.Contact;
import io.perennial.identity.Viewer;
import io.perennial.mail.Delivery;
import io.perennial.mail.Letter;
import io.perennial.mail.MailAddress;
import io.perennial.mail.Outbox;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.web.PublicAddress;
import io.perennial.shared.AccountId;
import io.perennial.shared.SecretText;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
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

/** Sends people of a customer the link to the progress of its plan; only the hash of its secret is kept. */
@Component
@Transactional
public class ProgressLetters {

    /** A link works so long. */
    static final Duration OPEN_FOR = Duration.ofDays(60);

    private final JdbcClient database;
    private final SuccessPlans plans;
    private final PlanLog log;
    private final Accounts accounts;
    private final Outbox outbox;
    private final PublicAddress address;
    private final Audit audit;
    private final Clock clock;

    ProgressLetters(
            JdbcClient database,
            SuccessPlans plans,
            PlanLog log,
            Accounts accounts,
            Outbox outbox,
            PublicAddress address,
            Audit audit,
            Clock clock) {
        this.database = database;
        this.plans = plans;
        this.log = log;
        this.accounts = accounts;
        this.outbox = outbox;
        this.address = address;
        this.audit = audit;
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
        PlanGate.require(viewer);
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
        String token = Confirmations.TEXT.fresh();
        String link = address.of(Confirmations.PATH + token)
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
}
