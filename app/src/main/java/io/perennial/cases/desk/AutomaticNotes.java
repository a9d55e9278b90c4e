package io.perennial.cases.desk;

import io.perennial.platform.live.Live;
import io.perennial.platform.records.Ids;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.NamedInterface;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** News that other modules leave on cases, for colleagues only: no answer, no clock moves. In the caller's transaction. */
@Component
@NamedInterface("notes")
public class AutomaticNotes {

    private final JdbcClient database;
    private final MessageRows messages;
    private final Live live;

    AutomaticNotes(JdbcClient database, MessageRows messages, Live live) {
        this.database = database;
        this.messages = messages;
        this.live = live;
    }

    /**
     * @param key the same again is not left again
     * @return whether it was left now
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean leave(UUID caseId, String key, String author, String text) {
        boolean known = database.sql("select exists (select from cases.support_case where id = :id)")
                .param("id", caseId)
                .query(Boolean.class)
                .single();
        if (!known || messages.isKnown(key)) {
            return false;
        }
        messages.add(
                Ids.next(), new MessageRows.Fresh(key, caseId, "note", author, null, null, text, null, null, null));
        live.changed("case:" + caseId);
        return true;
    }
}
