package io.perennial.campaigns;

import io.perennial.campaigns.AudienceQuery.Reach;
import io.perennial.campaigns.Campaign.State;
import io.perennial.campaigns.Campaign.Step;
import io.perennial.campaigns.Campaign.Text;
import io.perennial.identity.Viewer;
import io.perennial.mail.Letter;
import io.perennial.mail.Outbox;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.live.Live;
import io.perennial.platform.records.Ids;
import io.perennial.shared.Actor;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Campaigns as they are written: begun, changed, copied, looked at as one reader gets them, thrown away. */
@Component
public class Campaigns {

    static final String KIND = "campaign";

    private final JdbcClient database;
    private final CampaignRows rows;
    private final AudienceQuery audience;
    private final LetterPreview preview;
    private final Outbox outbox;
    private final Audit audit;
    private final Live live;
    private final Clock clock;

    Campaigns(
            JdbcClient database,
            CampaignRows rows,
            AudienceQuery audience,
            LetterPreview preview,
            Outbox outbox,
            Audit audit,
            Live live,
            Clock clock) {
        this.database = database;
        this.rows = rows;
        this.audience = audience;
        this.preview = preview;
        this.outbox = outbox;
        this.audit = audit;
        this.live = live;
        this.clock = clock;
    }

    public Optional<Campaign> find(UUID id) {
        return rows.find(id);
    }

    /** Latest first, without steps. @param state null for all */
    public List<Campaign> latest(@Nullable State state) {
        return rows.latest(state);
    }

    public static boolean mayChange(Campaign campaign, Viewer viewer) {
        return CampaignRows.mayChange(campaign, Worker.of(viewer));
    }

    /** @param key of the form; the same form sent twice begins one campaign */
    @Transactional
    public UUID begin(String name, String key, Worker worker) {
        requireWorker(worker);
        String said = named(name);
        if (key.length() > 120) {
            throw new CampaignRefused("The form is not one of ours. Open it again.");
        }
        UUID id = Ids.next();
        String unique = key.isBlank() ? id.toString() : "form:" + key;
        int written = database.sql("""
                insert into campaigns.campaign (id, key, name, audience, goal, only_owner, made_by, made_at)
                values (:id, :key, :name, cast(:audience as jsonb), cast(:goal as jsonb), cast(:only as uuid), :by, :now)
                on conflict (key) do nothing
                """)
                .param("id", id)
                .param("key", unique)
                .param("name", said)
                .param("audience", Audience.everybody().json())
                .param("goal", Goal.usual().json())
                .param("only", worker.onlyOwner())
                .param("by", worker.name())
                .param("now", Timestamp.from(clock.instant()))
                .update();
        if (written == 0) {
            return database.sql("select id from campaigns.campaign where key = :key")
                    .param("key", unique)
                    .query(UUID.class)
                    .single();
        }
        Campaign fresh = rows.find(id).orElseThrow();
        rows.write(with(
                fresh,
                new Draft(
                        said,
                        fresh.audience(),
                        fresh.goal(),
                        fresh.holdOut(),
                        false,
                        List.of(new Step(1, false, 0, Map.of("en", new Text("", "")))))));
        changed(id);
        return id;
    }

    /**
     * A whole draft at once, or nothing of it.
     *
     * @param said what it says, given what is usual
     */
    @Transactional
    public UUID begin(String name, Function<Campaign, Draft> said, Worker worker) {
        UUID id = begin(name, "", worker);
        Campaign fresh = rows.find(id).orElseThrow();
        Draft draft = said.apply(fresh);
        DraftCheck.check(draft);
        rows.write(with(fresh, draft));
        return id;
    }

    /** What a form or a program says of a campaign. @param steps in their order; their positions are given anew */
    public record Draft(String name, Audience audience, Goal goal, int holdOut, boolean joining, List<Step> steps) {}

    /**
     * @param seen version that the form showed
     * @return the change, for undo; null when nothing is different
     * @throws CampaignMoved when somebody changed it since
     */
    @Transactional
    public @Nullable UUID save(UUID id, int seen, Draft draft, Worker worker) {
        Campaign known = rows.writable(id, worker);
        if (!known.isDraft()) {
            throw new CampaignRefused("It was started; what people got stays as it is. Copy it to write another one.");
        }
        if (known.version() != seen) {
            throw new CampaignMoved("Somebody changed the draft since you opened it.");
        }
        DraftCheck.check(draft);
        String before = rows.state(id);
        rows.write(with(known, draft));
        String after = rows.state(id);
        changed(id);
        return Objects.equals(before, after)
                ? null
                : record("Campaign \"" + draft.name().strip() + "\" changed", id, before, after, worker.actor());
    }

