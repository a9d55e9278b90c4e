package io.perennial.success;

import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedRows;
import io.perennial.platform.audit.ChangedRows.Row;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.audit.Chronicle;
import io.perennial.platform.live.Live;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What happened to plans, in words; each change can be undone as long as nobody went on with it. */
@Component
class PlanLog {

    private final JdbcClient database;
    private final Chronicle chronicle;
    private final ChangedRows rows;
    private final Audit audit;
    private final Live live;
    private final Clock clock;

    PlanLog(JdbcClient database, ChangedRows rows, Audit audit, Live live, Clock clock) {
        this.database = database;
        this.chronicle = new Chronicle(database, clock, "success.event", "plan_id");
        this.rows = rows;
        this.audit = audit;
        this.live = live;
        this.clock = clock;
    }

    /** @param what it is called where the change is told */
    record About(UUID plan, AccountId account, String what) {}

    /**
     * Runs a change and writes down what it changed.
     *
     * @param did in the past, such as "closed it"
     * @return the change, for undo; null when nothing changed
     */
    @Nullable
    UUID changed(About about, String did, List<Row> rows, Actor actor, Runnable change) {
        List<ChangedThing> things = this.rows.changed(rows, about.account(), change);
        if (things.isEmpty()) {
            return null;
        }
        UUID id = audit.record(actor, PlanUndo.KIND, "Success plan " + about.what() + ": " + did, things);
        write(about.plan(), did, actor, id);
        return id;
    }

    /** Of a plan that is gone again, only that others look. */
    void write(UUID plan, String did, Actor actor, @Nullable UUID change) {
        if (rows.state(PlanThing.PLAN, plan) != null) {
            chronicle.write(plan, did, actor, change);
        }
        database.sql("update success.plan set version = version + 1, updated_at = :now where id = :plan")
                .param("plan", plan)
                .param("now", Timestamp.from(clock.instant()))
                .update();
        live.changed("success-plan:" + plan);
        live.changed("success-plans");
    }

    List<Chronicle.Entry> of(UUID plan) {
        return chronicle.of(plan);
    }
}
