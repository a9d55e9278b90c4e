package io.perennial.cases.desk;

import io.perennial.platform.background.Loop;
import io.perennial.platform.web.AdminWarning;
import io.perennial.platform.web.PublicAddress;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Looks every few minutes whom to ask, and says so when nobody can be asked. */
@Component
class SatisfactionQuestions extends Loop implements AdminWarning {

    private static final Duration REST = Duration.ofMinutes(5);

    private final Satisfaction satisfaction;
    private final PublicAddress address;
    private final JdbcClient database;
    private final Clock clock;

    SatisfactionQuestions(
            Satisfaction satisfaction,
            PublicAddress address,
            JdbcClient database,
            Clock clock,
            @Value("${perennial.cases.satisfaction:true}") boolean enabled) {
        super("case-satisfaction", REST, enabled);
        this.satisfaction = satisfaction;
        this.address = address;
        this.database = database;
        this.clock = clock;
    }

    @Override
    protected Duration step() {
        return satisfaction.ask() > 0 ? Duration.ZERO : REST;
    }

    @Override
    public Optional<String> warning() {
        if (address.isKnown()) {
            return Optional.empty();
        }
        boolean waits = database.sql("""
                select exists (select from cases.satisfaction where asked_at is null and due_at <= :now)
                """)
                .param("now", Timestamp.from(clock.instant()))
                .query(Boolean.class)
                .single();
        return waits
                ? Optional.of("Customers are not asked how satisfied they are: their letters need a link. Set"
                        + " PERENNIAL_PUBLICADDRESS to the address under which they reach this server.")
                : Optional.empty();
    }
}
