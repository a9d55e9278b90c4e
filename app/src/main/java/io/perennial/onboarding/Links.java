package io.perennial.onboarding;

import io.perennial.platform.web.PublicAddress;
import io.perennial.shared.Actor;
import io.perennial.shared.SecretText;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The page of an onboarding for a contact, by a link in a letter. Opening it changes nothing, for mail scanners open links; only a
 * button confirms that the contact gets in.
 */
@Component
public class Links {

    /** Where the page is. */
    public static final String PATH = "/getting-started/";

    private static final SecretText TEXT = new SecretText("pgs_");
    private static final Duration OPEN_FOR = Duration.ofDays(180);

    /** Of one contact and onboarding; the oldest stop working first. */
    private static final int MOST = 10;

    private final JdbcClient database;
    private final OnboardingRows rows;
    private final OnboardingLog log;
    private final Looking looking;
    private final PublicAddress address;
    private final Clock clock;

    Links(
            JdbcClient database,
            OnboardingRows rows,
            OnboardingLog log,
            Looking looking,
            PublicAddress address,
            Clock clock) {
        this.database = database;
        this.rows = rows;
        this.log = log;
        this.looking = looking;
        this.address = address;
        this.clock = clock;
    }

    /** @param verifiedOn null while access is not confirmed */
    public record Seen(
            Onboarding onboarding,
            List<Milestone> milestones,
            UUID contact,
            String contactName,
            String language,
            @Nullable LocalDate verifiedOn) {}

    /** A fresh link for that contact; empty when nobody knows under which address customers reach this house. */
    Optional<String> fresh(UUID onboarding, UUID contact) {
        if (!address.isKnown()) {
            return Optional.empty();
        }
        String token = TEXT.fresh();
        database.sql("""
                delete from onboarding.link where token_hash in (
                    select token_hash from onboarding.link where onboarding_id = :onboarding and contact_id = :contact
                    order by expires_at desc offset :most)
                """)
                .param("onboarding", onboarding)
                .param("contact", contact)
                .param("most", MOST - 1)
                .update();
        database.sql("""
                insert into onboarding.link (token_hash, onboarding_id, contact_id, expires_at)
                values (:hash, :onboarding, :contact, :until)
                """)
                .param("hash", SecretText.hashAsText(token))
                .param("onboarding", onboarding)
                .param("contact", contact)
                .param("until", Timestamp.from(clock.instant().plus(OPEN_FOR)))
                .update();
        return address.of(PATH + token);
    }

    /** Changes nothing, whoever asks and however often. Empty for links that are not ours or are over. */
    @Transactional(readOnly = true)
    public Optional<Seen> see(String token) {
        return find(token);
    }

    /** The contact says that they get in; again changes nothing. @return empty for links that are not ours or are over */
    @Transactional
    public Optional<Seen> confirm(String token) {
        Seen seen = find(token).orElse(null);
        if (seen == null) {
            return Optional.empty();
        }
        int first = database.sql("""
                insert into onboarding.access (id, onboarding_id, contact_id, verified_on, way)
                values (gen_random_uuid(), :onboarding, :contact, :today, 'link')
                on conflict (onboarding_id, contact_id) do update set verified_on = excluded.verified_on, way = 'link'
                where access.verified_on is null
                """)
                .param("onboarding", seen.onboarding().id())
                .param("contact", seen.contact())
                .param("today", LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC))
                .update();
        if (first == 1) {
            log.write(
                    seen.onboarding().id(),
                    "confirmed access by the link",
                    new Actor(Actor.Kind.SYSTEM, null, seen.contactName()),
                    null);
            looking.look(List.of(seen.onboarding().id()));
        }
        return find(token);
    }

    private Optional<Seen> find(String token) {
        if (!TEXT.isWellFormed(token)) {
            return Optional.empty();
        }
        record Found(
                UUID onboarding,
                UUID contact,
                String name,
                String language,
                @Nullable LocalDate verifiedOn) {}
        Found found = database.sql("""
                select l.onboarding_id, l.contact_id, c.name, coalesce(c.language, a.language, 'en') as language, x.verified_on
                from onboarding.link l
                join accounts.contact c on c.id = l.contact_id
                join accounts.account a on a.id = c.account_id
                left join onboarding.access x on x.onboarding_id = l.onboarding_id and x.contact_id = l.contact_id
                where l.token_hash = :hash and l.expires_at > :now and (c.left_on is null or c.left_on > :today)
                """)
                .param("hash", SecretText.hashAsText(token))
                .param("now", Timestamp.from(clock.instant()))
                .param("today", LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC))
                .query((row, number) -> new Found(
                        row.getObject(1, UUID.class),
                        row.getObject(2, UUID.class),
                        row.getString(3),
                        row.getString(4),
                        row.getObject(5, LocalDate.class)))
                .optional()
                .orElse(null);
        if (found == null) {
            return Optional.empty();
        }
        return rows.find(found.onboarding())
                .map(onboarding -> new Seen(
                        onboarding,
                        rows.milestones(onboarding.id()),
                        found.contact(),
                        found.name(),
                        found.language(),
                        found.verifiedOn()));
    }
}
