package io.perennial.knowledge;

import io.perennial.platform.records.Ids;
import io.perennial.shared.SecretText;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Links to articles that were sent to somebody. Its reader votes once with it, and opening it is a visit to self-service: who was
 * sent one had asked for help. Programs that check mail open links too, so what opens one right after it was sent counts for
 * nobody, and several openings within half an hour are one.
 */
@Component
@Transactional
public class SentLinks {

    /** Of the address, after the language. */
    public static final String PARAMETER = "link";

    static final Duration CHECKED_BY_MACHINES = Duration.ofMinutes(2);
    static final Duration ONE_READING = Duration.ofMinutes(30);
    static final Duration VOTES_FOR = Duration.ofDays(180);

    private static final SecretText TEXT = new SecretText("hl_");

    private final JdbcClient database;
    private final SelfService visits;
    private final Votes votes;
    private final Clock clock;

    SentLinks(JdbcClient database, SelfService visits, Votes votes, Clock clock) {
        this.database = database;
        this.visits = visits;
        this.votes = votes;
        this.clock = clock;
    }

    /**
     * In the transaction that posts the letter.
     *
     * @param about identity of the case that the letter answers
     * @return what makes the address this reader's own: 256 random bits as text
     */
    public String send(UUID article, Language language, @Nullable UUID contact, UUID about) {
        String token = TEXT.fresh();
        database.sql("""
                insert into knowledge.sent_link (id, token_hash, article_id, language, contact_id, about, sent_at)
                values (:id, :hash, :article, :language, cast(:contact as uuid), :about, :now)
                """)
                .param("id", Ids.next())
                .param("hash", SecretText.hashAsText(token))
                .param("article", article)
                .param("language", language.code())
                .param("contact", contact)
                .param("about", about)
                .param("now", Timestamp.from(clock.instant()))
                .update();
        return token;
    }

    /** @param vote what its reader said so far, if anything */
    public record Link(Votes.@Nullable Vote vote) {}

    /** Changes nothing. Empty for what is no link to this article, or one that is too old to vote with. */
    @Transactional(readOnly = true)
    public Optional<Link> find(UUID article, String token) {
        return known(article, token, "")
                .map(found -> new Link(votes.of(article, found.id()).orElse(null)));
    }

    /** The page of the article was opened by this link. */
    public void opened(UUID article, String token) {
        known(article, token, " for no key update").ifPresent(found -> {
            if (!clock.instant().isBefore(found.sentAt().plus(CHECKED_BY_MACHINES))) {
                count(found);
            }
        });
    }

    /**
     * A new answer takes the place of the old.
     *
     * @return false for what is no link to this article
     * @throws NotPossible when the comment is too long
     */
    public boolean vote(UUID article, String token, boolean useful, String comment) {
        Found found = known(article, token, " for no key update").orElse(null);
        if (found == null) {
            return false;
        }
        votes.cast(article, found.language(), found.id(), SearchLog.Who.CUSTOMER, useful, comment);
        // A button is pressed by people.
        count(found);
        return true;
    }

    /** A customer wrote: what they read within the last day was not enough, or not about this. */
    public void wrote(@Nullable UUID contact, UUID about) {
        database.sql("""
                select l.visit_id from knowledge.sent_link l
                where l.visit_id is not null and (l.about = :about or l.contact_id = cast(:contact as uuid))
                  and l.opened_at > :since
                """)
                .param("about", about)
                .param("contact", contact)
                .param("since", Timestamp.from(clock.instant().minus(SelfService.WAIT)))
                .query((row, number) -> row.getObject(1, UUID.class))
                .list()
                .forEach(visits::openedCase);
    }

    /** @param opened of the links sent, those that somebody opened */
    public record Sent(long links, long opened) {}

    @Transactional(readOnly = true)
    public Sent of(UUID article) {
        return database.sql(
                        "select count(*) as links, count(opened_at) as opened from knowledge.sent_link where article_id = :id")
                .param("id", article)
                .query((row, number) -> new Sent(row.getLong("links"), row.getLong("opened")))
                .single();
    }

    private record Found(
            UUID id,
            Language language,
            Instant sentAt,
            @Nullable Instant lastOpened,
            boolean visited) {}

    private void count(Found found) {
        Instant now = clock.instant();
        Instant last = found.lastOpened();
        if (last != null && now.isBefore(last.plus(ONE_READING))) {
            return;
        }
        UUID visit = null;
        if (!found.visited()) {
            visit = visits.began();
            visits.askedForHelp(visit);
        }
        database.sql("""
                update knowledge.sent_link set opened_at = coalesce(opened_at, :now), last_opened_at = :now,
                    openings = openings + 1, visit_id = coalesce(visit_id, cast(:visit as uuid))
                where id = :id
                """)
                .param("now", Timestamp.from(now))
                .param("visit", visit)
                .param("id", found.id())
                .update();
    }

    private Optional<Found> known(UUID article, String token, String lock) {
        if (token.isEmpty() || token.length() > 100) {
            return Optional.empty();
        }
        return database.sql("""
                select id, language, sent_at, last_opened_at, visit_id is not null as visited from knowledge.sent_link
                where token_hash = :hash and article_id = :article and sent_at > :since""" + lock)
                .param("hash", SecretText.hashAsText(token))
                .param("article", article)
                .param("since", Timestamp.from(clock.instant().minus(VOTES_FOR)))
                .query((row, number) -> {
                    Timestamp last = row.getTimestamp("last_opened_at");
                    return new Found(
                            row.getObject("id", UUID.class),
                            Language.of(row.getString("language")),
                            row.getTimestamp("sent_at").toInstant(),
                            last == null ? null : last.toInstant(),
                            row.getBoolean("visited"));
                })
                .optional();
    }
}
