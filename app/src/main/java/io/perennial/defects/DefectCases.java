package io.perennial.defects;

import io.perennial.defects.Portfolio.CaseOf;
import io.perennial.identity.Viewer;
import io.perennial.platform.records.Ids;
import io.perennial.shared.Actor;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The cases of a defect. A case has one; linking twice is linking once. */
@Component
@Transactional
public class DefectCases {

    private final JdbcClient database;
    private final DefectAskers askers;
    private final LinkChanges changes;
    private final Portfolio portfolio;
    private final Clock clock;

    DefectCases(JdbcClient database, DefectAskers askers, LinkChanges changes, Portfolio portfolio, Clock clock) {
        this.database = database;
        this.askers = askers;
        this.changes = changes;
        this.portfolio = portfolio;
        this.clock = clock;
    }

    /**
     * A case has one defect: linking it to another one takes it from the first.
     *
     * @param tell whether its asker wants to hear when it is fixed
     * @throws NoSuchElementException when the case is in nobody's portfolio that the viewer may see
     */
    public @Nullable UUID link(UUID defect, UUID caseId, boolean tell, Viewer viewer) {
        DefectEditing.requireWriter(viewer);
        Defect known = changes.lock(defect);
        CaseOf of = portfolio.caseOf(caseId, viewer);
        UUID change = attach(known, of, viewer.actor());
        if (tell && of.contact() != null) {
            askers.ask(known, of.contact(), of.account(), caseId, viewer.actor());
        }
        return change;
    }

    /** For imports and the demo: without looking at who asks. */
    void link(UUID defect, UUID caseId, boolean tell, Actor actor) {
        Defect known = changes.lock(defect);
        CaseOf of = portfolio.find(caseId, null).orElseThrow();
        attach(known, of, actor);
        if (tell && of.contact() != null) {
            askers.ask(known, of.contact(), of.account(), caseId, actor);
        }
    }

    private @Nullable UUID attach(Defect known, CaseOf of, Actor actor) {
        UUID present = database.sql("select defect_id from defects.case_link where case_id = :case for update")
                .param("case", of.id())
                .query(UUID.class)
                .optional()
                .orElse(null);
        if (known.id().equals(present)) {
            return null;
        }
        if (present != null) {
            detach(present, of, actor);
        }
        UUID id = Ids.next();
        int written = database.sql("""
                insert into defects.case_link (id, defect_id, case_id, linked_by, linked_at)
                values (:id, :defect, :case, :by, :now) on conflict (case_id) do nothing
                """)
                .param("id", id)
                .param("defect", known.id())
                .param("case", of.id())
                .param("by", actor.name())
                .param("now", Timestamp.from(clock.instant()))
                .update();
        return written == 0
                ? null
                : changes.done(
                        known.id(), DefectTable.CASE, id, of.account(), null, "linked case #" + of.number(), actor);
    }

    public @Nullable UUID unlink(UUID defect, UUID caseId, Viewer viewer) {
        DefectEditing.requireWriter(viewer);
        changes.lock(defect);
        return detach(defect, portfolio.caseOf(caseId, viewer), viewer.actor());
    }

    private @Nullable UUID detach(UUID defect, CaseOf of, Actor actor) {
        UUID id = database.sql("select id from defects.case_link where case_id = :case and defect_id = :defect")
                .param("case", of.id())
                .param("defect", defect)
                .query(UUID.class)
                .optional()
                .orElse(null);
        return id == null
                ? null
                : changes.remove(
                        defect, DefectTable.CASE, id, of.account(), "took case #" + of.number() + " off", actor);
    }
}
