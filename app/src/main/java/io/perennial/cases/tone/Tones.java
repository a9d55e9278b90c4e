package io.perennial.cases.tone;

import io.perennial.accounts.Changes;
import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.live.Live;
import io.perennial.sentiment.Sentiment;
import io.perennial.shared.AccountId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The tone of customers' messages: shown, corrected, and how often the model agrees with people. */
@Component
@Transactional
public class Tones {

    static final String KIND = "case-tone";

    private final ToneRows rows;
    private final JdbcClient database;
    private final Changes changes;
    private final Audit audit;
    private final Live live;
    private final Clock clock;

    Tones(ToneRows rows, JdbcClient database, Changes changes, Audit audit, Live live, Clock clock) {
        this.rows = rows;
        this.database = database;
        this.changes = changes;
        this.audit = audit;
        this.live = live;
        this.clock = clock;
    }

    /** By message. Whoever asks has checked that the viewer may see the case. */
    @Transactional(readOnly = true)
    public Map<UUID, Mark> of(UUID caseId) {
        return rows.of(caseId);
    }

    /**
     * Says how a message really sounds; what people say counts, and the model is held against it.
     *
     * @param upset null to leave it to the model again
     * @return the change, to undo it by; null when it was so already
     */
    public @Nullable UUID correct(UUID caseId, UUID message, @Nullable Boolean upset, Viewer viewer) {
        if (viewer.role() != Role.SUPPORT && !viewer.role().mayWork()) {
            throw new AccessDeniedException("Only people who work cases say how a message sounds.");
        }
        Known known = known(caseId, message, viewer);
        if (!known.read()) {
            rows.read(rows.heard(List.of(message)));
        }
        String before = rows.corrected(message);
        if (!rows.correct(message, upset, viewer.name(), clock.instant())) {
            return null;
        }
        changes.mark(Set.of(known.account()));
        live.changed("case:" + caseId);
        String said = upset == null ? "left to the model again" : upset ? "called upset" : "called not upset";
        return audit.record(
                viewer.actor(),
                KIND,
                "Message on case #" + known.number() + " " + said,
                List.of(new ChangedThing(KIND, message.toString(), known.account(), before, rows.corrected(message))));
    }

    private record Known(AccountId account, long number, boolean read) {}

    private Known known(UUID caseId, UUID message, Viewer viewer) {
        return database.sql("""
                select c.account_id, c.number, t.message_id is not null as read
                from cases.message m
                join cases.support_case c on c.id = m.case_id
                join accounts.account a on a.id = c.account_id
                left join cases.tone t on t.message_id = m.id
                where m.id = :message and m.kind = 'customer' and (c.id = :case or c.merged_into = :case)
                  and (:everything or a.owner_id = :me)
                """)
                .param("message", message)
                .param("case", caseId)
                .param("everything", viewer.everything())
                .param("me", viewer.memberId())
                .query((row, number) -> new Known(
                        new AccountId(row.getObject("account_id", UUID.class)),
                        row.getLong("number"),
                        row.getBoolean("read")))
                .optional()
                .orElseThrow(() -> new NoSuchElementException("There is no such message in your portfolio."));
    }

    /**
     * The model against staff, over the messages that somebody judged.
     *
     * @param model version of the weights in force
     * @param read messages read by any version
     * @param upset of them, those that count as upset now
     * @param foundRightly both say upset
     * @param foundWrongly only the model says upset
     * @param missed only staff say upset
     * @param leftRightly neither says upset
     */
    public record Agreement(
            String model, long read, long upset, long foundRightly, long foundWrongly, long missed, long leftRightly) {

        public long judged() {
            return foundRightly + foundWrongly + missed + leftRightly;
        }

        public long agreed() {
            return foundRightly + leftRightly;
        }
    }

    @Transactional(readOnly = true)
    public Agreement agreement(Viewer viewer) {
        return database.sql("""
                select count(*) as read, count(*) filter (where coalesce(t.corrected, t.said)) as upset,
                    count(*) filter (where t.said and t.corrected) as found_rightly,
                    count(*) filter (where t.said and not t.corrected) as found_wrongly,
                    count(*) filter (where not t.said and t.corrected) as missed,
                    count(*) filter (where not t.said and not t.corrected) as left_rightly
                from cases.tone t
                join cases.support_case c on c.id = t.case_id
                join accounts.account a on a.id = c.account_id
                where :everything or a.owner_id = :me
                """)
                .param("everything", viewer.everything())
                .param("me", viewer.memberId())
                .query((row, number) -> new Agreement(
                        Sentiment.version(),
                        row.getLong("read"),
                        row.getLong("upset"),
                        row.getLong("found_rightly"),
                        row.getLong("found_wrongly"),
                        row.getLong("missed"),
                        row.getLong("left_rightly")))
                .single();
    }

    /** A message that somebody judged: what a new model is taught from. */
    public record Judged(
            UUID message,
            long number,
            Instant at,
            @Nullable String language,
            boolean said,
            double chance,
            boolean upset,
            String by,
            String text) {}

    /** Latest judgements first. */
    @Transactional(readOnly = true)
    public List<Judged> judged(int most, Viewer viewer) {
        return database.sql("""
                select t.message_id, c.number, t.at, coalesce(m.language, p.language, a.language) as language, t.said, t.upset,
                    t.corrected, coalesce(t.corrected_by, '') as by, m.body
                from cases.tone t
                join cases.message m on m.id = t.message_id
                join cases.support_case c on c.id = t.case_id
                join accounts.account a on a.id = c.account_id
                left join accounts.contact p on p.id = coalesce(m.contact_id, c.contact_id)
                where t.corrected is not null and (:everything or a.owner_id = :me)
                order by t.corrected_at desc, t.message_id limit :most
                """)
                .param("everything", viewer.everything())
                .param("me", viewer.memberId())
                .param("most", most)
                .query((row, number) -> new Judged(
                        row.getObject("message_id", UUID.class),
                        row.getLong("number"),
                        row.getTimestamp("at").toInstant(),
                        row.getString("language"),
                        row.getBoolean("said"),
                        row.getDouble("upset"),
                        row.getBoolean("corrected"),
                        row.getString("by"),
                        row.getString("body")))
                .list();
    }
}
