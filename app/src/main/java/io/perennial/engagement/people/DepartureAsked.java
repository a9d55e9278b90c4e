package io.perennial.engagement.people;

import io.perennial.engagement.AlreadyAsked;
import io.perennial.shared.AccountId;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who carried the relationship and left is searched for by {@link Departures}, by name; done or not, once is enough. */
@Component
class DepartureAsked implements AlreadyAsked {

    private static final Duration LATELY = Duration.ofDays(30);

    private final JdbcClient database;
    private final Departures departures;
    private final Clock clock;

    DepartureAsked(JdbcClient database, Departures departures, Clock clock) {
        this.database = database;
        this.departures = departures;
        this.clock = clock;
    }

    @Override
    public Optional<UUID> task(AccountId account, String cause) {
        if (!cause.equals("contact_left")) {
            return Optional.empty();
        }
        departures.lookAt(account);
        return database.sql("""
                select k.id from engagement.departure d
                join accounts.contact c on c.id = d.contact_id
                join engagement.task_cause t
                    on t.cause = 'departure:' || d.contact_id || ':' || floor(extract(epoch from d.noticed_at))::bigint
                join engagement.task k on k.id = t.task_id
                where c.account_id = :account and c.left_on is not null and d.noticed_at > :since
                order by d.noticed_at desc limit 1
                """)
                .param("account", account.value())
                .param("since", Timestamp.from(clock.instant().minus(LATELY)))
                .query(UUID.class)
                .optional();
    }
}
