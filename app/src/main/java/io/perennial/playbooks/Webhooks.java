package io.perennial.playbooks;

import io.perennial.identity.Viewer;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.records.Ids;
import io.perennial.playbooks.Customers.Customer;
import io.perennial.playbooks.Running.Due;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Addresses that playbooks call, entered by administrators under a name, each with a secret that signs what is sent there. */
@Component
public class Webhooks {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final SecureRandom DICE = new SecureRandom();
    private static final int SECRET_BYTES = 32;
    private static final int LONGEST_URL = 1_000;

    private final JdbcClient database;
    private final OutsideAddress outside;
    private final ObjectProvider<WebhookDelivery> delivery;
    private final Audit audit;
    private final Clock clock;

    Webhooks(
            JdbcClient database,
            OutsideAddress outside,
            ObjectProvider<WebhookDelivery> delivery,
            Audit audit,
            Clock clock) {
        this.database = database;
        this.outside = outside;
        this.delivery = delivery;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param waiting calls on their way; failed: given up */
    public record Webhook(
            String name, String url, Instant createdAt, String createdBy, long waiting, long delivered, long failed) {}

    public List<Webhook> all() {
        return database.sql("""
                select w.name, w.url, w.created_at, w.created_by,
                       count(*) filter (where d.state = 'waiting') as waiting,
                       count(*) filter (where d.state = 'delivered') as delivered,
                       count(*) filter (where d.state = 'failed') as failed
                from playbooks.webhook w left join playbooks.delivery d on d.webhook = w.name
                group by w.name order by w.name limit 200
                """)
                .query((row, number) -> new Webhook(
                        row.getString(1),
                        row.getString(2),
                        row.getTimestamp(3).toInstant(),
                        row.getString(4),
                        row.getLong(5),
                        row.getLong(6),
                        row.getLong(7)))
                .list();
    }

    /**
     * A new one, or another address for a known name, with a fresh secret.
     *
     * @return the secret, which is shown once
     */
    @Transactional
    public String enter(String name, String url, Viewer viewer) {
        if (!viewer.role().mayAdminister()) {
            throw new AccessDeniedException("Administrators enter webhooks.");
        }
        if (!name.matches("[a-z0-9][a-z0-9-]{0,39}")) {
            throw new PlaybookRefused("A webhook's name has small letters, digits and hyphens, such as billing.");
        }
        outside.check(address(url));
        byte[] random = new byte[SECRET_BYTES];
        DICE.nextBytes(random);
        String secret = "whsec_" + Base64.getEncoder().encodeToString(random);
        database.sql("""
                insert into playbooks.webhook (name, url, secret, created_at, created_by) values (:name, :url, :secret, :now, :by)
                on conflict (name) do update set url = excluded.url, secret = excluded.secret,
                    created_at = excluded.created_at, created_by = excluded.created_by
                """)
                .param("name", name)
                .param("url", url.strip())
                .param("secret", secret)
                .param("now", Timestamp.from(clock.instant()))
                .param("by", viewer.name())
                .update();
        audit.record(
                viewer.actor(),
                "webhook",
                "Webhook " + name + " entered",
                List.of(new ChangedThing(
                        "webhook", name, null, null, JSON.writeValueAsString(Map.of("url", url.strip())))));
        return secret;
    }

    @Transactional
    public void remove(String name, Viewer viewer) {
        if (!viewer.role().mayAdminister()) {
            throw new AccessDeniedException("Administrators take webhooks away.");
        }
        int removed = database.sql("delete from playbooks.webhook where name = :name")
                .param("name", name)
                .update();
        if (removed > 0) {
            database.sql("""
                    update playbooks.delivery set state = 'failed', settled_at = :now, words = 'The webhook was taken away.'
                    where webhook = :name and state = 'waiting'
                    """)
                    .param("name", name)
                    .param("now", Timestamp.from(clock.instant()))
                    .update();
            audit.record(
                    viewer.actor(),
                    "webhook",
                    "Webhook " + name + " taken away",
                    List.of(new ChangedThing("webhook", name, null, "{}", null)));
        }
    }

    static URI address(String url) {
        String text = url.strip();
        try {
            if (text.length() <= LONGEST_URL) {
                return new URI(text);
            }
        } catch (URISyntaxException e) {
            throw new PlaybookRefused("\"" + text + "\" is no address: " + e.getReason() + ".");
        }
        throw new PlaybookRefused("An address has at most " + LONGEST_URL + " characters.");
    }

    /** In the transaction of the step; sent once that is committed. */
    void queue(Due run, int position, String webhook, Customer customer) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("playbook", run.key());
        data.put("playbook_name", run.text().name());
        data.put("run", run.id().toString());
        data.put("account", customer.externalId());
        data.put("account_name", customer.name());
        data.put("evidence", run.evidence());
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "playbook.step");
        body.put("timestamp", clock.instant().toString());
        body.put("data", data);
        database.sql("""
                insert into playbooks.delivery (id, run_id, position, webhook, body, next_at, created_at)
                values (:id, :run, :position, :webhook, :body, :now, :now)
                on conflict (run_id, position) do nothing
                """)
                .param("id", Ids.next())
                .param("run", run.id())
                .param("position", position)
                .param("webhook", webhook)
                .param("body", JSON.writeValueAsString(body))
                .param("now", Timestamp.from(clock.instant()))
                .update();
        delivery.getObject().wakeAfterCommit();
    }

    /** @return what cannot be taken back, in words, or nothing when it had not been called yet */
    @org.jspecify.annotations.Nullable
    String withdraw(UUID run, int position) {
        int removed =
                database.sql("""
                delete from playbooks.delivery where run_id = :run and position = :position and state = 'waiting' and attempts = 0
                """).param("run", run).param("position", position).update();
        if (removed > 0) {
            return null;
        }
        database.sql("""
                update playbooks.delivery set state = 'failed', settled_at = :now, words = 'The run was undone.'
                where run_id = :run and position = :position and state = 'waiting'
                """)
                .param("run", run)
                .param("position", position)
                .param("now", Timestamp.from(clock.instant()))
                .update();
        return "a webhook that was called";
    }
}
