package io.perennial.playbooks.web;

import io.perennial.accounts.Accounts;
import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.platform.text.TextProblem;
import io.perennial.platform.web.ApiCursors;
import io.perennial.platform.web.ApiProblem;
import io.perennial.platform.web.ApiProblem.Field;
import io.perennial.platform.web.CurrentActor;
import io.perennial.playbooks.DryRun;
import io.perennial.playbooks.DryRunJob;
import io.perennial.playbooks.DryRunJob.Made;
import io.perennial.playbooks.Effect;
import io.perennial.playbooks.Effects;
import io.perennial.playbooks.PlaybookCard;
import io.perennial.playbooks.PlaybookEditing;
import io.perennial.playbooks.PlaybookRefused;
import io.perennial.playbooks.PlaybookState;
import io.perennial.playbooks.Playbooks;
import io.perennial.playbooks.Run;
import io.perennial.playbooks.RunUndo;
import io.perennial.playbooks.Runs;
import io.perennial.playbooks.WhyNot;
import io.perennial.playbooks.text.Sentences;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Playbooks for programs: texts kept in a repository, switched by a pipeline, watched by a system of reports. */
@RestController
@RequestMapping("/api/v1/playbooks")
@Tag(name = "Playbooks", description = "What is done when something happens at a customer")
class PlaybookApi {

    private static final int MOST = 200;

    /** A key sees the whole company; which routes it may use is decided at the door. */
    private static final Viewer EVERYTHING = new Viewer(new UUID(0, 0), "", "", Role.READ_ONLY, true);

    private final Playbooks playbooks;
    private final PlaybookEditing editing;
    private final DryRunJob dryRuns;
    private final Effects effects;
    private final Runs runs;
    private final RunUndo undo;
    private final WhyNot why;
    private final Accounts accounts;
    private final CurrentActor caller;

    PlaybookApi(
            Playbooks playbooks,
            PlaybookEditing editing,
            DryRunJob dryRuns,
            Effects effects,
            Runs runs,
            RunUndo undo,
            WhyNot why,
            Accounts accounts,
            CurrentActor caller) {
        this.playbooks = playbooks;
        this.editing = editing;
        this.dryRuns = dryRuns;
        this.effects = effects;
        this.runs = runs;
        this.undo = undo;
        this.why = why;
        this.accounts = accounts;
        this.caller = caller;
    }

    record PlaybookAnswer(
            String key,
            String name,
            String description,
            String state,
            boolean ready,
            int version,
            int inForce,
            long runs,
            long running,
            long queued,
            @Nullable PlaybookEffect effect,
            List<String> sentences,
            String text) {}

    record PlaybookEffect(
            int days,
            int well,
            int measured,
            int heldOutWell,
            int heldOut,
            @Nullable Double points,
            @Nullable Double low,
            @Nullable Double high) {

        static PlaybookEffect of(Effect effect) {
            boolean known = effect.isKnown();
            return new PlaybookEffect(
                    effect.days(),
                    effect.well(),
                    effect.measured(),
                    effect.heldOutWell(),
                    effect.heldOut(),
                    known ? effect.points() : null,
                    known ? effect.low() : null,
                    known ? effect.high() : null);
        }
    }

    record PlaybookList(List<PlaybookAnswer> playbooks) {}

    record PlaybookText(
            @Nullable String text,
            @Nullable String note,
            @Nullable Integer version) {}

    record PlaybookSaved(String key, int version, boolean changed) {}

