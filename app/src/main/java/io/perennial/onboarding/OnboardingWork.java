package io.perennial.onboarding;

import io.perennial.accounts.AccountCard;
import io.perennial.accounts.Accounts;
import io.perennial.identity.Viewer;
import io.perennial.onboarding.Templates.Template;
import io.perennial.platform.audit.ChangedRows.Row;
import io.perennial.shared.AccountId;
import java.sql.Types;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What is done to an onboarding as a whole. Each verb returns the change by which it can be undone; null when it is so already. */
@Component
@Transactional
public class OnboardingWork {

    private static final int LONGEST = 500;

    private final JdbcClient database;
    private final OnboardingRows rows;
    private final Templates templates;
    private final Starting starting;
    private final Looking looking;
    private final Welcome welcome;
    private final OnboardingGate gate;
    private final OnboardingLog log;
    private final Accounts accounts;
    private final Clock clock;

    OnboardingWork(
            JdbcClient database,
            OnboardingRows rows,
            Templates templates,
            Starting starting,
            Looking looking,
            Welcome welcome,
            OnboardingGate gate,
            OnboardingLog log,
            Accounts accounts,
            Clock clock) {
        this.database = database;
        this.rows = rows;
        this.templates = templates;
        this.starting = starting;
        this.looking = looking;
        this.welcome = welcome;
        this.gate = gate;
        this.log = log;
        this.accounts = accounts;
        this.clock = clock;
    }

    public record Started(UUID id, @Nullable UUID change) {}

    /** Begins one by hand. @throws Refused saying why not */
    public Started start(AccountId account, UUID template, LocalDate startedOn, Worker worker) {
        OnboardingGate.requireWork(worker);
        AccountCard card = account(account, worker);
        Template chosen =
                templates.find(template).orElseThrow(() -> new NoSuchElementException("There is no such template."));
        LocalDate today = today();
        if (startedOn.isBefore(today.minusYears(5)) || startedOn.isAfter(today.plusYears(1))) {
            throw new Refused("Choose a day of the last five years or the next one.");
        }
        boolean runs = rows.of(account).stream().anyMatch(one -> one.isOpen() && template.equals(one.templateId()));
        if (runs) {
            throw new Refused(card.name() + " is in " + chosen.name() + " already. Finish or stop that one first.");
        }
        Starting.Begun begun = starting.begin(chosen, account, null, startedOn, startedOn, worker.actor());
        looking.look(List.of(begun.id()));
        return new Started(begun.id(), begun.change());
    }

    /** Sends the welcome to those who have not had it. @return to whom */
    public List<String> welcome(UUID id, Worker worker) {
        gate.open(id, worker);
        List<String> told = welcome.send(id, worker.actor());
        if (told.isEmpty()) {
            throw new Refused("There is nobody to write to: add people who have an address.");
        }
        log.write(
                id, "told " + String.join(", ", told) + " what was bought and where to get help", worker.actor(), null);
        looking.look(List.of(id));
        return told;
    }

    /** What was bought and where to get help was told in another way. */
    public @Nullable UUID told(UUID id, Worker worker) {
        Onboarding onboarding = gate.open(id, worker);
        if (onboarding.toldOn() != null) {
            return null;
        }
        return gate.done(
                onboarding,
                "told them what was bought and where to get help",
                new Row(Thing.ONBOARDING, id),
                worker,
                () -> database.sql("update onboarding.onboarding set told_on = :today where id = :id")
                        .param("today", today())
                        .param("id", id)
                        .update());
    }

    public @Nullable UUID way(UUID id, boolean guided, Worker worker) {
        Onboarding onboarding = gate.open(id, worker);
        if (onboarding.isGuided() == guided) {
            return null;
        }
        return gate.done(
                onboarding,
                guided ? "lets people tick" : "lets the facts tick",
                new Row(Thing.ONBOARDING, id),
                worker,
                () -> database.sql("update onboarding.onboarding set way = :way where id = :id")
                        .param("way", guided ? "guided" : "automated")
                        .param("id", id)
                        .update());
    }

    /** @param owner null: whoever owns the account */
    public @Nullable UUID responsible(UUID id, @Nullable UUID owner, Worker worker) {
        Onboarding onboarding = gate.open(id, worker);
        String name = owner == null
                ? "whoever owns the account"
                : database.sql("select name from identity.team_member where id = :id and active")
                        .param("id", owner)
                        .query(String.class)
                        .optional()
                        .orElseThrow(() -> new Refused("Choose somebody of the team."));
        return gate.done(
                onboarding,
                "made " + name + " responsible",
                new Row(Thing.ONBOARDING, id),
                worker,
                () -> database.sql("update onboarding.onboarding set owner_id = :owner where id = :id")
                        .param("owner", owner, Types.OTHER)
                        .param("id", id)
                        .update());
    }

    /** Gives it up; nobody is reminded any more. */
    public @Nullable UUID stop(UUID id, String why, Worker worker) {
        Onboarding onboarding = gate.open(id, worker);
        String said = why.replace("\0", "").strip();
        if (said.isEmpty() || said.length() > LONGEST) {
            throw new Refused("Say in up to 500 characters why it stops.");
        }
        return gate.done(
                onboarding,
                "stopped it: " + said,
                new Row(Thing.ONBOARDING, id),
                worker,
                () -> database.sql("""
                        update onboarding.onboarding set stopped_on = :today, stopped_why = :why where id = :id
                        """)
                        .param("today", today())
                        .param("why", said)
                        .param("id", id)
                        .update());
    }

    public @Nullable UUID resume(UUID id, Worker worker) {
        Onboarding onboarding = gate.allowed(id, worker);
        if (onboarding.stoppedOn() == null) {
            return null;
        }
        return gate.done(
                onboarding,
                "took it up again",
                new Row(Thing.ONBOARDING, id),
                worker,
                () -> database.sql("""
                        update onboarding.onboarding set stopped_on = null, stopped_why = null where id = :id
                        """).param("id", id).update());
    }

    private AccountCard account(AccountId account, Worker worker) {
        Viewer viewer = worker.viewer();
        return (viewer == null ? accounts.find(account) : accounts.find(account, viewer))
                .orElseThrow(() -> new NoSuchElementException("There is no such account in your portfolio."));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
