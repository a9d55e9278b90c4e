package io.perennial.growth;

import io.perennial.growth.Opportunity.Evidence;
import io.perennial.growth.Opportunity.ProposalLine;
import io.perennial.identity.Viewer;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.live.Live;
import io.perennial.platform.records.Ids;
import io.perennial.shared.AccountId;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Writes opportunities: found, described, proposed, won or lost. Every change can be taken back. */
@Component
@Transactional
public class OpportunityEditing {

    private static final int LONGEST_PROPOSAL = 8_000;

    private final JdbcClient database;
    private final OpportunityRows rows;
    private final Opportunities opportunities;
    private final Audit audit;
    private final Live live;
    private final Clock clock;

    OpportunityEditing(
            JdbcClient database,
            OpportunityRows rows,
            Opportunities opportunities,
            Audit audit,
            Live live,
            Clock clock) {
        this.database = database;
        this.rows = rows;
        this.opportunities = opportunities;
        this.audit = audit;
        this.live = live;
        this.clock = clock;
    }

    /** @param thing for the audit row of the caller's own change; null when it was there already */
    public record Begun(UUID opportunity, @Nullable ChangedThing thing) {}

    /** What becomes an opportunity, with its evidence and a key: found twice it is one. */
    public record Find(AccountId account, OpportunityDraft draft, String key, String cause, List<Evidence> evidence) {}

    /** @param change by which it can be undone; null when nothing changed */
    public record Saved(UUID opportunity, @Nullable UUID change) {}

    public static boolean mayWrite(Viewer viewer) {
        return viewer.role().mayWork();
    }

    private void require(AccountId account, Viewer viewer) {
        if (!mayWrite(viewer)) {
            throw new AccessDeniedException("Only people who work accounts keep opportunities.");
        }
        if (!opportunities.visible(account, viewer)) {
            throw new GrowthRefused("There is no such customer among yours.");
        }
    }

    /**
     * @param key of the form: sent twice it is one opportunity
     * @param evidence what is known now, kept as it is
     * @throws GrowthRefused with what is wrong
     */
    public Saved create(
            AccountId account,
            OpportunityDraft typed,
            String key,
            @Nullable String cause,
            List<Evidence> evidence,
            Viewer viewer) {
        Begun begun = begin(account, typed, key, cause, evidence, viewer);
        ChangedThing thing = begun.thing();
        if (thing == null) {
            return new Saved(begun.opportunity(), null);
        }
        UUID change = audit.record(
                viewer.actor(),
                OpportunityUndo.KIND,
                "Opportunity " + typed.name().strip() + " found",
                List.of(thing));
        live.changed("opportunities");
        return new Saved(begun.opportunity(), change);
    }

    /**
     * Many at once, as one change.
     *
     * @return the change by which all can be undone; null when all were there already
     */
    public @Nullable UUID createAll(List<Find> found, Viewer viewer) {
        List<ChangedThing> things = new ArrayList<>();
        for (Find one : found) {
            ChangedThing thing = begin(one.account(), one.draft(), one.key(), one.cause(), one.evidence(), viewer)
                    .thing();
            if (thing != null) {
                things.add(thing);
            }
        }
        if (things.isEmpty()) {
            return null;
        }
        UUID change = audit.record(
                viewer.actor(),
                OpportunityUndo.KIND,
                things.size() == 1 ? "1 opportunity found" : things.size() + " opportunities found",
                things);
        live.changed("opportunities");
        return change;
    }

    /** The same as {@link #create} within a larger change, whose audit row the caller writes. */
    public Begun begin(
            AccountId account,
            OpportunityDraft typed,
            String key,
            @Nullable String cause,
            List<Evidence> evidence,
            Viewer viewer) {
        require(account, viewer);
        OpportunityDraft draft = typed.checked();
        if (key.isBlank() || key.length() > 80) {
            throw new GrowthRefused("The form is not one of ours. Open it again.");
        }
        UUID id = Ids.next();
        UUID known = rows.begin(
                new OpportunityRows.Beginning(
                        id, "found-" + key, account, draft.name(), viewer.memberId(), cause, evidence),
                clock.instant());
        if (!known.equals(id)) {
            return new Begun(known, null);
        }
        store(id, draft);
        return new Begun(id, new ChangedThing("opportunities", id.toString(), account, null, rows.snapshot(id)));
    }

    /** Undoes it as part of a larger change; false when somebody went on with it since. */
    public boolean takeBack(ChangedThing thing) {
        return rows.restore(UUID.fromString(thing.id()), thing.before(), thing.after(), clock.instant());
    }

    /** @throws GrowthRefused when it cannot be kept or somebody changed it since {@code seen} */
    public Saved edit(UUID id, int seen, OpportunityDraft typed, Viewer viewer) {
        OpportunityDraft draft = typed.checked();
        return change(id, seen, "described", viewer, () -> store(id, draft));
    }

