package io.perennial.programs;

import io.perennial.identity.Viewer;
import io.perennial.platform.audit.Audit;
import io.perennial.programs.Catalogue.NotPossible;
import io.perennial.programs.Program.Version;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Makes a draft what is sold; and a draft again, as long as nobody has used or been given what it promises. */
@Component
public class Publishing {

    private final JdbcClient database;
    private final ProgramRows rows;
    private final Enrolments enrolments;
    private final Audit audit;
    private final Clock clock;

    Publishing(JdbcClient database, ProgramRows rows, Enrolments enrolments, Audit audit, Clock clock) {
        this.database = database;
        this.rows = rows;
        this.enrolments = enrolments;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param change for undo */
    public record Published(UUID change, Version version) {}

    /**
     * Makes the draft what is sold from that day on. Contracts that name the program and have no version yet buy it too.
     *
     * @throws NotPossible when the viewer may not, there is no draft, or it cannot be kept
     */
    @Transactional
    public Published publish(Viewer viewer, UUID program, int edits, LocalDate validFrom) {
        Catalogue.allow(viewer);
        rows.lock(program);
        Version draft = rows.versions(program).stream()
                .filter(Version::draft)
                .findFirst()
                .orElseThrow(() -> new NotPossible("There is no draft to publish."));
        if (draft.edits() != edits) {
            throw new NotPossible(
                    "Somebody else has changed this draft meanwhile. Look at it again before you publish.");
        }
        OfferCheck.check(draft.offer());
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        if (validFrom.isBefore(today.minusYears(20)) || validFrom.isAfter(today.plusYears(2))) {
            throw new NotPossible("A version is sold from a day of the last twenty or the next two years on.");
        }
        rows.publish(draft.id(), validFrom, clock.instant(), viewer.name());
        String name = rows.program(program).map(Program::name).orElse("");
        UUID change = audit.record(
                viewer.actor(),
                ProgramUndo.KIND,
                "Version " + draft.number() + " of program " + name + " published, sold from " + validFrom,
                List.of(ProgramUndo.published(draft.id(), validFrom)));
        enrolments.deriveAll(program, viewer.actor());
        return new Published(change, rows.version(draft.id()).orElseThrow());
    }

    /**
     * Accounts that bought it get back what was sold before, or nothing; the ledger says so.
     *
     * @return why not, in words; null when it is a draft again
     */
    @Nullable
    String takeBack(UUID id, Actor actor) {
        Version version = rows.version(id).orElse(null);
        if (version == null || version.draft()) {
            return "a version that is not published any more";
        }
        rows.lock(version.program());
        String named = "version " + version.number();
        if (!rows.versions(version.program()).getFirst().id().equals(id)) {
            return named + ": another version was begun since";
        }
        if (any("select from programs.enrolment where chosen_version_id = :version", id)) {
            return named + ": it was given to accounts by hand";
        }
        if (any("""
                select from programs.pot p join programs.enrolment e on e.id = p.enrolment_id
                where e.bought_version_id = :version and p.reserved + p.consumed > 0
                """, id)) {
            return named + ": customers have used what it promises";
        }
        List<AccountId> accounts = enrolments.release(id);
        rows.unpublish(id);
        enrolments.derive(accounts, actor);
        enrolments.renew(accounts, actor);
        return null;
    }

    private boolean any(String rowsOf, UUID version) {
        return database.sql("select exists (" + rowsOf + ")")
                .param("version", version)
                .query(Boolean.class)
                .single();
    }
}
