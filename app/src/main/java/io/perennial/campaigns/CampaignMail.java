package io.perennial.campaigns;

import io.perennial.accounts.Accounts;
import io.perennial.engagement.Tasks;
import io.perennial.engagement.Tasks.NewTask;
import io.perennial.mail.BounceListener;
import io.perennial.mail.Delivery;
import io.perennial.mail.IncomingLetter;
import io.perennial.mail.IncomingLetter.Kind;
import io.perennial.mail.LetterReceiver;
import io.perennial.mail.Outbox;
import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.Records;
import io.perennial.shared.AccountId;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What comes back: answers, which end the campaign for their reader and are a conversation; bounces; and the no by letter. */
@Component
@Order(40)
class CampaignMail implements LetterReceiver, BounceListener {

    /** Of the address for letters in {@code List-Unsubscribe}. */
    private static final Pattern UNSUBSCRIBE = Pattern.compile("(?i)\\s*unsubscribe\\s+([A-Za-z0-9_-]{20,60})\\s*");

    private static final int LONGEST = 20_000;
    private static final int TASK_DAYS = 2;

    private final JdbcClient database;
    private final Readers readers;
    private final Accounts accounts;
    private final Outbox outbox;
    private final Tasks tasks;
    private final Records records;
    private final Clock clock;

    CampaignMail(
            JdbcClient database,
            Readers readers,
            Accounts accounts,
            Outbox outbox,
            Tasks tasks,
            Records records,
            Clock clock) {
        this.database = database;
        this.readers = readers;
        this.accounts = accounts;
        this.outbox = outbox;
        this.tasks = tasks;
        this.records = records;
        this.clock = clock;
    }

    private record Thread(
            CampaignKey key,
            AccountId account,
            String campaign,
            @Nullable UUID owner) {}

    @Override
    public boolean receive(IncomingLetter letter) {
        Matcher no = UNSUBSCRIBE.matcher(letter.subject());
        if (no.matches() && readers.stop(no.group(1), Consents.BY_LETTER)) {
            return true;
        }
        if (letter.kind() != Kind.PERSON && letter.kind() != Kind.AUTO_REPLY) {
            return false;
        }
        Thread thread = thread(letter).orElse(null);
        if (thread == null) {
            return false;
        }
        if (letter.kind() == Kind.PERSON) {
            answered(thread, letter);
        }
        return true;
    }

    @Override
    public void bounced(Bounce bounce) {
        if (bounce.permanent()) {
            CampaignKey.of(bounce.key())
                    .ifPresent(key -> end(key, "bounced", "The address is dead: " + bounce.reason()));
        }
    }

    private Optional<Thread> thread(IncomingLetter letter) {
        return letter.references().reversed().stream()
                .limit(20)
                .flatMap(reference -> outbox.byMessageId(reference).stream())
                .map(Delivery::key)
                .flatMap(key -> CampaignKey.of(key).stream())
                .flatMap(key -> database
                        .sql("""
                        select a.id, a.owner_id, c.name from campaigns.person p
                        join campaigns.campaign c on c.id = p.campaign_id join accounts.account a on a.id = p.account_id
                        where p.campaign_id = :campaign and p.contact_id = :contact
                        """)
                        .param("campaign", key.campaign())
                        .param("contact", key.contact())
                        .query((row, number) -> new Thread(
                                key,
                                new AccountId(row.getObject("id", UUID.class)),
                                row.getString("name"),
                                row.getObject("owner_id", UUID.class)))
                        .stream())
                .findFirst();
    }

    private void answered(Thread thread, IncomingLetter letter) {
        String name = letter.fromName() == null || letter.fromName().isBlank() ? letter.from() : letter.fromName();
        end(thread.key(), "answered", "Answered on " + LocalDate.ofInstant(letter.receivedAt(), ZoneOffset.UTC) + ".");
        talked(thread, letter);
        tasks.createFor(
                thread.account(),
                new NewTask(
                        "Answer " + cut(name, 80) + " about " + cut(thread.campaign(), 120),
                        cut(letter.text(), 1_000),
                        "campaign",
                        LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusDays(TASK_DAYS),
                        thread.owner(),
                        null),
                StepSending.CAMPAIGNS);
    }

    private void end(CampaignKey key, String state, String why) {
        database.sql("""
                update campaigns.person set state = :state, why = :why, ended_at = :now
                where campaign_id = :campaign and contact_id = :contact and state in ('due', 'done')
                """)
                .param("state", state)
                .param("why", cut(why, 300))
                .param("now", Timestamp.from(clock.instant()))
                .param("campaign", key.campaign())
                .param("contact", key.contact())
                .update();
    }

    /** An answer is a conversation, on the one timeline and against silence. */
    private void talked(Thread thread, IncomingLetter letter) {
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("account", accounts.find(thread.account()).orElseThrow().externalId());
        values.put("contact", writer(thread, letter));
        values.put("at", letter.receivedAt().toString());
        values.put("kind", "mail");
        values.put("direction", "in");
        values.put("two_way", true);
        values.put("subject", cut(letter.subject().strip(), 300));
        values.put("body", cut(letter.text(), LONGEST));
        records.upsert(
                records.type("touchpoints").orElseThrow(),
                List.of(new RecordRow(1, "campaign-answer-" + letter.id(), values, Map.of())),
                StepSending.CAMPAIGNS,
                new Records.Write(null, "Answer to " + thread.campaign(), Records.Formats.ISO));
    }

    /** Whom we wrote to, when it is they who answer and not somebody else from the same thread. */
    private @Nullable String writer(Thread thread, IncomingLetter letter) {
        return database.sql(
                        "select external_id from accounts.contact where id = :id and lower(btrim(email)) = lower(:from)")
                .param("id", thread.key().contact())
                .param("from", letter.from())
                .query(String.class)
                .optional()
                .orElse(null);
    }

    private static String cut(String text, int longest) {
        return text.length() > longest ? text.substring(0, longest - 1) + "…" : text;
    }
}
