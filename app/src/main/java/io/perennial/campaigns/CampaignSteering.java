package io.perennial.campaigns;

import io.perennial.campaigns.Campaign.State;
import io.perennial.mail.Outbox;
import io.perennial.shared.Actor;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A campaign on its way: paused, gone on with, cancelled. It counts at once, for letters that wait in the outbox as well. */
@Component
public class CampaignSteering {

    static final String CANCELLED = "The campaign was cancelled before this letter left.";

    private static final int AT_ONCE = 5_000;

    private final JdbcClient database;
    private final CampaignRows rows;
    private final Campaigns campaigns;
    private final CampaignWork work;
    private final Outbox outbox;
    private final Clock clock;

    CampaignSteering(
            JdbcClient database,
            CampaignRows rows,
            Campaigns campaigns,
            CampaignWork work,
            Outbox outbox,
            Clock clock) {
        this.database = database;
        this.rows = rows;
        this.campaigns = campaigns;
        this.work = work;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** No further letter leaves until it goes on. @return the change, for undo; null when it does not run */
    @Transactional
    public @Nullable UUID pause(UUID id, Worker worker) {
        return move(id, State.RUNNING, State.PAUSED, "paused", worker);
    }

    @Transactional
    public @Nullable UUID goOn(UUID id, Worker worker) {
        UUID change = move(id, State.PAUSED, State.RUNNING, "gone on with", worker);
        for (List<UUID> letters : waiting(id, "waiting")) {
            outbox.hurry(letters);
        }
        work.wakeAfterCommit();
        return change;
    }

    private @Nullable UUID move(UUID id, State from, State to, String what, Worker worker) {
        Campaign known = rows.writable(id, worker);
        if (known.state() != from) {
            return null;
        }
        String before = rows.state(id);
        state(id, to);
        campaigns.changed(id);
        return campaigns.record(
                "Campaign \"" + known.name() + "\" " + what, id, before, rows.state(id), worker.actor());
    }

    /** Whoever has not got everything gets no more, and letters that wait in the outbox do not leave. @return the change, for undo */
    @Transactional
    public @Nullable UUID cancel(UUID id, Worker worker) {
        Campaign known = rows.writable(id, worker);
        if (!known.isOnItsWay()) {
            return null;
        }
        String before = rows.state(id);
        cancel(known);
        return campaigns.record(
                "Campaign \"" + known.name() + "\" cancelled", id, before, rows.state(id), worker.actor());
    }

    /** @return how many letters did not leave */
    int cancel(Campaign known) {
        state(known.id(), State.CANCELLED);
        database.sql("""
                update campaigns.person set state = 'cancelled', why = 'It was cancelled before.', ended_at = :now
                where campaign_id = :id and state = 'due'
                """)
                .param("id", known.id())
                .param("now", Timestamp.from(clock.instant()))
                .update();
        int stopped = 0;
        for (List<UUID> letters : waiting(known.id(), "waiting")) {
            stopped += outbox.withdraw(letters, CANCELLED);
        }
        campaigns.changed(known.id());
        return stopped;
    }

    /** Takes a cancellation back: who was on the way is again, and letters that did not leave wait again. */
    void revive(UUID id, Actor actor) {
        state(id, State.RUNNING);
        database.sql("""
                update campaigns.person set state = 'due', why = '', ended_at = null
                where campaign_id = :id and state = 'cancelled'
                """).param("id", id).update();
        for (List<UUID> letters : waiting(id, "withheld")) {
            outbox.release(letters, CANCELLED);
        }
        campaigns.changed(id);
        work.wakeAfterCommit();
    }

    /** Letters in a state, as many at once as the outbox takes well. */
    private List<List<UUID>> waiting(UUID id, String state) {
        List<UUID> letters = database.sql("""
                select l.id from campaigns.sent s join mail.letter l on l.id = s.letter_id
                where s.campaign_id = :id and l.state = :state order by l.id
                """)
                .param("id", id)
                .param("state", state)
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
        List<List<UUID>> parts = new ArrayList<>();
        for (int from = 0; from < letters.size(); from += AT_ONCE) {
            parts.add(letters.subList(from, Math.min(letters.size(), from + AT_ONCE)));
        }
        return parts;
    }

    void state(UUID id, State to) {
        database.sql("""
                update campaigns.campaign set state = :state, version = version + 1,
                    finished_at = case when :over then cast(:now as timestamptz) end
                where id = :id
                """)
                .param("state", to.key())
                .param("over", to == State.CANCELLED || to == State.FINISHED)
                .param("now", Timestamp.from(clock.instant()))
                .param("id", id)
                .update();
    }
}
