package io.perennial.cases.desk;

import io.perennial.accounts.Changes;
import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.live.Live;
import io.perennial.shared.Actor;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What every verb on a case shares: who may, whether the page was up to date, clocks counted anew, audit, and telling open
 * pages. Only inside the transaction of a verb.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class CaseVerbs {

    /** Changes that undo brings back. */
    static final String KIND = "case";

    /** Words cannot be taken back. */
    static final String SAID = "case-message";

    private final CaseRows rows;
    private final CaseEvents events;
    private final CaseClockwork clocks;
    private final Changes changes;
    private final Audit audit;
    private final Live live;
    private final CaseRouter router;
    private final FollowerRows followers;
    private final Clock clock;

    CaseVerbs(
            CaseRows rows,
            CaseEvents events,
            CaseClockwork clocks,
            Changes changes,
            Audit audit,
            Live live,
            CaseRouter router,
            FollowerRows followers,
            Clock clock) {
        this.rows = rows;
        this.events = events;
        this.clocks = clocks;
        this.changes = changes;
        this.audit = audit;
        this.live = live;
        this.router = router;
        this.followers = followers;
        this.clock = clock;
    }

    static boolean mayWork(Viewer viewer) {
        return viewer.role() == Role.SUPPORT || viewer.role().mayWork();
    }

    static void requireWork(Viewer viewer) {
        if (!mayWork(viewer)) {
            throw new AccessDeniedException("Only people who work cases change them.");
        }
    }

    CaseRows.Known lock(UUID id, Viewer viewer) {
        requireWork(viewer);
        CaseRows.Known known = rows.lock(id, viewer)
                .orElseThrow(() -> new NoSuchElementException("There is no such case in your portfolio."));
        if (known.mergedInto() != null) {
            throw new CaseRefused(
                    known.title() + " was merged into another case; work on that one, or undo the merge first.");
        }
        return known;
    }

    /** For what comes from outside, whatever the portfolio; of a merged case the one that it went into. */
    Optional<CaseRows.Known> lockAny(UUID id) {
        return rows.lockAny(id);
    }

    /**
     * @param seen what the page showed that asks, or {@link Seen#WHATEVER}
     * @param kind {@link #KIND} or {@link #SAID}
     * @param did past words after the title, for Recent changes
     * @return the change
     * @throws CaseMoved when somebody else was faster
     */
    UUID change(CaseRows.Known known, Seen seen, Viewer viewer, String kind, String did, Consumer<Instant> work) {
        return change(known, seen, viewer.actor(), kind, did, work);
    }

    UUID change(CaseRows.Known known, Seen seen, Actor actor, String kind, String did, Consumer<Instant> work) {
        if (!seen.equals(Seen.WHATEVER) && seen.version() != known.version()) {
            String news = events.since(known.id(), seen.at());
            throw new CaseMoved(news.isEmpty() ? "The case was changed since you opened it." : news + ".");
        }
        followers.news(known.id());
        @Nullable String before = rows.snapshot(known.id());
        Instant now = clock.instant();
        work.accept(now);
        rows.touch(known.id(), now);
        clocks.recount(Set.of(known.id()));
        changes.mark(Set.of(known.account()));
        tell(known.id());
        ChangedThing thing =
                new ChangedThing(KIND, known.id().toString(), known.account(), before, rows.snapshot(known.id()));
        return audit.record(actor, kind, "Case " + known.title() + " " + did, List.of(thing));
    }

    /** A case that came from another one has clocks as well. */
    void started(UUID id) {
        clocks.recount(Set.of(id));
        tell(id);
    }

    /** Also whoever gives cases to people: this one may have to be given. */
    void tell(UUID id) {
        router.wakeAfterCommit();
        live.changed("case:" + id);
        live.changed("cases");
    }
}
