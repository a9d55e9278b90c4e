package io.perennial.cases.desk;

import io.perennial.identity.Viewer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Help from above: who has a case says why it cannot go on, leaders see it in a queue of its own until it is answered. */
@Component
@Transactional
public class Escalations {

    private static final int LONGEST = 500;

    private final CaseVerbs verbs;
    private final CaseEvents events;
    private final JdbcClient database;

    Escalations(CaseVerbs verbs, CaseEvents events, JdbcClient database) {
        this.verbs = verbs;
        this.events = events;
        this.database = database;
    }

    /**
     * The case stays with whoever has it, and is counted among the escalated ones from now on.
     *
     * @param why a sentence for those who are to help
     * @throws CaseRefused without a reason, or when the case is over
     */
    public @Nullable UUID escalate(UUID id, Seen seen, String why, Viewer viewer) {
        CaseRows.Known known = verbs.lock(id, viewer);
        String reason = why.strip().replaceAll("\\s+", " ");
        if (reason.isEmpty() || reason.length() > LONGEST || reason.indexOf('\0') >= 0) {
            throw new CaseRefused("Say in up to 500 characters what help is needed.");
        }
        if (known.state().isOver()) {
            throw new CaseRefused("The case is over; reopen it first.");
        }
        return verbs.change(known, seen, viewer, CaseVerbs.KIND, "escalated: " + reason, now -> {
            set(id, reason, true);
            events.append(id, "escalated", reason, null, viewer.actor());
        });
    }

    /** Help came. That it was needed stays counted. */
    public @Nullable UUID settle(UUID id, Seen seen, Viewer viewer) {
        CaseRows.Known known = verbs.lock(id, viewer);
        boolean open = database.sql("select escalated_why is not null from cases.support_case where id = :id")
                .param("id", id)
                .query(Boolean.class)
                .single();
        if (!open) {
            return null;
        }
        return verbs.change(known, seen, viewer, CaseVerbs.KIND, "is not escalated any more", now -> {
            set(id, null, true);
            events.append(id, "escalation settled", null, null, viewer.actor());
        });
    }

    private void set(UUID id, @Nullable String why, boolean ever) {
        database.sql("update cases.support_case set escalated = :ever, escalated_why = :why where id = :id")
                .param("id", id)
                .param("ever", ever)
                .param("why", why)
                .update();
    }
}
