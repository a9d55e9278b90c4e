package io.perennial.health;

import io.perennial.accounts.Changes;
import io.perennial.health.scoring.LiveScoring;
import io.perennial.health.scoring.StoredHealth;
import io.perennial.health.signals.SignalBook;
import io.perennial.health.signals.SignalBook.Explained;
import io.perennial.identity.Viewer;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.live.Live;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Red flags: what stands, ranked by what acting may save, and what people do about it. Every command can be undone. */
@Component
public class Signals {

    public static final int MOST = 500;
    static final int LONGEST_TEXT = 1_000;

    private final SignalReads reads;
    private final SignalCommands commands;
    private final SignalBook book;
    private final StoredHealth stored;
    private final Audit audit;
    private final Changes changes;
    private final LiveScoring scoring;
    private final Live live;
    private final Clock clock;

    Signals(
            SignalReads reads,
            SignalCommands commands,
            SignalBook book,
            StoredHealth stored,
            Audit audit,
            Changes changes,
            LiveScoring scoring,
            Live live,
            Clock clock) {
        this.reads = reads;
        this.commands = commands;
        this.book = book;
        this.stored = stored;
        this.audit = audit;
        this.changes = changes;
        this.scoring = scoring;
        this.live = live;
        this.clock = clock;
    }

    /** @param cause and urgency: empty for all */
    public record Filter(String cause, String urgency) {
        public static final Filter NONE = new Filter("", "");
    }

    /** What stands in the viewer's scope, ranked; snoozed ones only when their day has come. */
    public List<Signal> open(Viewer viewer, Filter filter, int limit) {
        return reads.ranked(viewer, filter, today(), Math.min(limit, MOST));
    }

    /** What stands in the whole company, for programs. */
    public List<Signal> open(Filter filter, int limit) {
        return reads.ranked(Viewer.EVERYTHING, filter, today(), Math.min(limit, MOST));
    }

    public List<Signal> snoozed(Viewer viewer) {
        return reads.snoozed(viewer, today());
    }

    public Map<String, Long> countsByCause(Viewer viewer) {
        return reads.countsByCause(viewer, today());
    }

    /** Every episode of an account, the newest first. */
    /** Every cause in force with its title, in the order of the rules. */
    public static Map<String, String> causes() {
        Map<String, String> causes = new LinkedHashMap<>();
        SignalBook.causes().forEach(cause -> causes.put(cause, SignalBook.title(cause)));
        return causes;
    }

    public List<Signal> of(AccountId account, int limit) {
        return reads.of(account, limit);
    }

    public Optional<Signal> find(UUID id) {
        return reads.find(id);
    }

    public Optional<Signal> find(UUID id, Viewer viewer) {
        return reads.find(id).filter(signal -> sees(viewer, signal));
    }

    /** Every rule with what it asked, what it found and what came of it; empty while the account is not scored. */
    public List<Explained> why(AccountId account) {
        return stored.of(account)
                .map(row -> book.explain(account, row.readings(), row.score(), today()))
                .orElse(List.of());
    }

    /** The same within the viewer's portfolio. */
    public List<Explained> why(AccountId account, Viewer viewer) {
        if (!reads.visible(account, viewer)) {
            throw new SignalNotFound();
        }
        return why(account);
    }

    @Transactional
    public UUID acknowledge(UUID id, Viewer viewer) {
        return acknowledge(standing(id, viewer), viewer.actor());
    }

    @Transactional
    public UUID snooze(UUID id, LocalDate until, String reason, Viewer viewer) {
        return snooze(standing(id, viewer), until, reason, viewer.actor());
    }

    /** @param outcome what was done and what came of it */
    @Transactional
    public UUID done(UUID id, String outcome, Viewer viewer) {
        return done(standing(id, viewer), outcome, viewer.actor());
    }

    /** For programs, whose key has been checked at the door. */
    @Transactional
    public UUID acknowledge(UUID id, Actor actor) {
        return acknowledge(standing(id), actor);
    }

    @Transactional
    public UUID snooze(UUID id, LocalDate until, String reason, Actor actor) {
        return snooze(standing(id), until, reason, actor);
    }

    @Transactional
    public UUID done(UUID id, String outcome, Actor actor) {
        return done(standing(id), outcome, actor);
    }

    private UUID acknowledge(Signal signal, Actor actor) {
        String before = commands.state(signal.id());
        commands.acknowledge(signal.id(), actor, clock.instant());
        return recorded(signal, before, actor, "acknowledged");
    }

    private UUID snooze(Signal signal, LocalDate until, String reason, Actor actor) {
        if (!until.isAfter(today())) {
            throw new IllegalArgumentException("Choose a day after today to snooze until.");
        }
        String before = commands.state(signal.id());
        commands.snooze(signal.id(), until, text(reason, "Say why it can wait."), clock.instant());
        return recorded(signal, before, actor, "snoozed until " + until);
    }

    private UUID done(Signal signal, String outcome, Actor actor) {
        String before = commands.state(signal.id());
        commands.done(signal.id(), text(outcome, "Say what was done."), actor, clock.instant());
        return recorded(signal, before, actor, "done");
    }

    private UUID recorded(Signal signal, String before, Actor actor, String what) {
        UUID change = audit.record(
                actor,
                SignalUndo.KIND,
                "Signal \"%s\" of %s %s".formatted(signal.title(), signal.accountName(), what),
                List.of(new ChangedThing(
                        SignalUndo.KIND,
                        signal.id().toString(),
                        signal.account(),
                        before,
                        commands.state(signal.id()))));
        changes.mark(List.of(signal.account()));
        scoring.wakeAfterCommit();
        live.changed("signals");
        live.changed("today");
        live.changed("account:" + signal.account());
        return change;
    }

    private Signal standing(UUID id, Viewer viewer) {
        Signal signal = find(id, viewer).orElseThrow(SignalNotFound::new);
        if (!viewer.role().mayWork()) {
            throw new AccessDeniedException("Your role looks at signals but does not work on them.");
        }
        return active(signal);
    }

    private Signal standing(UUID id) {
        return active(reads.find(id).orElseThrow(SignalNotFound::new));
    }

    private static Signal active(Signal signal) {
        if (!signal.active()) {
            throw new SignalFinished(signal);
        }
        return signal;
    }

    private static boolean sees(Viewer viewer, Signal signal) {
        return viewer.everything() || viewer.memberId().equals(signal.ownerId());
    }

    private static String text(String text, String whenMissing) {
        String stripped = text.strip();
        if (stripped.isEmpty()) {
            throw new IllegalArgumentException(whenMissing);
        }
        if (stripped.length() > LONGEST_TEXT) {
            throw new IllegalArgumentException("Keep it under " + LONGEST_TEXT + " characters.");
        }
        return stripped;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
