package io.perennial.renewals;

import io.perennial.engagement.DepartureHandled;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who leaves while a renewal depends on them is asked for here, and nowhere else. */
@Component
class HandledDepartures implements DepartureHandled {

    private final JdbcClient database;

    HandledDepartures(JdbcClient database) {
        this.database = database;
    }

    @Override
    public boolean handles(UUID contact) {
        return database.sql("""
                select exists (
                    select from renewals.departure where contact_id = :contact and settled_on is null and task_id is not null)
                """).param("contact", contact).query(Boolean.class).single();
    }
}
