package io.perennial.campaigns;

import io.perennial.campaigns.Campaign.State;
import io.perennial.campaigns.Campaign.Step;
import io.perennial.campaigns.Campaign.Text;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;

/** The rows of campaigns with their steps. */
@Component
class CampaignRows {

    private static final int MOST = 200;

    private final JdbcClient database;

    CampaignRows(JdbcClient database) {
        this.database = database;
    }

    Optional<Campaign> find(UUID id) {
        return database.sql("select * from campaigns.campaign where id = :id")
                .param("id", id)
                .query((row, number) -> campaign(row, steps(id)))
                .optional();
    }

    /** Held for as long as the transaction lasts, so that nobody changes it meanwhile. */
    Optional<Campaign> lock(UUID id) {
        database.sql("select 1 from campaigns.campaign where id = :id for update")
                .param("id", id)
                .query((row, number) -> 1)
                .optional();
        return find(id);
    }

    /**
     * To be changed by this worker, and locked for it.
     *
     * @throws AccessDeniedException when it is for accounts of others, or the worker only reads
     */
    Campaign writable(UUID id, Worker worker) {
        if (!worker.mayWork()) {
            throw new AccessDeniedException("Only people who work accounts run campaigns.");
        }
        Campaign campaign = lock(id).orElseThrow(() -> new NoSuchElementException("There is no such campaign."));
        if (!mayChange(campaign, worker)) {
            throw new AccessDeniedException("It is for accounts of others.");
        }
        return campaign;
    }

    static boolean mayChange(Campaign campaign, Worker worker) {
        return worker.mayWork()
                && (worker.onlyOwner() == null || worker.onlyOwner().equals(campaign.onlyOwner()));
    }

    /** Without their texts, latest first. @param state null for all */
    List<Campaign> latest(@Nullable State state) {
        return database.sql("""
                select * from campaigns.campaign where cast(:state as text) is null or state = :state
                order by coalesce(started_at, made_at) desc, id limit :most
                """)
                .param("state", state == null ? null : state.key())
                .param("most", MOST)
                .query((row, number) -> campaign(row, List.of()))
                .list();
    }

    List<UUID> running() {
        return database.sql(
                        "select id from campaigns.campaign where state = 'running' order by started_at, id limit 1000")
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
    }

    void write(Campaign campaign) {
        database.sql("""
                update campaigns.campaign set name = :name, audience = cast(:audience as jsonb), goal = cast(:goal as jsonb),
                    hold_out = :hold_out, joining = :joining, main_language = :language,
                    version = version + 1
                where id = :id
                """)
                .param("name", campaign.name())
                .param("audience", campaign.audience().json())
                .param("goal", campaign.goal().json())
                .param("hold_out", campaign.holdOut())
                .param("joining", campaign.joining())
                .param("language", campaign.mainLanguage())
                .param("id", campaign.id())
                .update();
        database.sql("delete from campaigns.step where campaign_id = :id")
                .param("id", campaign.id())
                .update();
        for (Step step : campaign.steps()) {
            database.sql("insert into campaigns.step values (:id, :position, :kind, :wait)")
                    .param("id", campaign.id())
                    .param("position", step.position())
                    .param("kind", step.task() ? "task" : "letter")
                    .param("wait", step.waitDays())
                    .update();
            step.texts()
                    .forEach((language, text) -> database.sql("""
                            insert into campaigns.step_text values (:id, :position, :language, :subject, :body)
                            """)
                            .param("id", campaign.id())
                            .param("position", step.position())
                            .param("language", language)
                            .param("subject", text.subject())
                            .param("body", text.body())
                            .update());
        }
    }

    /** Everything that a draft says, as JSON, for the audit. */
    @Nullable
    String state(UUID id) {
        return database.sql("""
                select (to_jsonb(c) - 'version' - 'job_id' - 'looked_at' || jsonb_build_object('steps', coalesce((
                    select jsonb_agg(to_jsonb(s) - 'campaign_id' || jsonb_build_object('texts', coalesce((
                        select jsonb_object_agg(t.language, jsonb_build_object('subject', t.subject, 'body', t.body))
                        from campaigns.step_text t where t.campaign_id = s.campaign_id and t.position = s.position), '{}'))
                        order by s.position)
                    from campaigns.step s where s.campaign_id = c.id), '[]')))::text
                from campaigns.campaign c where id = :id
                """).param("id", id).query(String.class).optional().orElse(null);
    }

    private List<Step> steps(UUID id) {
        Map<Integer, Map<String, Text>> texts = new LinkedHashMap<>();
        database.sql("""
                select position, language, subject, body from campaigns.step_text where campaign_id = :id
                order by position, language
                """).param("id", id).query(row -> {
            texts.computeIfAbsent(row.getInt(1), none -> new TreeMap<>())
                    .put(row.getString(2), new Text(row.getString(3), row.getString(4)));
        });
        return new ArrayList<>(database.sql(
                        "select position, kind, wait_days from campaigns.step where campaign_id = :id order by position")
                .param("id", id)
                .query((row, number) -> new Step(
                        row.getInt(1),
                        row.getString(2).equals("task"),
                        row.getInt(3),
                        texts.getOrDefault(row.getInt(1), Map.of())))
                .list());
    }

    private static Campaign campaign(ResultSet row, List<Step> steps) throws SQLException {
        return new Campaign(
                row.getObject("id", UUID.class),
                row.getLong("number"),
                row.getString("name"),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                Audience.parse(row.getString("audience")),
                Goal.parse(row.getString("goal")),
                row.getInt("hold_out"),
                row.getBoolean("joining"),
                row.getString("main_language"),
                row.getObject("only_owner", UUID.class),
                row.getBoolean("enrolled"),
                row.getObject("job_id", UUID.class),
                row.getString("made_by"),
                row.getTimestamp("made_at").toInstant(),
                row.getString("started_by"),
                instant(row.getTimestamp("started_at")),
                instant(row.getTimestamp("finished_at")),
                row.getInt("version"),
                steps);
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }
}
