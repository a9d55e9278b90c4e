package io.perennial.defects;

import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.live.Live;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What every change of what hangs on a defect has in common: health is read anew, it can be undone,
 * pages show it. Joins the transaction of its caller.
 */
@Component
class LinkChanges {

    private final JdbcClient database;
    private final DefectRows rows;
    private final DefectLog log;
    private final Affected affected;
    private final Audit audit;
    private final Live live;

    LinkChanges(JdbcClient database, DefectRows rows, DefectLog log, Affected affected, Audit audit, Live live) {
        this.database = database;
        this.rows = rows;
        this.log = log;
        this.affected = affected;
        this.audit = audit;
        this.live = live;
    }

    Defect lock(UUID defect) {
        return rows.lock(defect).orElseThrow(() -> new NoSuchElementException("There is no such defect."));
    }

    UUID remove(UUID defect, DefectTable table, UUID id, @Nullable AccountId account, String did, Actor actor) {
        String before = rows.snapshot(table, id);
        affected.mark(defect);
        database.sql("delete from " + table.table() + " where id = :id")
                .param("id", id)
                .update();
        return done(defect, table, id, account, before, did, actor);
    }

    UUID done(
            UUID defect,
            DefectTable table,
            UUID id,
            @Nullable AccountId account,
            @Nullable String before,
            String did,
            Actor actor) {
        if (table != DefectTable.ASKED) {
            affected.mark(defect);
        }
        Defect known = rows.find(defect).orElseThrow();
        UUID change = audit.record(
                actor,
                DefectUndo.KIND,
                "Defect " + known.tag() + " " + known.title() + ": " + did,
                List.of(new ChangedThing(table.type(), id.toString(), account, before, rows.snapshot(table, id))));
        log.write(defect, did, actor, change);
        live.changed("defect:" + defect);
        return change;
    }
}
