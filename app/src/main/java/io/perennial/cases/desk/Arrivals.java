package io.perennial.cases.desk;

import io.perennial.cases.ArrivedMessage;
import io.perennial.cases.MessageListener;
import io.perennial.platform.records.Ids;
import io.perennial.shared.AccountId;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Keeps what the customer's side says, and tells those who listen. */
@Component
class Arrivals {

    private final MessageRows messages;
    private final Readers readers;
    private final ObjectProvider<MessageListener> listeners;
    private final Clock clock;

    Arrivals(MessageRows messages, Readers readers, ObjectProvider<MessageListener> listeners, Clock clock) {
        this.messages = messages;
        this.readers = readers;
        this.listeners = listeners;
        this.clock = clock;
    }

    /** @param key the same again is not to be written again; the caller has asked */
    record Words(
            String key,
            UUID caseId,
            AccountId account,
            @Nullable UUID contact,
            @Nullable String author,
            @Nullable UUID writtenDownBy,
            String kind,
            String text) {}

    /** @return the message */
    UUID keep(Words words) {
        UUID id = Ids.next();
        CaseLetters.Reader person = readers.of(words.contact()).orElse(null);
        String author = words.author() != null ? words.author() : person == null ? null : person.name();
        messages.add(
                id,
                new MessageRows.Fresh(
                        words.key(),
                        words.caseId(),
                        words.kind(),
                        author == null ? "Customer" : author,
                        words.writtenDownBy(),
                        words.contact(),
                        words.text(),
                        null,
                        null,
                        null));
        ArrivedMessage arrived = new ArrivedMessage(
                words.caseId(),
                words.account(),
                words.contact(),
                id,
                words.kind(),
                words.text(),
                person == null ? null : person.language(),
                clock.instant());
        listeners.orderedStream().forEach(listener -> listener.arrived(arrived));
        return id;
    }
}
