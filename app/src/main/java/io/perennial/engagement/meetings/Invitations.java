package io.perennial.engagement.meetings;

import io.perennial.engagement.meetings.CalendarReading.File;
import io.perennial.engagement.meetings.Meetings.Taken;
import io.perennial.mail.IncomingLetter;
import io.perennial.mail.IncomingLetter.Attachment;
import io.perennial.platform.files.Files;
import io.perennial.shared.Actor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Invitations, updates, cancellations and answers that come as letters. */
@Component
public class Invitations {

    private static final Logger log = LoggerFactory.getLogger(Invitations.class);

    private final CalendarTaking taking;
    private final Files files;
    private final Clock clock;

    Invitations(CalendarTaking taking, Files files, Clock clock) {
        this.taking = taking;
        this.files = files;
        this.clock = clock;
    }

    /**
     * @param copied whether the letter is meant for us: a colleague's, or copied to the address for that
     * @return whether it is about a meeting with a customer; a letter that cannot be read as a calendar is a letter like others
     */
    public boolean take(IncomingLetter letter, boolean copied) {
        return letter.files().stream()
                .filter(Invitations::isCalendar)
                .findFirst()
                .flatMap(file -> Optional.ofNullable(file.file()))
                .flatMap(this::read)
                .filter(file -> copied || file.reply())
                .map(file -> taking.apply(file, letter.from(), Actor.SYSTEM, null))
                .filter(Invitations::isAboutACustomer)
                .isPresent();
    }

    private static boolean isAboutACustomer(Taken taken) {
        return taken.changed() + taken.known() > 0;
    }

    private static boolean isCalendar(Attachment file) {
        return file.bytes() <= CalendarReading.MOST_BYTES
                && (file.type().toLowerCase(Locale.ROOT).startsWith("text/calendar")
                        || file.type().toLowerCase(Locale.ROOT).startsWith("application/ics")
                        || file.name().toLowerCase(Locale.ROOT).endsWith(".ics"));
    }

    private Optional<File> read(UUID id) {
        try (InputStream content = files.open(id)) {
            return Optional.of(CalendarReading.read(content, clock.instant()));
        } catch (IllegalArgumentException broken) {
            log.info("A calendar file in a letter could not be read: {}", broken.getMessage());
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
