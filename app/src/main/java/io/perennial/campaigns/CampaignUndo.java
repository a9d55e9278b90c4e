package io.perennial.campaigns;

import io.perennial.campaigns.Campaign.State;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.audit.Undoable;
import io.perennial.shared.Actor;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes back what was done to a campaign, unless somebody went on with it since. A start taken back is a cancellation: what has left
 * stays with its readers, the rest does not leave.
 */
@Component
class CampaignUndo implements Undoable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient database;
    private final CampaignRows rows;
    private final CampaignSteering steering;

    CampaignUndo(JdbcClient database, CampaignRows rows, CampaignSteering steering) {
        this.database = database;
        this.rows = rows;
        this.steering = steering;
    }

    @Override
    public String kind() {
        return Campaigns.KIND;
    }

    @Override
    public UndoResult undo(List<ChangedThing> things, Actor actor) {
        return UndoResult.of(things.reversed(), thing -> restore(thing, actor));
    }

    private @Nullable String restore(ChangedThing thing, Actor actor) {
        UUID id = UUID.fromString(thing.id());
        String before = thing.before();
        String after = thing.after();
        Campaign present = rows.lock(id).orElse(null);
        if (present == null) {
            if (before == null || after != null) {
                return "the campaign is gone";
            }
            put(before);
            return null;
        }
        if (before == null || after == null) {
            return "the campaign is there";
        }
        String was = state(before);
        String became = state(after);
        if (!became.equals(present.state().key())) {
            return "somebody went on with it since";
        }
        if (became.equals("draft")) {
            if (!JSON.readTree(after).equals(JSON.readTree(String.valueOf(rows.state(id))))) {
                return "the draft was changed again since";
            }
            database.sql("delete from campaigns.campaign where id = :id")
                    .param("id", id)
                    .update();
            put(before);
            return null;
        }
        switch (became) {
            case "cancelled" -> steering.revive(id, actor);
            case "paused" -> steering.state(id, State.RUNNING);
            case "running" -> {
                if (was.equals("paused")) {
                    steering.state(id, State.PAUSED);
                } else {
                    steering.cancel(present);
                }
            }
            default -> {
                return "it is over";
            }
        }
        return null;
    }

    private static String state(String json) {
        return JSON.readTree(json).path("state").asString("");
    }

    private void put(String state) {
        database.sql("""
                insert into campaigns.campaign overriding system value
                select * from jsonb_populate_record(null::campaigns.campaign,
                    cast(:state as jsonb) - 'steps' || jsonb_build_object('version', 1 + extract(epoch from now())::int % 1000000))
                """).param("state", state).update();
        JsonNode campaign = JSON.readTree(state);
        for (JsonNode step : campaign.path("steps")) {
            database.sql("""
                    insert into campaigns.step (campaign_id, position, kind, wait_days)
                    select cast(:id as uuid), (s ->> 'position')::int, s ->> 'kind', (s ->> 'wait_days')::int
                    from (select cast(:step as jsonb) as s) x
                    """)
                    .param("id", campaign.path("id").asString())
                    .param("step", step.toString())
                    .update();
            database.sql("""
                    insert into campaigns.step_text (campaign_id, position, language, subject, body)
                    select cast(:id as uuid), (s ->> 'position')::int, t.key, t.value ->> 'subject', t.value ->> 'body'
                    from (select cast(:step as jsonb) as s) x cross join lateral jsonb_each(s -> 'texts') t
                    """)
                    .param("id", campaign.path("id").asString())
                    .param("step", step.toString())
                    .update();
        }
    }
}
