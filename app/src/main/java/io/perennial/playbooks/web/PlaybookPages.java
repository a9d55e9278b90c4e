package io.perennial.playbooks.web;

import io.perennial.accounts.Accounts;
import io.perennial.identity.Viewer;
import io.perennial.platform.jobs.Job;
import io.perennial.platform.jobs.JobList;
import io.perennial.platform.records.Ids;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
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
import io.perennial.playbooks.RunUndo;
import io.perennial.playbooks.Runs;
import io.perennial.playbooks.Version;
import io.perennial.playbooks.WhyNot;
import io.perennial.playbooks.text.Sentences;
import io.perennial.shared.AccountId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** The playbooks, and one of them: what it says, what it did, what it would do, and what it changed. */
@Controller
public class PlaybookPages {

    private static final int MOST_DAYS_BACK = 365;

    private final Playbooks playbooks;
    private final PlaybookEditing editing;
    private final DryRunJob dryRuns;
    private final Effects effects;
    private final Runs runs;
    private final RunUndo undo;
    private final WhyNot why;
    private final Accounts accounts;
    private final JobList jobs;
    private final Frames frames;
    private final Clock clock;

    PlaybookPages(
            Playbooks playbooks,
            PlaybookEditing editing,
            DryRunJob dryRuns,
            Effects effects,
            Runs runs,
            RunUndo undo,
            WhyNot why,
            Accounts accounts,
            JobList jobs,
            Frames frames,
            Clock clock) {
        this.playbooks = playbooks;
        this.editing = editing;
        this.dryRuns = dryRuns;
        this.effects = effects;
        this.runs = runs;
        this.undo = undo;
        this.why = why;
        this.accounts = accounts;
        this.jobs = jobs;
        this.frames = frames;
        this.clock = clock;
    }

    /** @param effect empty while nothing is known */
    public record Row(PlaybookCard card, String begins, String effect) {}

    public record ListView(
            String headline,
            List<Row> own,
            List<Row> ready,
            boolean mayWrite,
            boolean mayAdminister,
            @Nullable Notice notice) {}

    /**
     * @param inForce sentences of the version that runs, when it is not the newest
     * @param shown starts of the dry run that the viewer may see
     * @param job of a dry run that is not done yet
     */
    public record View(
            PlaybookCard card,
            List<Sentences.Line> sentences,
            @Nullable Effect effect,
            @Nullable Made dryRun,
            List<DryRun.Start> shown,
            String chart,
            @Nullable Job job,
            Runs.Page runs,
            String state,
            List<Version> versions,
            WhyNot.@Nullable Answer answer,
            String asked,
            boolean mayWrite,
            boolean mayWork,
            @Nullable String problem,
            @Nullable Notice notice) {

        public Map<String, String> states() {
            Map<String, String> states = new LinkedHashMap<>();
            states.put("", "All");
            states.put("running", "Running");
            states.put("queued", "Waiting for room");
            states.put("finished", "Finished");
            states.put("exited", "Ended early");
            states.put("failed", "Failed");
            states.put("held_out", "Held out");
            states.put("undone", "Taken back");
            return states;
        }
    }

    @GetMapping("/playbooks")
    String list(Viewer viewer, HttpServletRequest request, Model model) {
        List<Row> rows = playbooks.all().stream().map(this::row).toList();
        List<Row> own = rows.stream().filter(row -> !row.card().isReady()).toList();
        List<Row> ready = rows.stream().filter(row -> row.card().isReady()).toList();
        model.addAttribute("frame", frames.frame("Playbooks", PlaybookNavigation.PLAYBOOKS));
        model.addAttribute(
                "view",
                new ListView(
                        headline(own),
                        own,
                        ready,
                        PlaybookEditing.mayWrite(viewer),
                        viewer.role().mayAdminister(),
                        Notice.take(request)));
        return "playbooks/playbooks";
    }

    private Row row(PlaybookCard card) {
        List<Sentences.Line> sentences = playbooks.sentences(card.parsed());
        return new Row(
                card,
                sentences.getFirst().words(),
                card.parsed().heldOutPercent() == 0
                        ? ""
                        : effects.of(card).map(Effect::brief).orElse(""));
    }

    private static String headline(List<Row> own) {
        long active = own.stream()
                .filter(row -> row.card().state() == PlaybookState.ACTIVE)
                .count();
        long running = own.stream().mapToLong(row -> row.card().running()).sum();
        long shadow = own.stream()
                .filter(row -> row.card().state() == PlaybookState.SHADOW)
                .count();
        if (active + shadow == 0) {
            return "No playbook runs yet. Take a ready one, try it on the past year, and switch it on.";
        }
        return active + (active == 1 ? " playbook runs" : " playbooks run")
                + (shadow == 0 ? "" : ", " + shadow + " in the shadow")
                + "; " + running + (running == 1 ? " run is" : " runs are") + " under way";
    }

