package io.perennial.mail.in;

import io.perennial.mail.MailSettings;
import io.perennial.mail.in.IncomingLetters.Origin;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.stereotype.Component;

/** Letters that are handed in as files, as a mail server would have brought them. */
@Component
public class HandedIn {

    private static final Origin FILE = new Origin("file", null, null, null);

    private final Spool spool;
    private final Intake intake;
    private final MailSettings settings;

    HandedIn(Spool spool, Intake intake, MailSettings settings) {
        this.spool = spool;
        this.intake = intake;
        this.settings = settings;
    }

    /** Returns when the letter is safe. */
    public void take(InputStream letter) throws IOException {
        spool.use(settings.limits().letter().toBytes(), letter, file -> intake.take(file, null, FILE, () -> {}));
    }
}
