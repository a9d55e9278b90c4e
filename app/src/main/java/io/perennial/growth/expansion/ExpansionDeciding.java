package io.perennial.growth.expansion;

import io.perennial.growth.GrowthRefused;
import io.perennial.growth.OpportunityDraft;
import io.perennial.growth.OpportunityEditing;
import io.perennial.growth.OpportunityEditing.Begun;
import io.perennial.identity.Viewer;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.live.Live;
import io.perennial.shared.AccountId;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What people decide about a signal of growth: it becomes an opportunity, or it does not fit. Both can be taken back. */
@Component
@Transactional
public class ExpansionDeciding {

    private static final int LONGEST_REASON = 500;

    private final JdbcClient database;
    private final ExpansionSignals signals;
    private final OpportunityEditing opportunities;
    private final Audit audit;
    private final Live live;
    private final Clock clock;

    ExpansionDeciding(
            JdbcClient database,
            ExpansionSignals signals,
            OpportunityEditing opportunities,
            Audit audit,
            Live live,
            Clock clock) {
        this.database = database;
        this.signals = signals;
        this.opportunities = opportunities;
        this.audit = audit;
        this.live = live;
        this.clock = clock;
    }

    /**
     * @param opportunity that it became; null for a dismissal
     * @param change by which it can be undone; null when it was decided so already
     */
    public record Decided(
            @Nullable UUID opportunity, @Nullable UUID change) {}

    /**
     * Makes an opportunity that keeps what is known now.
     *
     * @throws GrowthRefused when somebody decided otherwise, or it has closed
     */
    public Decided accept(UUID id, Viewer viewer) {
        ExpansionSignal signal = locked(id, viewer);
        if (signal.state().equals("accepted") && signal.opportunity() != null) {
            return new Decided(signal.opportunity(), null); // sent twice
        }
        requireOpen(signal);
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        OpportunityDraft draft = new OpportunityDraft(
                cut(signal.proposedName(), 200),
                signal.kind().becomes().key(),
                signal.kind() == ExpansionKind.PEERS_OWN ? cut(signal.subject(), 200) : "",
                "",
                signal.amount() == null ? "" : signal.amount().toPlainString(),
                signal.currency() == null ? "" : signal.currency(),
                "",
                "",
                "success",
                "");
        Begun begun = opportunities.begin(
                signal.account(), draft, "signal-" + id, signal.cause(), signal.evidence(today), viewer);
        String before = state(id);
        decide(id, "accepted", null, begun.opportunity(), viewer);
        List<ChangedThing> things = new ArrayList<>();
        things.add(thing(id, signal.account(), before));
        ChangedThing opportunity = begun.thing();
        if (opportunity != null) {
            things.add(opportunity);
        }
        UUID change = audit.record(
                viewer.actor(),
                ExpansionUndo.KIND,
                signal.kind().title() + " at " + signal.accountName() + " accepted as an opportunity",
                things);
        tell();
        return new Decided(begun.opportunity(), change);
    }

    /** @throws GrowthRefused without a reason, when somebody decided otherwise, or it has closed */
    public Decided dismiss(UUID id, String reason, Viewer viewer) {
        String why = reason.strip();
        if (why.isEmpty()) {
            throw new GrowthRefused("Say why it does not fit: the rule is judged by it.");
        }
        if (why.length() > LONGEST_REASON || why.indexOf('\0') >= 0) {
            throw new GrowthRefused("A reason has up to 500 characters.");
        }
        ExpansionSignal signal = locked(id, viewer);
        if (signal.state().equals("dismissed") && why.equals(signal.reason())) {
            return new Decided(null, null); // sent twice
        }
        requireOpen(signal);
        String before = state(id);
        decide(id, "dismissed", why, null, viewer);
        UUID change = audit.record(
                viewer.actor(),
                ExpansionUndo.KIND,
                signal.kind().title() + " at " + signal.accountName() + " dismissed: " + why,
                List.of(thing(id, signal.account(), before)));
        tell();
        return new Decided(null, change);
    }

    private ExpansionSignal locked(UUID id, Viewer viewer) {
        if (!OpportunityEditing.mayWrite(viewer)) {
            throw new AccessDeniedException("Only people who work accounts decide about signals of growth.");
        }
        database.sql("select id from growth.expansion_signal where id = :id for update")
                .param("id", id)
                .query(UUID.class)
                .optional();
        return signals.find(id, viewer)
                .orElseThrow(() -> new GrowthRefused("There is no such signal at your customers."));
    }

    private static void requireOpen(ExpansionSignal signal) {
        switch (signal.state()) {
            case "accepted" -> throw new GrowthRefused(signal.decidedBy() + " accepted it meanwhile.");
            case "dismissed" ->
                throw new GrowthRefused(signal.decidedBy() + " dismissed it meanwhile: " + signal.reason());
            case "closed" -> throw new GrowthRefused("It has closed by itself meanwhile: " + signal.closedBecause());
            default -> {}
        }
    }

    private void decide(UUID id, String state, @Nullable String reason, @Nullable UUID opportunity, Viewer viewer) {
        database.sql("""
                update growth.expansion_signal set state = :state, reason = :reason, opportunity_id = :opportunity,
                    decided_at = :now, decided_by = :by, cause_gone = false
                where id = :id
                """)
                .param("id", id)
                .param("state", state)
                .param("reason", reason)
                .param("opportunity", opportunity)
                .param("now", Timestamp.from(clock.instant()))
                .param("by", viewer.name())
                .update();
    }

    private ChangedThing thing(UUID id, AccountId account, String before) {
        return new ChangedThing(ExpansionUndo.SIGNALS, id.toString(), account, before, state(id));
    }

    private String state(UUID id) {
        return database.sql(
                        "select (" + ExpansionUndo.STATE + ")::text from growth.expansion_signal s where s.id = :id")
                .param("id", id)
                .query(String.class)
                .single();
    }

    private void tell() {
        live.changed("expansion");
        live.changed("opportunities");
    }

    private static String cut(String text, int longest) {
        return text.length() > longest ? text.substring(0, longest) : text;
    }
}
