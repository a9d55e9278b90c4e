package io.perennial.cases.desk;

import io.perennial.mail.Delivery;
import io.perennial.mail.Letter;
import io.perennial.mail.Outbox;
import io.perennial.platform.records.Ids;
import io.perennial.shared.Actor;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Says something to the customer: kept as a message of the case, and posted as a letter of its thread where we know an address. */
@Component
class CasePost {

    private final JdbcClient database;
    private final MessageRows messages;
    private final MessageFiles files;
    private final CaseThreads threads;
    private final Readers readers;
    private final HelpLinks links;
    private final Outbox outbox;

    CasePost(
            JdbcClient database,
            MessageRows messages,
            MessageFiles files,
            CaseThreads threads,
            Readers readers,
            HelpLinks links,
            Outbox outbox) {
        this.database = database;
        this.messages = messages;
        this.files = files;
        this.threads = threads;
        this.readers = readers;
        this.links = links;
        this.outbox = outbox;
    }

    /** Why it is written; the outbox, its log and the readers' wishes call it so. */
    enum Purpose {
        ACKNOWLEDGEMENT("case-acknowledgement", true),
        FILES_REFUSED("case-files-refused", true),
        REPLY("case-reply", false),
        RESOLUTION("case-resolution", false),
        SATISFACTION("case-satisfaction", true);

        private final String key;
        private final boolean automatic;

        Purpose(String key, boolean automatic) {
            this.key = key;
            this.automatic = automatic;
        }

        String key() {
            return key;
        }
    }

    /**
     * @param key the same again is not to be written again; the caller has asked
     * @param text as the case keeps it
     * @param letter as the customer reads it, where that is more than colleagues should see; else null
     */
    record Words(
            String key,
            Purpose purpose,
            String text,
            @Nullable String letter,
            @Nullable Instant promised,
            List<UUID> files) {

        static Words automatic(String key, Purpose purpose, String text) {
            return new Words(key, purpose, text, null, null, List.of());
        }
    }

    /** @param by the member who writes, or the system */
    void say(UUID caseId, Words words, Actor by) {
        Addressed to = addressed(caseId);
        UUID message = Ids.next();
        boolean posted = to.email() != null;
        messages.add(
                message,
                new MessageRows.Fresh(
                        words.key(),
                        caseId,
                        words.purpose().automatic ? "automatic" : "reply",
                        by.name(),
                        by.kind() == Actor.Kind.PERSON ? by.id() : null,
                        null,
                        words.text(),
                        words.promised(),
                        posted ? MessageRows.TO_BE_SENT : null,
                        readers.of(to.contact())
                                .map(CaseLetters.Reader::written)
                                .orElse(null)));
        files.ours(message, words.files());
        if (posted) {
            post(caseId, message, to, words, by);
        }
    }

    private void post(UUID caseId, UUID message, Addressed to, Words words, Actor by) {
        Letter letter;
        try {
            letter = letter(caseId, to, words);
        } catch (IllegalArgumentException unfit) {
            messages.undelivered(message, String.valueOf(unfit.getMessage()));
            return;
        }
        UUID posted = outbox.post(words.purpose().automatic ? letter.automatic() : letter, by);
        messages.posted(message, posted);
        outbox.delivery(posted).map(Delivery::messageId).ifPresent(id -> threads.add(id, caseId, true));
    }

    private Letter letter(UUID caseId, Addressed to, Words words) {
        Map<String, String> headers = new LinkedHashMap<>();
        List<String> thread = threads.of(caseId);
        if (!thread.isEmpty()) {
            headers.put("In-Reply-To", thread.getLast());
            headers.put("References", String.join(" ", thread));
        }
        return new Letter(
                "case:" + words.key(),
                to.email() == null ? "" : to.email(),
                to.name(),
                subject(to),
                words.letter() == null ? links.personal(words.text(), caseId, to.contact()) : words.letter(),
                null,
                headers,
                words.files(),
                words.purpose().key(),
                to.account(),
                to.contact());
    }

    /** The number is for people; what holds the thread together stands in the head. */
    static String subject(Addressed to) {
        return "[#" + to.number() + "] " + (to.subject() == null ? "" : to.subject());
    }

    /** @param email null when there is nobody to write to */
    record Addressed(
            long number,
            @Nullable String subject,
            UUID account,
            @Nullable UUID contact,
            @Nullable String name,
            @Nullable String email) {}

    private Addressed addressed(UUID caseId) {
        return database.sql("""
                select c.number, c.subject, c.account_id, c.contact_id, p.name,
                    case when p.left_on is null then nullif(trim(p.email), '') end as email
                from cases.support_case c left join accounts.contact p on p.id = c.contact_id
                where c.id = :id
                """)
                .param("id", caseId)
                .query((row, number) -> new Addressed(
                        row.getLong("number"),
                        row.getString("subject"),
                        row.getObject("account_id", UUID.class),
                        row.getObject("contact_id", UUID.class),
                        row.getString("name"),
                        row.getString("email")))
                .single();
    }
}