    @GetMapping("/playbooks/{key}")
    String one(
            Viewer viewer,
            HttpServletRequest request,
            @PathVariable String key,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String after,
            @RequestParam(defaultValue = "") String account,
            Model model) {
        return show(viewer, key, state, after, account, null, Notice.take(request), model);
    }

    @PostMapping("/playbooks/{key}/state")
    String state(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable String key,
            @RequestParam(defaultValue = "") String state,
            Model model) {
        found(key);
        PlaybookState wanted =
                PlaybookState.find(state).orElseThrow(() -> new ResponseStatusException(HttpStatus.BAD_REQUEST));
        try {
            new Notice(editing.switchTo(key, wanted, viewer.actor()), null, null).leave(request);
            return "redirect:/playbooks/" + key;
        } catch (PlaybookRefused e) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return show(viewer, key, "", "", "", e.getMessage(), null, model);
        }
    }

    @PostMapping("/playbooks/{key}/dry-run")
    String dryRun(Viewer viewer, HttpServletRequest request, @PathVariable String key) {
        found(key);
        UUID job = dryRuns.ask(key, viewer.actor());
        new Notice("The dry run reads the past year. Nothing is done.", null, job).leave(request);
        return "redirect:/playbooks/" + key + "#dry-run";
    }

    @PostMapping("/playbooks/{key}/undo")
    String undoAll(
            Viewer viewer,
            HttpServletRequest request,
            @PathVariable String key,
            @RequestParam(defaultValue = "1") int days) {
        found(key);
        int back = Math.clamp(days, 1, MOST_DAYS_BACK);
        String said = undo.undoSince(key, clock.instant().minus(Duration.ofDays(back)), viewer.actor());
        new Notice(said, null, null).leave(request);
        return "redirect:/playbooks/" + key + "#runs";
    }

    @PostMapping("/playbooks/runs/{id}/undo")
    String undo(
            Viewer viewer,
            HttpServletRequest request,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String back) {
        var run = runs.find(id, viewer).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        new Notice(undo.undo(id, viewer), null, null).leave(request);
        return back.equals("account")
                ? "redirect:/accounts/" + run.account()
                : "redirect:/playbooks/" + run.playbook() + "#runs";
    }

    private PlaybookCard found(String key) {
        return playbooks.find(key).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private String show(
            Viewer viewer,
            String key,
            String state,
            String after,
            String account,
            @Nullable String problem,
            @Nullable Notice notice,
            Model model) {
        PlaybookCard card = found(key);
        Made made = dryRuns.latest(key).orElse(null);
        DryRun result = made == null ? null : made.result();
        Job job = made == null || made.job() == null
                ? null
                : jobs.find(Objects.requireNonNull(made.job()))
                        .filter(one -> !one.finished())
                        .orElse(null);
        AccountId asked = account(account);
        WhyNot.Answer answer = asked == null || !accounts.isVisible(asked, viewer) ? null : why.ask(key, asked, viewer);
        String trouble = problem != null || account.isBlank() || answer != null
                ? problem
                : "No account of your portfolio is called \"" + account + "\". Write its id or external id.";
        model.addAttribute(
                "frame", frames.frame(card.name(), PlaybookNavigation.PLAYBOOKS).under("Playbooks", "/playbooks"));
        model.addAttribute(
                "view",
                new View(
                        card,
                        playbooks.sentences(card.parsed()),
                        effects.of(card).orElse(null),
                        made,
                        result == null ? List.of() : shown(result, viewer),
                        result == null ? "" : DryRunChart.of(result),
                        job,
                        runs.of(key, state, Ids.read(after).orElse(null), Runs.PAGE, viewer),
                        state,
                        playbooks.versions(card),
                        answer,
                        account,
                        PlaybookEditing.mayWrite(viewer),
                        viewer.role().mayWork(),
                        trouble,
                        notice));
        return "playbooks/playbook";
    }

    /** A dry run is of the whole company; whoever sees a part of it sees the accounts of that part. */
    private List<DryRun.Start> shown(DryRun result, Viewer viewer) {
        return viewer.everything()
                ? result.dearest()
                : result.dearest().stream()
                        .filter(start -> accounts.isVisible(new AccountId(start.account()), viewer))
                        .toList();
    }

    private @Nullable AccountId account(String text) {
        String said = text.strip();
        if (said.isEmpty()) {
            return null;
        }
        return Ids.read(said)
                .map(AccountId::new)
                .or(() -> accounts.byExternalId(said))
                .orElse(null);
    }
}
