package io.perennial.renewals;

import io.perennial.mail.Delivery;
import io.perennial.mail.Delivery.State;
import io.perennial.mail.Outbox;
import io.perennial.renewals.RenewalPeople.Person;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which letters were written for a renewal, and whether they came back. */
@Component
class Letters {

    private static final Set<State> ON_ITS_WAY = EnumSet.of(State.WAITING, State.SENDING, State.ACCEPTED);

    private final JdbcClient database;
    private final Outbox outbox;

    Letters(JdbcClient database, Outbox outbox) {
        this.database = database;
        this.outbox = outbox;
    }

    /** @param letter null where there was an obstacle */
    record Written(
            Step step,
            UUID contact,
            String address,
            @Nullable UUID letter) {}

    List<Written> of(UUID renewal) {
        return database.sql("""
                select step, contact_id, address, letter_id from renewals.letter where renewal_id = :id
                order by sent_on desc limit 200
                """)
                .param("id", renewal)
                .query((row, number) -> new Written(
                        Step.find(row.getString(1)).orElseThrow(),
                        row.getObject(2, UUID.class),
                        row.getString(3),
                        row.getObject(4, UUID.class)))
                .list();
    }

    static Set<UUID> had(List<Written> written, Step step) {
        return written.stream()
                .filter(one -> one.step() == step)
                .map(Written::contact)
                .collect(Collectors.toSet());
    }

    /** Whether that letter did not reach them, for its address or for none, and they have another one now. */
    boolean cameBack(List<Written> written, Step step, Person person) {
        String address = Objects.requireNonNullElse(person.email(), "");
        return written.stream()
                .filter(one -> one.step() == step && one.contact().equals(person.contact()))
                .anyMatch(one -> !one.address().equalsIgnoreCase(address) && !onItsWay(one.letter()));
    }

    /** @param but a letter that is known to have come back */
    boolean noticeIsOnItsWay(UUID renewal, UUID but) {
        return of(renewal).stream()
                .filter(one -> one.step() == Step.NOTICE && !but.equals(one.letter()))
                .anyMatch(one -> onItsWay(one.letter()));
    }

    private boolean onItsWay(@Nullable UUID letter) {
        return Optional.ofNullable(letter)
                .flatMap(outbox::delivery)
                .map(Delivery::state)
                .filter(ON_ITS_WAY::contains)
                .isPresent();
    }

    /**
     * What makes it the same letter when it is sent again. One to another address than before is another letter.
     */
    String key(UUID renewal, Step step, Person person) {
        boolean again = of(renewal).stream()
                .anyMatch(one -> one.step() == step && one.contact().equals(person.contact()) && one.letter() != null);
        String address = Objects.requireNonNullElse(person.email(), "");
        String more = again
                ? "to"
                        + UUID.nameUUIDFromBytes(address.getBytes(StandardCharsets.UTF_8))
                                .toString()
                                .replace("-", "")
                : "";
        return "renewal:" + renewal + ":" + step.key() + more + ":" + person.contact();
    }
}
