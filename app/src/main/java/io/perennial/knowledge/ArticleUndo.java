package io.perennial.knowledge;

import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.audit.Undoable;
import io.perennial.shared.Actor;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Takes back what was done to articles and synonyms, unless somebody went on with them since. */
@Component
class ArticleUndo implements Undoable {

    static final String KIND = "article";

    private final JdbcClient database;
    private final SearchRows search;
    private final Clock clock;

    ArticleUndo(JdbcClient database, SearchRows search, Clock clock) {
        this.database = database;
        this.search = search;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** Backwards: a version leaves the place of the published one before the older returns to it. */
    @Override
    public UndoResult undo(List<ChangedThing> things, Actor actor) {
        List<String> leftAlone = new ArrayList<>();
        Set<UUID> articles = new HashSet<>();
        int restored = 0;
        for (ChangedThing thing : things.reversed()) {
            ArticleTable table = ArticleTable.of(thing.type());
            UUID id = UUID.fromString(thing.id());
            UUID article = articleOf(table, id);
            if (restore(table, id, thing.before(), thing.after())) {
                restored++;
            } else {
                leftAlone.add("somebody went on with it since");
            }
            if (article != null) {
                articles.add(article);
            }
        }
        articles.forEach(search::refresh);
        return new UndoResult(restored, leftAlone);
    }

    private @Nullable UUID articleOf(ArticleTable table, UUID id) {
        return switch (table) {
            case ARTICLE -> id;
            case VERSION ->
                database.sql("select article_id from knowledge.article_version where id = :id")
                        .param("id", id)
                        .query(UUID.class)
                        .optional()
                        .orElse(null);
            case SYNONYM -> null;
        };
    }

    private boolean restore(ArticleTable table, UUID id, @Nullable String before, @Nullable String after) {
        if (before == null) {
            return database.sql("delete from " + table.table() + " t where t.id = :id and " + unchanged()
                                    + (table == ArticleTable.ARTICLE ? NO_TEXTS : ""))
                            .param("id", id)
                            .param("after", after)
                            .update()
                    == 1;
        }
        if (after == null) {
            return database.sql("insert into " + table.table() + " select (jsonb_populate_record(null::" + table.table()
                                    + ", cast(:before as jsonb) || jsonb_build_object('updated_at', cast(:now as timestamptz)))).*"
                                    + " on conflict do nothing")
                            .param("before", before)
                            .param("now", Timestamp.from(clock.instant()))
                            .update()
                    == 1;
        }
        String columns = "b." + table.fields().replace(", ", ", b.");
        return database.sql("update " + table.table() + " t set (" + table.fields() + ") = (select " + columns
                                + " from jsonb_populate_record(null::" + table.table() + ", cast(:before as jsonb)) b)"
                                + (table.touch().isEmpty() ? "" : table.touch())
                                + " where t.id = :id and " + unchanged())
                        .param("id", id)
                        .param("before", before)
                        .param("after", after)
                        .param("now", Timestamp.from(clock.instant()))
                        .update()
                == 1;
    }

    private static final String NO_TEXTS =
            " and not exists (select from knowledge.article_version v where v.article_id = t.id)";

    private static String unchanged() {
        return "(to_jsonb(t) - 'updated_at') = cast(:after as jsonb)";
    }
}
