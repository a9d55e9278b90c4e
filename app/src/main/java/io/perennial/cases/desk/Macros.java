package io.perennial.cases.desk;

import io.perennial.identity.Viewer;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.records.Ids;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Texts that staff write again and again. Placeholders: {@code {name}}, {@code {number}}, {@code {me}}. */
@Component
@Transactional
public class Macros {

    private static final int MOST = 200;

    private static final Pattern FIELD = Pattern.compile("( ?)\\{(name|number|me)}");

    private final JdbcClient database;
    private final Audit audit;
    private final Clock clock;

    Macros(JdbcClient database, Audit audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param changedBy who wrote it last */
    public record Macro(UUID id, String title, String body, String changedBy, int version) {

        /** With the words of one case; without a name the blank before it goes as well. What is filled in is never a field itself. */
        public String filled(@Nullable String contact, long number, String me) {
            return FIELD.matcher(body)
                    .replaceAll(field -> Matcher.quoteReplacement(
                            switch (field.group(2)) {
                                case "name" -> contact == null || contact.isBlank() ? "" : field.group(1) + contact;
                                case "number" -> field.group(1) + "#" + number;
                                default -> field.group(1) + me;
                            }));
        }
    }

    @Transactional(readOnly = true)
    public List<Macro> all() {
        return database.sql(
                        "select id, title, body, changed_by, version from cases.macro order by lower(title) limit 200")
                .query((row, number) -> new Macro(
                        row.getObject("id", UUID.class),
                        row.getString("title"),
                        row.getString("body"),
                        row.getString("changed_by"),
                        row.getInt("version")))
                .list();
    }

    /** @param id null for a new one */
    public void save(@Nullable UUID id, int version, String title, String body, Viewer viewer) {
        CaseVerbs.requireWork(viewer);
        String name = title.strip();
        String text = Conversation.text(body);
        if (name.isEmpty() || name.length() > 100 || text.length() > 10_000) {
            throw new CaseRefused("A macro has a name of up to 100 and a text of up to 10,000 characters.");
        }
        if (id == null && all().size() >= MOST) {
            throw new CaseRefused("There are 200 macros already. Remove one that nobody uses.");
        }
        int written;
        try {
            written = database.sql("""
                    insert into cases.macro (id, title, body, changed_by, updated_at)
                    select :id, :title, :body, :by, :now where :fresh or exists (select from cases.macro where id = :id)
                    on conflict (id) do update set title = excluded.title, body = excluded.body,
                        changed_by = excluded.changed_by, updated_at = excluded.updated_at,
                        version = macro.version + 1
                    where macro.version = :version
                    """)
                    .param("id", id == null ? Ids.next() : id)
                    .param("fresh", id == null)
                    .param("title", name)
                    .param("body", text)
                    .param("by", viewer.name())
                    .param("now", Timestamp.from(clock.instant()))
                    .param("version", version)
                    .update();
        } catch (DuplicateKeyException taken) {
            throw new CaseRefused("There is a macro of that name already.");
        }
        if (written == 0) {
            throw new CaseMoved("Somebody changed or removed this macro since you opened it. Open it again.");
        }
        note(viewer, "Macro " + name + (id == null ? " added" : " changed"));
    }

    public void remove(UUID id, Viewer viewer) {
        CaseVerbs.requireWork(viewer);
        database.sql("delete from cases.macro where id = :id returning title")
                .param("id", id)
                .query(String.class)
                .optional()
                .ifPresent(title -> note(viewer, "Macro " + title + " removed"));
    }

    private void note(Viewer viewer, String summary) {
        audit.record(
                viewer.actor(),
                "case-macros",
                summary,
                List.of(new ChangedThing("case-macros", summary, null, null, null)));
    }
}
