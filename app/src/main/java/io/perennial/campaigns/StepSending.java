package io.perennial.campaigns;

import io.perennial.campaigns.Campaign.State;
import io.perennial.campaigns.Campaign.Step;
import io.perennial.campaigns.LetterRules.Rules;
import io.perennial.engagement.Tasks;
import io.perennial.engagement.Tasks.NewTask;
import io.perennial.knowledge.Articles;
import io.perennial.mail.Letter;
import io.perennial.mail.Outbox;
import io.perennial.mail.Outbox.Timed;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Writes the next letter or task of whoever is due, a thousand people in a transaction: letter, proof and place in the campaign are
 * there together or not at all, so that neither a kill nor a second server writes one twice.
 */
@Component
class StepSending {

    static final int BATCH = 1_000;

    /** What is due that soon is written now; it leaves when its time has come. */
    private static final Duration AHEAD = Duration.ofMinutes(2);

    private static final int TASK_DAYS = 5;
    static final Actor CAMPAIGNS = new Actor(Actor.Kind.SYSTEM, null, "Campaigns");

    private final JdbcClient database;
    private final CampaignRows rows;
    private final LetterRules rules;
    private final Articles articles;
    private final Outbox outbox;
    private final Tasks tasks;
    private final TransactionOperations transactions;
    private final Clock clock;

    StepSending(
            JdbcClient database,
            CampaignRows rows,
            LetterRules rules,
            Articles articles,
            Outbox outbox,
            Tasks tasks,
            TransactionOperations transactions,
            Clock clock) {
        this.database = database;
        this.rows = rows;
        this.rules = rules;
        this.articles = articles;
        this.outbox = outbox;
        this.tasks = tasks;
        this.transactions = transactions;
        this.clock = clock;
    }

    private record Due(
            UUID contact,
            UUID account,
            @Nullable UUID owner,
            String address,
            String language,
            String zone,
            Wish wish,
            int step,
            Instant nextAt,
            boolean gone,
            Map<String, String> values) {}

    private record Proof(int step, UUID contact, UUID letter) {}

    /** What became of one person in this batch. */
    private record Moved(UUID contact, String state, String why, int nextStep, Instant nextAt) {}

    /** @return how many people were dealt with; none when nobody is due, or the campaign does not run */
    int batch(UUID id) {
        Integer done = transactions.execute(transaction -> {
            // Held until the letters are written: who pauses or cancels waits for this batch and stops the next.
            boolean running = database.sql("select state = 'running' from campaigns.campaign where id = :id for share")
                    .param("id", id)
                    .query(Boolean.class)
                    .optional()
                    .orElse(false);
            Campaign campaign = running ? rows.find(id).orElse(null) : null;
            return campaign == null || campaign.state() != State.RUNNING ? 0 : batch(campaign);
        });
        return done == null ? 0 : done;
    }

    private int batch(Campaign campaign) {
        List<Due> due = due(campaign);
        if (due.isEmpty()) {
            return 0;
        }
        StepText texts = new StepText(campaign, articles);
        Rules house = rules.now();
        List<Moved> moved = new ArrayList<>();
        List<Timed> letters = new ArrayList<>();
        for (Due person : due) {
            Step step = step(campaign, person.step());
            String objection = step == null ? "Nothing more is planned." : objection(texts, step, person);
            if (step == null || !objection.isEmpty()) {
                moved.add(new Moved(
                        person.contact(),
                        step == null ? "done" : person.gone() ? "gone" : "left-out",
                        objection,
                        person.step(),
                        person.nextAt()));
                continue;
            }
            Instant from = person.nextAt();
            if (step.task()) {
                task(campaign, texts, step, person);
            } else {
                from = person.wish().window(house).next(from, ReaderDoor.zone(person.zone(), house.zone()));
                Letter letter = letter(texts, step, person);
                if (letter == null) {
                    moved.add(new Moved(
                            person.contact(),
                            "left-out",
                            "The address is none that we can write to.",
                            person.step(),
                            person.nextAt()));
                    continue;
                }
                letters.add(new Timed(letter, from));
            }
            moved.add(next(campaign, person, from));
        }
        Map<String, UUID> posted = letters.isEmpty() ? Map.of() : outbox.postAll(letters, CAMPAIGNS);
        proof(campaign, posted);
        move(campaign, moved);
        return due.size();
    }

    private List<Due> due(Campaign campaign) {
        return database.sql("""
                select d.contact_id, d.account_id, a.owner_id, d.next_step, d.next_at,
                    coalesce(btrim(p.email), '') as email,
                    lower(left(coalesce(w.language, nullif(p.language, ''), a.language, ''), 2)) as letter_language,
                    coalesce(nullif(p.time_zone, ''), nullif(a.time_zone, ''), '') as zone,
                    w.language, w.from_hour, w.to_hour, w.days,
                    coalesce(p.left_on <= :today, false) or coalesce(o.left_on <= :today, false) as gone,
                """ + PersonFacts.COLUMNS + " from campaigns.person d join "
                        + PersonFacts.TABLES
                                .strip()
                                .replaceFirst("accounts.contact p", "accounts.contact p on p.id = d.contact_id")
                        + """

                left join campaigns.wish w on w.id = p.id
                where d.campaign_id = :campaign and d.state = 'due' and d.next_at <= :soon
                order by d.next_at, d.contact_id limit :most for update of d skip locked
                """)
                .param("today", today())
                .param("feature", campaign.feature())
                .param("campaign", campaign.id())
                .param("soon", Timestamp.from(clock.instant().plus(AHEAD)))
                .param("most", BATCH)
                .query((row, number) -> due(row))
                .list();
    }

