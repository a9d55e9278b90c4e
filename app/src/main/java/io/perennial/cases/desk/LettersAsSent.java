package io.perennial.cases.desk;

import io.perennial.identity.Viewer;
import io.perennial.mail.IncomingLetter;
import io.perennial.mail.UnreadLetters;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The whole letter behind a message: with what it repeats, and with its tables, lists and pictures where it had any. */
@Component
@Transactional(readOnly = true)
public class LettersAsSent {

    private final JdbcClient database;
    private final CaseReads reads;
    private final UnreadLetters letters;

    LettersAsSent(JdbcClient database, CaseReads reads, UnreadLetters letters) {
        this.database = database;
        this.reads = reads;
        this.letters = letters;
    }

    /**
     * @param html made harmless when the letter came in; null when it was plain text
     * @param text all words, for a letter without HTML
     */
    public record AsSent(
            String subject,
            String from,
            List<String> to,
            List<String> cc,
            Instant receivedAt,
            @Nullable String html,
            String text) {}

    /** Empty when the message did not come by mail, or is not of this case or of one merged into it, or is not the viewer's to see. */
    public Optional<AsSent> find(UUID caseId, UUID message, Viewer viewer) {
        return reads.row(caseId, viewer)
                .flatMap(row -> database.sql("""
                        select incoming_id from cases.message
                        where id = :message and incoming_id is not null and case_id = any(array(
                            select cast(:id as uuid) union all select id from cases.support_case where merged_into = :id))
                        """)
                        .param("message", message)
                        .param("id", caseId)
                        .query(UUID.class)
                        .optional())
                .flatMap(letters::find)
                .map(LettersAsSent::of);
    }

    private static AsSent of(IncomingLetter letter) {
        String name = letter.fromName();
        return new AsSent(
                letter.subject(),
                name == null || name.isBlank() ? letter.from() : name + " <" + letter.from() + ">",
                letter.to(),
                letter.cc(),
                letter.receivedAt(),
                letter.html(),
                letter.quoted().isBlank() ? letter.text() : letter.text() + "\n\n" + letter.quoted());
    }
}
