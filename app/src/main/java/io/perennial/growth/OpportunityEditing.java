package io.perennial.growth;

import io.perennial.growth.Opportunity.Evidence;
import io.perennial.growth.Opportunity.ProposalLine;
import io.perennial.identity.Viewer;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.live.Live;
import io.perennial.platform.records.Ids;
import io.perennial.shared.AccountId;
import java.math.BigDecimal;
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
    private static final int MOST_LINES = 50;

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
        require(account, viewer);
        OpportunityDraft draft = typed.checked();
        if (key.isBlank() || key.length() > 80) {
            throw new GrowthRefused("The form is not one of ours. Open it again.");
        }
        UUID id = Ids.next();
        int written = database.sql("""
                insert into growth.opportunity (id, external_id, account_id, name, owner_id, cause, evidence, created_at, updated_at)
                values (:id, :external, :account, :name, :owner, :cause, cast(:evidence as jsonb), :now, :now)
                on conflict (external_id) do nothing
                """)
                .param("id", id)
                .param("external", "found-" + key)
                .param("account", account.value())
                .param("name", draft.name())
                .param("owner", viewer.memberId())
                .param("cause", cause)
                .param("evidence", OpportunityRows.json(evidence))
                .param("now", Timestamp.from(clock.instant()))
                .update();
        if (written == 0) {
            UUID known = database.sql("select id from growth.opportunity where external_id = :external")
                    .param("external", "found-" + key)
                    .query(UUID.class)
                    .single();
            return new Saved(known, null);
        }
        store(id, draft);
        return new Saved(id, record(id, null, draft.name() + " found", account, viewer));
    }

    /** @throws GrowthRefused when it cannot be kept or somebody changed it since {@code seen} */
    public Saved edit(UUID id, int seen, OpportunityDraft typed, Viewer viewer) {
        OpportunityDraft draft = typed.checked();
        return change(id, seen, "described", viewer, () -> store(id, draft));
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
        List<ProposalLine> lines = lines(typedLines);
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

    private static List<ProposalLine> lines(String typed) {
        List<ProposalLine> lines = new ArrayList<>();
        for (String line : typed.lines().filter(text -> !text.isBlank()).toList()) {
            String[] cells = line.split(";", -1);
            String refusal = "Write each line as: what; quantity; price a year. This one is not: " + line.strip();
            if (cells.length != 3 || cells[0].isBlank() || cells[0].length() > 200 || line.indexOf('\0') >= 0) {
                throw new GrowthRefused(refusal);
            }
            BigDecimal quantity = OpportunityDraft.money(cells[1], refusal);
            BigDecimal price = OpportunityDraft.money(cells[2], refusal);
            if (quantity == null || price == null) {
                throw new GrowthRefused(refusal);
            }
            lines.add(new ProposalLine(cells[0].strip(), quantity, price));
        }
        if (lines.size() > MOST_LINES) {
            throw new GrowthRefused("A proposal has up to 50 lines.");
        }
        return lines;
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
