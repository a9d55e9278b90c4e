package io.perennial.onboarding;

import io.perennial.platform.background.Loop;
import io.perennial.shared.Actor;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Keeps onboardings up to date: begins what was sold, welcomes, looks at the facts, and helps who falls behind. In batches, each in a
 * transaction of its own; doing it again, or on two servers at once, changes nothing.
 */
@Component
public class Keeping extends Loop {

    private static final Duration LOOK_AGAIN = Duration.ofMinutes(5);
    private static final int BATCH = 200;
    private static final Logger LOG = LoggerFactory.getLogger(Keeping.class);

    private final JdbcClient database;
    private final Starting starting;
    private final Looking looking;
    private final Nudges nudges;
    private final Welcome welcome;
    private final Pace pace;
    private final OnboardingLog log;
    private final OnboardingWork work;
    private final TransactionOperations transactions;
    private final Clock clock;
    private @Nullable LocalDate paced;

    Keeping(
            JdbcClient database,
            Starting starting,
            Looking looking,
            Nudges nudges,
            Welcome welcome,
            Pace pace,
            OnboardingLog log,
            OnboardingWork work,
            TransactionOperations transactions,
            Clock clock,
            @Value("${perennial.onboarding.keeping:true}") boolean enabled) {
        super("onboardings", LOOK_AGAIN, enabled);
        this.database = database;
        this.starting = starting;
        this.looking = looking;
        this.nudges = nudges;
        this.welcome = welcome;
        this.pace = pace;
        this.log = log;
        this.work = work;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    protected Duration step() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        if (!today.equals(paced)) {
            daily();
            paced = today;
        }
        keep();
        return LOOK_AGAIN;
    }

    /** Everything that is due by now, as the background would do it. */
    public void keepAll() {
        daily();
        keep();
    }

    /** What is usual, and what was sold for a day that has come. */
    private void daily() {
        pace.renew();
        begin(null);
    }

    private void keep() {
        changed();
        departed();
        welcome();
        look();
        while (Boolean.TRUE.equals(transactions.execute(one -> nudges.one() > 0))) {
            // each batch is committed by itself
        }
    }

    /** Accounts whose sales or onboarding records changed. */
    private void changed() {
        while (Boolean.TRUE.equals(transactions.execute(one -> {
            List<UUID> accounts = database.sql("""
                    delete from onboarding.waiting where account_id in (
                        select account_id from onboarding.waiting order by account_id limit 1000 for update skip locked)
                    returning account_id
                    """)
                    .query((row, number) -> row.getObject(1, UUID.class))
                    .list();
            if (accounts.isEmpty()) {
                return false;
            }
            begin(Set.copyOf(accounts));
            looking.look(database.sql("""
                    select id from onboarding.onboarding where account_id = any(:accounts) order by id
                    """)
                    .param("accounts", accounts.toArray(UUID[]::new))
                    .query((row, number) -> row.getObject(1, UUID.class))
                    .list());
            return true;
        }))) {
            // each batch is committed by itself
        }
    }

    /** Whoever left is not helped in any more. Once: who takes it up again afterwards has a reason to. */
    private void departed() {
        database.sql("""
                select o.id, 'The customer left on ' || to_char(a.left_on, 'FMDD Mon YYYY') || '.' as why
                from onboarding.onboarding o join accounts.overview a on a.account_id = o.account_id
                where o.finished_on is null and o.stopped_on is null and o.way <> 'elsewhere'
                  and a.left_on between o.started_on and :today
                  and not exists (select from onboarding.event e
                    where e.onboarding_id = o.id and e.at >= a.left_on and e.what like 'stopped it: %')
                order by o.id limit :batch
                """)
                .param("today", LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC))
                .param("batch", BATCH)
                .query((row, number) -> new Departed(row.getObject("id", UUID.class), row.getString("why")))
                .list()
                .forEach(this::stop);
    }

    private void stop(Departed one) {
        try {
            work.stop(one.onboarding(), one.why(), Worker.program(Actor.SYSTEM));
        } catch (Refused quicker) {
            LOG.debug("Somebody else stopped onboarding {}.", one.onboarding(), quicker);
        }
    }

    private record Departed(UUID onboarding, String why) {}

    private void begin(@Nullable Set<UUID> accounts) {
        List<UUID> begun;
        do {
            begun = starting.bySales(accounts);
        } while (!begun.isEmpty());
    }

    /** Where it goes by itself, people are welcomed by themselves. */
    private void welcome() {
        List<UUID> waiting = database.sql("""
                select o.id from onboarding.onboarding o
                where o.way = 'automated' and o.finished_on is null and o.stopped_on is null and o.told_on is null
                  and exists (select from onboarding.access x join accounts.contact c on c.id = x.contact_id
                              where x.onboarding_id = o.id and c.email like '%_@_%' and c.left_on is null)
                order by o.id limit 5000
                """)
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
        waiting.forEach(id -> transactions.executeWithoutResult(one -> {
            List<String> told = welcome.send(id, Actor.SYSTEM);
            if (!told.isEmpty()) {
                log.write(
                        id,
                        "told " + String.join(", ", told) + " what was bought and where to get help",
                        Actor.SYSTEM,
                        null);
            }
        }));
    }

    private void look() {
        UUID after = new UUID(0, 0);
        while (true) {
            UUID from = after;
            List<UUID> batch = transactions.execute(one -> {
                List<UUID> ids = database.sql("""
                        select id from onboarding.onboarding
                        where finished_on is null and stopped_on is null and id > :after
                        order by id limit :batch for update skip locked
                        """)
                        .param("after", from)
                        .param("batch", BATCH)
                        .query((row, number) -> row.getObject(1, UUID.class))
                        .list();
                looking.look(ids);
                return ids;
            });
            if (batch == null || batch.isEmpty()) {
                return;
            }
            after = batch.getLast();
        }
    }
}
