package io.perennial.renewals;

import io.perennial.engagement.AlreadyAsked;
import io.perennial.engagement.DepartureHandled;
import io.perennial.shared.AccountId;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who leaves while a renewal depends on them is asked for here, and nowhere else. */
@Component
class HandledDepartures implements DepartureHandled, AlreadyAsked {

    private static final int LATELY_DAYS = 30;

    private final JdbcClient database;
    private final Departures departures;
    private final Clock clock;

    HandledDepartures(JdbcClient database, Departures departures, Clock clock) {
        this.database = database;
        this.departures = departures;
        this.clock = clock;
    }

    @Override
    public boolean handles(UUID contact, String why, String evidence) {
        departures.heard(contact, why, evidence);
        return database.sql("""
                select exists (
                    select from renewals.departure where contact_id = :contact and settled_on is null and task_id is not null)
                """).param("contact", contact).query(Boolean.class).single();
    }

    /** Done or not: who follows is searched for once. */
    @Override
    public Optional<UUID> task(AccountId account, String cause) {
        if (!cause.equals("contact_left")) {
            return Optional.empty();
        }
        departures.lookAt(account);
        return database.sql("""
                select k.id from renewals.renewal r
                join renewals.departure d on d.renewal_id = r.id and d.noticed_on > :since
                join accounts.contact c on c.id = d.contact_id and c.left_on is not null
                join engagement.task k on k.id = d.task_id
                where r.account_id = :account order by d.noticed_on desc, k.id limit 1
                """)
                .param("account", account.value())
                .param(
                        "since",
                        LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(LATELY_DAYS))
                .query(UUID.class)
                .optional();
    }
}