    /**
     * @param owner who leads it from now on; null for nobody
     * @throws GrowthRefused when that is nobody of the team, or somebody changed it since {@code seen}
     */
    public Saved assign(UUID id, int seen, @Nullable UUID owner, Viewer viewer) {
        String name = owner == null
                ? "nobody"
                : database.sql("select name from identity.team_member where id = :id and active")
                        .param("id", owner)
                        .query(String.class)
                        .optional()
                        .orElseThrow(() -> new GrowthRefused("Choose somebody of the team."));
        return change(
                id,
                seen,
                "led by " + name,
                viewer,
                () -> database.sql("update growth.opportunity set owner_id = :owner where id = :id")
                        .param("id", id)
                        .param("owner", owner)
                        .update());
    }

    /**
     * Leads it to a stage.
     *
     * @param reason needed for what is lost
     * @param day on which it was won or lost; today when empty
     */
    public Saved move(UUID id, int seen, Stage stage, String reason, String day, Viewer viewer) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        LocalDate said = OpportunityDraft.day(day);
        LocalDate closed = stage.open() ? null : said == null ? today : said;
        String why = reason.strip();
        if (why.length() > 500 || why.indexOf('\0') >= 0) {
            throw new GrowthRefused("A reason has up to 500 characters.");
        }
        if (stage == Stage.LOST && why.isEmpty()) {
            throw new GrowthRefused("Say why it was lost: the next offer learns from it.");
        }
        if (closed != null && closed.isAfter(today)) {
            throw new GrowthRefused("That day is still to come. What is expected stays open.");
        }
        return change(
                id,
                seen,
                "set to " + stage.title(),
                viewer,
                () -> database.sql("""
                        update growth.opportunity set stage = :stage, closed_on = cast(:closed as date),
                            reason = nullif(:reason, '') where id = :id
                        """)
                        .param("id", id)
                        .param("stage", stage.key())
                        .param("closed", closed)
                        .param("reason", stage.open() ? "" : why)
                        .update());
    }

    /**
     * Writes the proposal; one line each as {@code what; quantity; price a year}.
     *
     * @param sentOn when it was sent; empty for not sent
     */
    public Saved propose(UUID id, int seen, String text, String typedLines, String sentOn, Viewer viewer) {
        String proposal = text.replace("\r\n", "\n").strip();
        if (proposal.length() > LONGEST_PROPOSAL || proposal.indexOf('\0') >= 0) {
            throw new GrowthRefused("A proposal has up to 8,000 characters.");
        }
        List<ProposalLine> lines = ProposalText.lines(typedLines);
        LocalDate sent = OpportunityDraft.day(sentOn);
        return change(
                id,
                seen,
                sent == null ? "proposal written" : "proposal sent",
                viewer,
                () -> database.sql("""
                        update growth.opportunity set proposal = nullif(:text, ''), proposal_lines = cast(:lines as jsonb),
                            proposal_sent_on = cast(:sent as date),
                            stage = case when cast(:sent as date) is not null and phase in ('found', 'qualified')
                                then 'proposed' else stage end
                        where id = :id
                        """)
                        .param("id", id)
                        .param("text", proposal)
                        .param("lines", OpportunityRows.json(lines))
                        .param("sent", sent)
                        .update());
    }

    private void store(UUID id, OpportunityDraft draft) {
        database.sql("""
                update growth.opportunity set name = :name, kind = :kind, product = nullif(:product, ''),
                    program = nullif(:program, ''), amount = cast(:amount as numeric), currency = nullif(:currency, ''),
                    probability = cast(:probability as numeric), expected_on = cast(:expected as date),
                    sourced_by = nullif(:sourced, ''), description = nullif(:description, '')
                where id = :id
                """)
                .param("id", id)
                .param("name", draft.name())
                .param("kind", draft.kind())
                .param("product", draft.product())
                .param("program", draft.program())
                .param("amount", draft.money())
                .param("currency", draft.currency())
                .param("probability", draft.percent())
                .param("expected", draft.day())
                .param("sourced", draft.sourcedBy())
                .param("description", draft.description())
                .update();
    }

    private Saved change(UUID id, int seen, String did, Viewer viewer, Runnable work) {
        String before = rows.lock(id);
        Opportunity known =
                rows.find(id).orElseThrow(() -> new GrowthRefused("This opportunity is gone: somebody took it back."));
        require(known.account(), viewer);
        work.run();
        if (Objects.equals(before, rows.snapshot(id))) {
            return new Saved(id, null); // sent twice
        }
        if (known.version() != seen) {
            throw new GrowthRefused("Somebody else changed this opportunity meanwhile. Nothing of yours was kept:"
                    + " look at it again.");
        }
        database.sql("update growth.opportunity set version = version + 1, updated_at = :now where id = :id")
                .param("id", id)
                .param("now", Timestamp.from(clock.instant()))
                .update();
        return new Saved(id, record(id, before, known.name() + ": " + did, known.account(), viewer));
    }

    private UUID record(UUID id, @Nullable String before, String did, AccountId account, Viewer viewer) {
        UUID change = audit.record(
                viewer.actor(),
                OpportunityUndo.KIND,
                "Opportunity " + did,
                List.of(new ChangedThing("opportunities", id.toString(), account, before, rows.snapshot(id))));
        live.changed("opportunities");
        return change;
    }
}
