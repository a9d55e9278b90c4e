package io.perennial.campaigns;

import io.perennial.campaigns.Consents.Reader;
import io.perennial.campaigns.LetterRules.Rules;
import io.perennial.mail.ComplaintListener;
import io.perennial.mail.LetterPreference;
import io.perennial.mail.MailAddress;
import io.perennial.mail.Purpose;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Speaks for readers of letters that they did not ask for, right before one leaves, whoever sends it: what they said, whether the
 * campaign still goes on, how much they got lately, and what time it is where they are.
 */
@Component
class ReaderDoor implements LetterPreference, ComplaintListener {

    /** Of a letter that had to wait for so long nobody knows any more whether it is still right. */
    private static final Duration LONGEST_WAIT = Duration.ofDays(30);

    private static final Duration WHILE_PAUSED = Duration.ofHours(1);
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);

    private final JdbcClient database;
    private final Consents consents;
    private final Wishes wishes;
    private final LetterRules rules;
    private final Clock clock;

    ReaderDoor(JdbcClient database, Consents consents, Wishes wishes, LetterRules rules, Clock clock) {
        this.database = database;
        this.consents = consents;
        this.wishes = wishes;
        this.rules = rules;
        this.clock = clock;
    }

    @Override
    public Optional<String> against(Addressed letter) {
        if (!letter.serves().mayBeRefused()) {
            return Optional.empty();
        }
        if (isGone(letter)) {
            return Optional.of("Has left the company.");
        }
        Consent said = consents.latest(Reader.of(letter), letter.serves()).orElse(null);
        if (said != null && !said.granted()) {
            return Optional.of("Wants no letters of this kind, said " + said.sourceWords() + " on "
                    + said.at().atZone(ZoneOffset.UTC).toLocalDate() + ".");
        }
        if (said == null && rules.now().askedFirst().contains(letter.serves())) {
            return Optional.of("Was never asked whether such letters are welcome.");
        }
        if (letter.serves().canWait() && letter.postedAt().plus(LONGEST_WAIT).isBefore(clock.instant())) {
            return Optional.of("Waited for thirty days; it may not be right any more.");
        }
        return CampaignKey.of(letter.key()).flatMap(this::againstCampaign);
    }

    /** Letters wait for hours and days; meanwhile somebody may have been marked as gone. */
    private boolean isGone(Addressed letter) {
        return letter.contactId() != null
                && database.sql("select exists (select from accounts.contact where id = :id and left_on <= :today)")
                        .param("id", letter.contactId())
                        .param("today", clock.instant().atZone(ZoneOffset.UTC).toLocalDate())
                        .query(Boolean.class)
                        .single();
    }

    private Optional<String> againstCampaign(CampaignKey key) {
        return database.sql("""
                select case when c.state = 'cancelled' then 'The campaign was cancelled before this letter left.'
                    when p.state in ('reached', 'answered', 'refused', 'gone', 'cancelled')
                        then 'The campaign is over for this reader: ' || coalesce(nullif(p.why, ''), p.state)
                    when x.left_on <= :today then 'Has left the company.' end
                from campaigns.person p join campaigns.campaign c on c.id = p.campaign_id
                join accounts.contact x on x.id = p.contact_id
                where p.campaign_id = :campaign and p.contact_id = :contact
                """)
                .param("today", clock.instant().atZone(ZoneOffset.UTC).toLocalDate())
                .param("campaign", key.campaign())
                .param("contact", key.contact())
                .query((row, number) -> Optional.ofNullable(row.getString(1)))
                .optional()
                .flatMap(answer -> answer);
    }

    @Override
    public Optional<Later> later(Addressed letter) {
        Instant now = clock.instant();
        boolean paused = CampaignKey.of(letter.key())
                .map(key -> database.sql("select state = 'paused' from campaigns.campaign where id = :id")
                        .param("id", key.campaign())
                        .query(Boolean.class)
                        .optional()
                        .orElse(false))
                .orElse(false);
        if (paused) {
            return Optional.of(new Later(now.plus(WHILE_PAUSED), "The campaign is paused."));
        }
        Rules house = rules.now();
        Optional<Later> enough = enough(letter.to(), house, now);
        if (enough.isPresent()) {
            return enough;
        }
        Wish wish = wishes.of(letter.contactId());
        ZoneId zone = zone(letter.contactId(), house);
        Instant opens = wish.window(house).next(now, zone);
        return opens.isAfter(now)
                ? Optional.of(new Later(
                        opens,
                        "Waits for the reader's hours: " + MOMENT.format(opens.atZone(zone)) + " in " + zone.getId()
                                + "."))
                : Optional.empty();
    }

    /** One mailbox gets only so many letters, whoever sends them. */
    private Optional<Later> enough(String address, Rules house, Instant now) {
        Duration within = Duration.ofDays(house.withinDays());
        List<Instant> lately = database.sql("""
                select settled_at from mail.letter
                where lower(to_address) = :address and state = 'accepted' and serves <> 'transactional'
                  and serves in ('survey', 'campaign', 'playbook') and settled_at > :since
                order by settled_at desc limit :most
                """)
                .param("address", MailAddress.folded(address))
                .param("since", Timestamp.from(now.minus(within)))
                .param("most", house.mostLetters())
                .query((row, number) -> row.getTimestamp(1).toInstant())
                .list();
        return lately.size() < house.mostLetters()
                ? Optional.empty()
                : Optional.of(new Later(
                        lately.getLast().plus(within),
                        "Got " + house.mostLetters() + (house.mostLetters() == 1 ? " letter" : " letters") + " within "
                                + house.withinDays() + " days."));
    }

    private ZoneId zone(@Nullable UUID contact, Rules house) {
        String known = database.sql("""
                select coalesce(nullif(p.time_zone, ''), nullif(a.time_zone, '')) from accounts.contact p
                join accounts.account a on a.id = p.account_id where p.id = :id
                """)
                .param("id", contact)
                .query((row, number) -> Optional.ofNullable(row.getString(1)))
                .optional()
                .flatMap(zone -> zone)
                .orElse(house.zone());
        return zone(known, house.zone());
    }

    /** What is written in a record may be no zone. */
    static ZoneId zone(String known, String otherwise) {
        try {
            return ZoneId.of(known);
        } catch (DateTimeException unknown) {
            return known.equals(otherwise) ? ZoneOffset.UTC : zone(otherwise, otherwise);
        }
    }

    @Override
    public void complained(Complaint complaint) {
        Reader reader =
                new Reader(complaint.contactId(), complaint.accountId(), complaint.address(), complaint.address());
        for (Purpose purpose : Purpose.values()) {
            if (purpose.mayBeRefused()) {
                consents.say(reader, purpose, false, Consents.COMPLAINT, complaint.said());
            }
        }
    }
}
