package io.perennial.cases.desk;

import io.perennial.mail.Delivery;
import io.perennial.mail.MailSettings;
import io.perennial.mail.Outbox;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads what was said and done on a case, with its files and the proof of its letters. */
@Repository
class CaseEntries {

    /** The latest of a long conversation. */
    static final int MOST = 500;

    private final JdbcClient database;
    private final MessageFiles files;
    private final Outbox outbox;
    private final MailSettings settings;

    CaseEntries(JdbcClient database, MessageFiles files, Outbox outbox, MailSettings settings) {
        this.database = database;
        this.files = files;
        this.outbox = outbox;
        this.settings = settings;
    }

    private record Row(
            Instant at,
            String kind,
            String author,
            String body,
            @Nullable Instant promised,
            @Nullable UUID id,
            @Nullable String letter,
            @Nullable UUID letterId,
            @Nullable String trouble,
            CaseView.@Nullable Origin origin) {}

    /** Messages of this case and of those merged into it, and what happened, oldest first. */
    List<CaseView.Entry> of(UUID id) {
        List<Row> rows = database.sql("""
                select * from (
                    select at, kind, coalesce(author, case kind when 'customer' then 'Customer' else 'Staff' end) as author,
                        body, promised_at, id, 0 as after, letter, letter_id, trouble, incoming_id, sender, sender_verified,
                        stranger
                    from cases.message
                    where case_id = any(array(
                        select cast(:id as uuid) union all select id from cases.support_case where merged_into = :id))
                    union all
                    select at, 'event', actor, ${words},
                        case kind when 'promise' then cast(value as timestamptz) end, null, 1,
                        null, null, null, null, null, null, false
                    from cases.event where case_id = :id and not undone
                    order by at desc, after desc limit :most) latest
                order by at, after, id
                """.replace("${words}", CaseEvents.IN_WORDS))
                .param("id", id)
                .param("most", MOST)
                .query((row, number) -> row(row))
                .list();
        Map<UUID, List<CaseView.Enclosure>> enclosed =
                files.of(rows.stream().map(Row::id).filter(Objects::nonNull).toList());
        Map<UUID, Delivery> deliveries =
                outbox
                        .deliveries(rows.stream()
                                .map(Row::letterId)
                                .filter(Objects::nonNull)
                                .toList())
                        .stream()
                        .collect(Collectors.toMap(Delivery::letter, Function.identity()));
        return rows.stream()
                .map(row -> new CaseView.Entry(
                        row.at(),
                        row.kind(),
                        row.author(),
                        row.body(),
                        row.promised(),
                        row.id(),
                        proof(row, row.letterId() == null ? null : deliveries.get(row.letterId())),
                        row.origin(),
                        row.id() == null ? List.of() : enclosed.getOrDefault(row.id(), List.of())))
                .toList();
    }

    private CaseView.@Nullable Proof proof(Row row, @Nullable Delivery delivery) {
        if (delivery == null) {
            return row.letter() == null
                    ? null
                    : new CaseView.Proof("Not mailed", "at-risk", "x-octagon", row.trouble(), null);
        }
        Instant at = delivery.settledAt();
        String words = delivery.words();
        return switch (delivery.state()) {
            case WAITING ->
                new CaseView.Proof("Queued", null, "hourglass", words == null ? settings.obstacle() : words, at);
            case SENDING -> new CaseView.Proof("Being sent", null, "hourglass", words, at);
            case ACCEPTED -> new CaseView.Proof("Sent", null, "check2-circle", words, at);
            case BOUNCED -> new CaseView.Proof("Bounced", "at-risk", "x-octagon", words, at);
            case FAILED -> new CaseView.Proof("Failed", "at-risk", "x-octagon", words, at);
            case WITHHELD -> new CaseView.Proof("Withheld", "watch", "exclamation-triangle", words, at);
        };
    }

    private static Row row(ResultSet row) throws SQLException {
        boolean byMail = row.getObject("incoming_id") != null;
        return new Row(
                row.getTimestamp("at").toInstant(),
                row.getString("kind"),
                row.getString("author"),
                row.getString("body"),
                Queue.instant(row, "promised_at"),
                row.getObject("id", UUID.class),
                row.getString("letter"),
                row.getObject("letter_id", UUID.class),
                row.getString("trouble"),
                byMail
                        ? new CaseView.Origin(
                                row.getString("sender"), row.getBoolean("sender_verified"), row.getBoolean("stranger"))
                        : null);
    }
}
