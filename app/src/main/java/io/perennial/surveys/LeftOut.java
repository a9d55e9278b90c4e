package io.perennial.surveys;

import io.perennial.identity.Viewer;
import io.perennial.shared.AccountId;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who was left out of a question, and why. */
@Component
@Transactional(readOnly = true)
public class LeftOut {

    public static final int PAGE = 50;

    /** Reasons as stored with what people read. */
    private static final Map<String, String> REASONS = Map.of(
            "protected", "Was asked not long ago",
            "unwilling", "Wants no more surveys",
            "no_address", "Has no address",
            "dead_address", "The address is dead",
            "left", "Left the company",
            "customer_left", "The customer left",
            "not_sampled", "Not in the sample",
            "same_address", "Shares an address with somebody asked");

    private final JdbcClient database;

    LeftOut(JdbcClient database) {
        this.database = database;
    }

    record Kept(
            AskingSource source,
            UUID reference,
            String name,
            UUID account,
            UUID contact,
            String reason,
            @Nullable String detail) {}

    /** @param what the survey, or what else was to be asked */
    public record Row(
            UUID id,
            String source,
            UUID reference,
            String what,
            AccountId account,
            String accountName,
            String person,
            String reason,
            @Nullable String detail,
            Instant at) {

        public String reasonWords() {
            return words(reason);
        }
    }

    /** @param next identity of the last row, to go on behind it; null at the end */
    public record Page(List<Row> rows, @Nullable String next) {}

    public static String words(String reason) {
        return REASONS.getOrDefault(reason, reason);
    }

    public static List<String> reasons() {
        return REASONS.keySet().stream().sorted().toList();
    }

    /**
     * Latest first.
     *
     * @param survey null for all
     * @param reason empty for any
     * @param before {@link Page#next} of the page before, or null
     */
    public Page page(@Nullable UUID survey, String reason, @Nullable String before, Viewer viewer) {
        Cursor cursor = Cursor.of(before);
        List<Row> rows = database.sql("""
                select l.*, a.name as account_name, coalesce(p.name, 'Somebody who is not known any more') as person
                from surveys.left_out l
                join accounts.account a on a.id = l.account_id
                left join accounts.contact p on p.id = l.contact_id
                where (:everything or a.owner_id = :me) and (cast(:survey as uuid) is null or l.reference = :survey)
                  and (:reason = '' or l.reason = :reason)
                  and (cast(:at as timestamptz) is null or (l.at, l.id) < (:at, :id))
                order by l.at desc, l.id desc limit :most
                """)
                .param("everything", viewer.everything())
                .param("me", viewer.memberId())
                .param("survey", survey)
                .param("reason", reason)
                .param("at", cursor.at())
                .param("id", cursor.id())
                .param("most", PAGE + 1)
                .query((row, number) -> new Row(
                        row.getObject("id", UUID.class),
                        row.getString("source"),
                        row.getObject("reference", UUID.class),
                        row.getString("name"),
                        new AccountId(row.getObject("account_id", UUID.class)),
                        row.getString("account_name"),
                        row.getString("person"),
                        row.getString("reason"),
                        row.getString("detail"),
                        row.getTimestamp("at").toInstant()))
                .list();
        boolean more = rows.size() > PAGE;
        List<Row> shown = more ? rows.subList(0, PAGE) : rows;
        Row last = shown.isEmpty() ? null : shown.getLast();
        return new Page(shown, more && last != null ? last.at() + "~" + last.id() : null);
    }

    /** Where a page goes on; a text that is none begins at the beginning. */
    record Cursor(@Nullable Timestamp at, @Nullable UUID id) {

        static Cursor of(@Nullable String text) {
            int tilde = text == null ? -1 : text.indexOf('~');
            if (text == null || tilde < 0) {
                return new Cursor(null, null);
            }
            try {
                return new Cursor(
                        Timestamp.from(Instant.parse(text.substring(0, tilde))),
                        UUID.fromString(text.substring(tilde + 1)));
            } catch (java.time.DateTimeException | IllegalArgumentException e) {
                return new Cursor(null, null);
            }
        }
    }
}