    /** The same once more, as a draft. */
    @Transactional
    public UUID copy(UUID id, Worker worker) {
        requireWorker(worker);
        Campaign known = rows.find(id).orElseThrow();
        UUID copy = begin(cut("Copy of " + known.name()), "", worker);
        rows.write(with(
                rows.find(copy).orElseThrow(),
                new Draft(
                        cut("Copy of " + known.name()),
                        known.audience(),
                        known.goal(),
                        known.holdOut(),
                        known.joining(),
                        known.steps())));
        return copy;
    }

    /** Drafts only. @return the change, for undo */
    @Transactional
    public UUID discard(UUID id, Worker worker) {
        Campaign known = rows.writable(id, worker);
        if (!known.isDraft()) {
            throw new CampaignRefused("It was started; what people got stays. Cancel what has not left yet.");
        }
        String before = rows.state(id);
        database.sql("delete from campaigns.campaign where id = :id")
                .param("id", id)
                .update();
        changed(id);
        return record("Campaign \"" + known.name() + "\" discarded", id, before, null, worker.actor());
    }

    /** @param worker who looks: examples are of their own customers */
    public Reach reach(Campaign campaign, Worker worker) {
        return audience.reach(campaign, worker);
    }

    /** The draft as the form shows it, before it is kept; for counting only. */
    public static Campaign with(Campaign known, Draft draft) {
        List<Step> numbered = new ArrayList<>();
        for (Step step : draft.steps()) {
            int position = numbered.size() + 1;
            numbered.add(new Step(position, step.task(), position == 1 ? 0 : step.waitDays(), step.texts()));
        }
        return new Campaign(
                known.id(),
                known.number(),
                draft.name().strip(),
                known.state(),
                draft.audience(),
                draft.goal(),
                draft.holdOut(),
                draft.joining(),
                known.mainLanguage(),
                known.onlyOwner(),
                known.enrolled(),
                known.job(),
                known.madeBy(),
                known.madeAt(),
                known.startedBy(),
                known.startedAt(),
                known.finishedAt(),
                known.version(),
                numbered);
    }

    /**
     * A letter as this reader gets it, to oneself.
     *
     * @throws CampaignRefused when it cannot be written for this reader
     */
    @Transactional
    public void test(UUID id, int position, @Nullable UUID contact, String language, Viewer viewer) {
        requireWorker(Worker.of(viewer));
        Campaign campaign = rows.find(id).orElseThrow();
        LetterPreview.Shown shown = preview.show(campaign, position, contact, language, viewer)
                .orElseThrow(() -> new CampaignRefused("There is no such letter, or nobody to write it for."));
        if (shown.missing() != null) {
            throw new CampaignRefused("No value is known for {" + shown.missing() + "} of " + shown.reader() + ".");
        }
        outbox.post(
                new Letter(
                                "campaign-test:" + Ids.next(),
                                viewer.email(),
                                viewer.name(),
                                "[Test] " + shown.subject(),
                                shown.body(),
                                shown.html(),
                                Map.of(),
                                List.of(),
                                "campaign-test",
                                null,
                                null)
                        .in(shown.language()),
                viewer.actor());
    }

    UUID record(String what, UUID id, @Nullable String before, @Nullable String after, Actor actor) {
        return audit.record(actor, KIND, what, List.of(new ChangedThing(KIND, id.toString(), null, before, after)));
    }

    void changed(UUID id) {
        live.changed("campaigns");
        live.changed("campaign:" + id);
    }

    private static void requireWorker(Worker worker) {
        if (!worker.mayWork()) {
            throw new AccessDeniedException("Only people who work accounts run campaigns.");
        }
    }

    private static String named(String name) {
        String said = name.replace("\0", "").strip();
        if (said.isEmpty() || said.length() > DraftCheck.LONGEST_NAME) {
            throw new CampaignRefused("A campaign needs a name of up to 200 characters.");
        }
        return said;
    }

    private static String cut(String name) {
        return name.length() > DraftCheck.LONGEST_NAME ? name.substring(0, DraftCheck.LONGEST_NAME) : name;
    }
}