    record PlaybookSwitch(@Nullable String state) {}

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
            List<String> remarks) {}

    record DryRunDay(LocalDate day, int starts) {}

    record DryRunMoney(String currency, BigDecimal amount, long accounts) {}

    record DryRunStart(
            UUID account,
            String name,
            LocalDate day,
            @Nullable BigDecimal money,
            @Nullable String currency,
            String evidence) {}

    record PlaybookWhy(String verdict, List<PlaybookQuestion> questions) {}

    record PlaybookQuestion(String asked, String found, boolean holds) {}

    @GetMapping
    @Operation(summary = "Playbooks, those of the company first, then the ready ones")
    PlaybookList list() {
        return new PlaybookList(playbooks.all().stream().map(this::answer).toList());
    }

    @GetMapping("/{key}")
    @Operation(summary = "A playbook, as sentences and as text")
    PlaybookAnswer one(@PathVariable String key) {
        return answer(found(key));
    }

    @PutMapping("/{key}/text")
    @Operation(summary = "Write a version of a playbook; it runs once it is put in force")
    PlaybookSaved write(@PathVariable String key, @RequestBody PlaybookText body) {
        try {
            return refusing(() -> {
                try {
                    var saved = editing.save(
                            key,
                            text(body.text()),
                            text(body.note()),
                            body.version() == null ? 0 : body.version(),
                            caller.actor());
                    return new PlaybookSaved(saved.key(), saved.version(), saved.changed());
                } catch (TextProblem e) {
                    throw new Wrong(e);
                }
            });
        } catch (Wrong e) {
            throw new ApiProblem(
                    422,
                    "invalid",
                    "Nothing was changed",
                    "The text has problems.",
                    e.problem.lines().stream()
                            .map(line -> new Field("text", "line_" + line.line(), line.toString(), ""))
                            .toList(),
                    Map.of());
        }
    }

    /** Carries what is wrong with a text past the refusals. */
    private static final class Wrong extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final transient TextProblem problem;

        Wrong(TextProblem problem) {
            super(problem);
            this.problem = problem;
        }
    }

    @PutMapping("/{key}/state")
    @Operation(summary = "Switch a playbook: active and shadow put the newest version in force, paused stops it")
    PlaybookAnswer state(@PathVariable String key, @RequestBody PlaybookSwitch body) {
        found(key);
        PlaybookState wanted = PlaybookState.find(text(body.state()))
                .orElseThrow(() -> new ApiProblem(
                        422, "invalid", "Nothing was changed", "Send the state draft, shadow, active or paused."));
        refusing(() -> editing.switchTo(key, wanted, caller.actor()));
        return answer(found(key));
    }

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
        DryRun run = made.result();
        return run == null
                ? new PlaybookDryRun(
                        made.version(), false, null, null, 0, 0, 0, 0, 0, List.of(), List.of(), List.of(), List.of())
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
        Runs.Page page = runs.of(key, state, ApiCursors.row(after), limit, EVERYTHING);
        return new PlaybookRuns(page.runs().stream().map(PlaybookRun::of).toList(), page.next());
    }

    @PostMapping("/runs/{id}/undo")
    @Operation(summary = "Take back what a run did, as far as it can be taken back")
    PlaybookUndone takeBack(@PathVariable UUID id) {
        if (runs.find(id, EVERYTHING).isEmpty()) {
            throw new ApiProblem(404, "not_found", "There is no such run", "No run has this id.");
        }
        return new PlaybookUndone(undo.undo(id, caller.actor()));
    }

    @GetMapping("/{key}/why")
    @Operation(summary = "Why a playbook did or did not start at an account, question by question")
    PlaybookWhy why(@PathVariable String key, @RequestParam(defaultValue = "") String account) {
        found(key);
        WhyNot.Answer answer = why.ask(
                key,
                accounts.byExternalId(account)
                        .orElseThrow(() -> new ApiProblem(
                                404, "not_found", "There is no such account", "Send the external id of an account.")),
                EVERYTHING);
        return new PlaybookWhy(
                answer.verdict(),
                answer.questions().stream()
                        .map(one -> new PlaybookQuestion(one.asked(), one.found(), one.holds()))
                        .toList());
    }

    private PlaybookAnswer answer(PlaybookCard card) {
        return new PlaybookAnswer(
                card.key(),
                card.name(),
                card.parsed().description(),
                card.state().key(),
                card.isReady(),
                card.newest(),
                card.inForce(),
                card.runs(),
                card.running(),
                card.queued(),
                effects.of(card).map(PlaybookEffect::of).orElse(null),
                playbooks.sentences(card.parsed()).stream()
                        .map(Sentences.Line::words)
                        .toList(),
                card.parsed().text());
    }

    private PlaybookCard found(String key) {
        return playbooks
                .find(key)
                .orElseThrow(() ->
                        new ApiProblem(404, "not_found", "There is no such playbook", "No playbook has this key."));
    }

    private static <T> T refusing(Supplier<T> verb) {
        try {
            return verb.get();
        } catch (PlaybookRefused refused) {
            throw new ApiProblem(422, "refused", "Nothing was changed", String.valueOf(refused.getMessage()));
        }
    }

    private static String text(@Nullable String sent) {
        return sent == null ? "" : sent.strip();
    }
}