    private static Due due(ResultSet row) throws SQLException {
        return new Due(
                row.getObject("contact_id", UUID.class),
                row.getObject("account_id", UUID.class),
                row.getObject("owner_id", UUID.class),
                row.getString("email"),
                row.getString("letter_language"),
                row.getString("zone"),
                Wishes.wish(row, 0),
                row.getInt("next_step"),
                row.getTimestamp("next_at").toInstant(),
                row.getBoolean("gone"),
                PersonFacts.of(row));
    }

    private static @Nullable Step step(Campaign campaign, int position) {
        return campaign.steps().stream()
                .filter(step -> step.position() == position)
                .findFirst()
                .orElse(null);
    }

    private static String objection(StepText texts, Step step, Due person) {
        if (person.gone()) {
            return "Has left, or is no customer any more.";
        }
        String missing = texts.missing(step, person.language(), person.values());
        return missing == null ? "" : "No value is known for {" + missing + "}.";
    }

    private static @Nullable Letter letter(StepText texts, Step step, Due person) {
        try {
            return texts.letter(
                    step,
                    new StepText.Reader(
                            person.contact(),
                            person.account(),
                            person.values().getOrDefault("name", ""),
                            person.address(),
                            person.language()),
                    person.values());
        } catch (IllegalArgumentException noAddress) {
            return null;
        }
    }

    private void task(Campaign campaign, StepText texts, Step step, Due person) {
        StepText.Filled script = texts.filled(step, person.language(), person.values());
        UUID task = tasks.createFor(
                        new AccountId(person.account()),
                        new NewTask(
                                script.subject(),
                                "For " + person.values().getOrDefault("name", "") + ", campaign \"" + campaign.name()
                                        + "\".\n\n" + script.body(),
                                "campaign",
                                today().plusDays(TASK_DAYS),
                                person.owner(),
                                null),
                        CAMPAIGNS)
                .task();
        database.sql("insert into campaigns.sent values (:campaign, :position, :contact, null, :task, :now)")
                .param("campaign", campaign.id())
                .param("position", step.position())
                .param("contact", person.contact())
                .param("task", task)
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    private static Moved next(Campaign campaign, Due person, Instant from) {
        Step after = step(campaign, person.step() + 1);
        return after == null
                ? new Moved(person.contact(), "done", "", person.step() + 1, from)
                : new Moved(
                        person.contact(), "due", "", after.position(), from.plus(Duration.ofDays(after.waitDays())));
    }

    private void proof(Campaign campaign, Map<String, UUID> posted) {
        List<Proof> all = new ArrayList<>();
        posted.forEach((key, letter) ->
                CampaignKey.of(key).ifPresent(one -> all.add(new Proof(one.step(), one.contact(), letter))));
        database.sql("""
                insert into campaigns.sent (campaign_id, position, contact_id, letter_id, sent_at)
                select :campaign, position, contact, letter, :now
                from unnest(cast(:positions as int[]), cast(:contacts as uuid[]), cast(:letters as uuid[]))
                    as s (position, contact, letter)
                on conflict do nothing
                """)
                .param("campaign", campaign.id())
                .param("positions", all.stream().map(Proof::step).toArray(Integer[]::new))
                .param("contacts", all.stream().map(Proof::contact).toArray(UUID[]::new))
                .param("letters", all.stream().map(Proof::letter).toArray(UUID[]::new))
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    private void move(Campaign campaign, List<Moved> moved) {
        database.sql("""
                update campaigns.person p set state = m.state, why = m.why, next_step = m.step, next_at = m.at,
                    ended_at = case when m.state <> 'due' then cast(:now as timestamptz) end
                from unnest(cast(:contacts as uuid[]), cast(:states as text[]), cast(:whys as text[]), cast(:steps as int[]),
                        cast(cast(:ats as text[]) as timestamptz[])) as m (contact, state, why, step, at)
                where p.campaign_id = :campaign and p.contact_id = m.contact
                """)
                .param("contacts", moved.stream().map(Moved::contact).toArray(UUID[]::new))
                .param("states", moved.stream().map(Moved::state).toArray(String[]::new))
                .param("whys", moved.stream().map(Moved::why).toArray(String[]::new))
                .param("steps", moved.stream().map(Moved::nextStep).toArray(Integer[]::new))
                .param("ats", moved.stream().map(one -> one.nextAt().toString()).toArray(String[]::new))
                .param("now", Timestamp.from(clock.instant()))
                .param("campaign", campaign.id())
                .update();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
