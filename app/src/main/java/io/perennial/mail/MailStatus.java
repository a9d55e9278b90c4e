package io.perennial.mail;

import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.Wording;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What is wrong with mail, for those who can do something about it: administrators and leaders. */
@Component
public class MailStatus {

    private final MailSettings settings;
    private final Ways ways;
    private final JdbcClient database;

    MailStatus(MailSettings settings, Ways ways, JdbcClient database) {
        this.settings = settings;
        this.ways = ways;
        this.database = database;
    }

    /** One sentence for each trouble; none when letters go out and come in. */
    public List<String> troubles(Viewer viewer) {
        if (viewer.role() != Role.ADMIN && viewer.role() != Role.LEADER) {
            return List.of();
        }
        List<String> troubles = new ArrayList<>();
        String obstacle = settings.obstacle();
        long waiting = waiting();
        if (obstacle != null && waiting > 0) {
            troubles.add(letters(waiting) + " to be sent. " + obstacle);
        }
        if (obstacle == null) {
            trouble(Ways.SMTP)
                    .ifPresent(way -> troubles.add("Letters cannot leave since " + since(way) + ". " + way.trouble()
                            + (waiting > 0 ? " " + letters(waiting) + "." : "")));
        }
        if (settings.imap().isKnown()) {
            trouble(Ways.IMAP)
                    .ifPresent(way ->
                            troubles.add("The mailbox cannot be read since " + since(way) + ". " + way.trouble()));
        }
        if (settings.listener().isOn()) {
            trouble(Ways.LISTENER).ifPresent(way -> troubles.add("Letters cannot be taken by SMTP. " + way.trouble()));
        }
        return troubles;
    }

    /** Letters that are not on their way yet. */
    public long waiting() {
        return database.sql("select count(*) from mail.letter where state in ('waiting', 'sending')")
                .query(Long.class)
                .single();
    }

    private Optional<Ways.Way> trouble(String name) {
        return ways.of(name).filter(way -> way.trouble() != null);
    }

    private static String letters(long waiting) {
        return waiting == 1 ? "1 letter waits" : Wording.count(waiting) + " letters wait";
    }

    private static String since(Ways.Way way) {
        Instant since = way.troubleSince();
        return since == null ? "a while" : Wording.moment(since);
    }
}
