package io.perennial.playbooks.web;

import io.perennial.identity.Viewer;
import io.perennial.platform.web.ApiCursors;
import io.perennial.platform.web.ApiProblem;
import io.perennial.platform.web.CurrentActor;
import io.perennial.playbooks.DryRun;
import io.perennial.playbooks.DryRunJob;
import io.perennial.playbooks.DryRunJob.Made;
import io.perennial.playbooks.Playbooks;
import io.perennial.playbooks.Run;
import io.perennial.playbooks.RunUndo;
import io.perennial.playbooks.Runs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Runs of playbooks for programs: those that were, and those that would have been. */
@RestController
@RequestMapping("/api/v1/playbooks")
@Tag(name = "Playbooks", description = "What is done when something happens at a customer")
class PlaybookRunApi {

    private static final int MOST = 200;

    private final Playbooks playbooks;
    private final DryRunJob dryRuns;
    private final Runs runs;
    private final RunUndo undo;
    private final CurrentActor caller;

    PlaybookRunApi(Playbooks playbooks, DryRunJob dryRuns, Runs runs, RunUndo undo, CurrentActor caller) {
        this.playbooks = playbooks;
        this.dryRuns = dryRuns;
        this.runs = runs;
        this.undo = undo;
        this.caller = caller;
    }

    record PlaybookJob(UUID job) {}

    record PlaybookRun(
            UUID id,
            String playbook,
            int version,
            String account,
            String accountName,
            String evidence,
            String state,
            boolean shadow,
            @Nullable BigDecimal money,
            @Nullable String currency,
            Instant found,
            @Nullable Instant started,
            @Nullable Instant ended,
            @Nullable String because,
            List<String> acts) {

        static PlaybookRun of(Run run) {
            return new PlaybookRun(
                    run.id(),
                    run.playbook(),
                    run.version(),
                    run.accountExternalId(),
                    run.accountName(),
                    run.evidence(),
                    run.state(),
                    run.shadow(),
                    run.money(),
                    run.currency(),
                    run.queuedAt(),
                    run.startedAt(),
                    run.endedAt(),
                    run.because(),
                    run.acts().stream().map(Run.Act::words).toList());
        }
    }

    record PlaybookRuns(List<PlaybookRun> runs, @Nullable UUID next) {}

    record PlaybookUndone(String result) {}

    record PlaybookDryRun(
            int version,
            boolean done,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            long found,
            long starts,
            long accounts,
            long heldOut,
            long left,
            List<DryRunDay> days,
            List<DryRunMoney> money,
            List<DryRunStart> dearest,
            List<String> remarks) {

        static PlaybookDryRun of(Made made) {
            DryRun run = made.result();
            return run == null
                    ? new PlaybookDryRun(
                            made.version(),
                            false,
                            null,
                            null,
                            0,
                            0,
                            0,
                            0,
                            0,
                            List.of(),
                            List.of(),
                            List.of(),
                            List.of())
                    : new PlaybookDryRun(
                            made.version(),
                            true,
                            run.from(),
                            run.to(),
                            run.found(),
                            run.starts(),
                            run.accounts(),
                            run.heldOut(),
                            run.left(),
                            run.days().stream()
                                    .map(day -> new DryRunDay(day.day(), day.starts()))
                                    .toList(),
                            run.money().stream()
                                    .map(one -> new DryRunMoney(one.currency(), one.amount(), one.accounts()))
                                    .toList(),
                            run.dearest().stream()
                                    .map(one -> new DryRunStart(
                                            one.account(),
                                            one.name(),
                                            one.day(),
                                            one.money(),
                                            one.currency(),
                                            one.evidence()))
                                    .toList(),
                            run.remarks());
        }
    }

    record DryRunDay(LocalDate day, int starts) {}

    record DryRunMoney(String currency, BigDecimal amount, long accounts) {}

    record DryRunStart(
            UUID account,
            String name,
            LocalDate day,
            @Nullable BigDecimal money,
            @Nullable String currency,
            String evidence) {}

    @PostMapping("/{key}/dry-runs")
    @Operation(summary = "Try the newest version on the past year; nothing is done")
    PlaybookJob dryRun(@PathVariable String key) {
        found(key);
        return new PlaybookJob(dryRuns.ask(key, caller.actor()));
    }

    @GetMapping("/{key}/dry-runs/latest")
    @Operation(summary = "What the latest dry run found")
    PlaybookDryRun dryRunned(@PathVariable String key) {
        found(key);
        Made made = dryRuns.latest(key)
                .orElseThrow(() -> new ApiProblem(404, "not_found", "There is no dry run", "Ask for one first."));
        return PlaybookDryRun.of(made);
    }

    @GetMapping("/{key}/runs")
    @Operation(summary = "Runs of a playbook, the newest first; filter by state and page on")
    PlaybookRuns runs(
            @PathVariable String key,
            @RequestParam(name = "status", defaultValue = "") String state,
            @RequestParam(defaultValue = "") String after,
            @RequestParam(defaultValue = "50") int limit) {
        found(key);
        if (limit < 1 || limit > MOST) {
            throw new ApiProblem(400, "out_of_range", "The limit cannot be used", "Ask for 1 to " + MOST + " runs.");
        }
        if (!state.matches("|queued|running|finished|exited|held_out|failed|undone")) {
            throw new ApiProblem(
                    400,
                    "unknown_value",
                    "The state cannot be used",
                    "Send queued, running, finished, exited, held_out, failed or undone.");
        }
        Runs.Page page = runs.of(key, state, ApiCursors.row(after), limit, Viewer.EVERYTHING);
        return new PlaybookRuns(page.runs().stream().map(PlaybookRun::of).toList(), page.next());
    }

    @PostMapping("/runs/{id}/undo")
    @Operation(summary = "Take back what a run did, as far as it can be taken back")
    PlaybookUndone takeBack(@PathVariable UUID id) {
        if (runs.find(id, Viewer.EVERYTHING).isEmpty()) {
            throw new ApiProblem(404, "not_found", "There is no such run", "No run has this id.");
        }
        return new PlaybookUndone(undo.undo(id, caller.actor()));
    }

    private void found(String key) {
        if (playbooks.find(key).isEmpty()) {
            throw PlaybookApi.unknown();
        }
    }
}
