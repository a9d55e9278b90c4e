package io.perennial.surveys;

import io.perennial.platform.background.Loop;
import io.perennial.platform.web.AdminWarning;
import io.perennial.platform.web.PublicAddress;
import java.time.Duration;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Asks, reminds and reads comments, and says so when nobody can be asked. */
@Component
public class SurveyLoop extends Loop implements AdminWarning {

    private static final Duration REST = Duration.ofMinutes(2);

    private final SurveyRounds rounds;
    private final SurveyReminders reminders;
    private final CommentTones tones;
    private final PublicAddress address;
    private final JdbcClient database;

    SurveyLoop(
            SurveyRounds rounds,
            SurveyReminders reminders,
            CommentTones tones,
            PublicAddress address,
            JdbcClient database,
            @Value("${perennial.surveys.asking:true}") boolean enabled) {
        super("surveys", REST, enabled);
        this.rounds = rounds;
        this.reminders = reminders;
        this.tones = tones;
        this.address = address;
        this.database = database;
    }

    @Override
    protected Duration step() {
        return once() ? Duration.ZERO : REST;
    }

    private boolean once() {
        rounds.beginDue();
        boolean asked = rounds.step();
        boolean reminded = reminders.remind() > 0;
        boolean read = tones.catchUp() > 0;
        return asked || reminded || read;
    }

    /** Everything that is due now. */
    public void drain() {
        while (once()) {
            // until nothing is due
        }
    }

    @Override
    public Optional<String> warning() {
        if (address.isKnown()) {
            return Optional.empty();
        }
        boolean waits = database.sql("select exists (select from surveys.survey where state = 'running')")
                .query(Boolean.class)
                .single();
        return waits
                ? Optional.of(
                        "Surveys are not sent: their letters need links. Set PERENNIAL_PUBLICADDRESS to the address under"
                                + " which customers reach this server.")
                : Optional.empty();
    }
}
