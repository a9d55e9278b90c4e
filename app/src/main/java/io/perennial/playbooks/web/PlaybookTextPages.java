package io.perennial.playbooks.web;

import io.perennial.identity.Viewer;
import io.perennial.platform.text.TextDifference;
import io.perennial.platform.text.TextProblem;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import io.perennial.playbooks.Moments;
import io.perennial.playbooks.PlaybookCard;
import io.perennial.playbooks.PlaybookEditing;
import io.perennial.playbooks.PlaybookEditing.Saved;
import io.perennial.playbooks.PlaybookRefused;
import io.perennial.playbooks.Playbooks;
import io.perennial.playbooks.Version;
import io.perennial.playbooks.text.Playbook;
import io.perennial.playbooks.text.Sentences;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** Writing a playbook as text, with what is wrong and what it says beside it, and comparing its versions. */
@Controller
public class PlaybookTextPages {

    private static final String BLANK = """
            format: 1
            name: What is to be done
            description: Why, in a sentence.
            start:
              when: segment
              only_if: [Health band is At risk, ARR > 10000]
            stop_if: [the customer left]
            limits: {a_day: 10, in_all: 1000, accounts: 500, not_again_within_days: 60}
            steps:
              - task: Call {account}
                script: What to say and what to look at.
                who: owner
                due_in_days: 3
            """;

    private final Playbooks playbooks;
    private final PlaybookEditing editing;
    private final Moments moments;
    private final Frames frames;

    PlaybookTextPages(Playbooks playbooks, PlaybookEditing editing, Moments moments, Frames frames) {
        this.playbooks = playbooks;
        this.editing = editing;
        this.moments = moments;
        this.frames = frames;
    }

    /** What a text says, or what is wrong with it. */
    public record Checked(List<TextProblem.Line> problems, List<Sentences.Line> sentences, String name) {}

    /** @param key empty for a new one */
    public record View(
            String key,
            String title,
            String text,
            String note,
            int seen,
            Checked checked,
            Moments moments,
            @Nullable String problem) {}

    /** @param other the version compared with; null for the first */
    public record VersionView(
            PlaybookCard card,
            Version version,
            @Nullable Version other,
            List<TextDifference.Line> difference,
            List<Version> versions) {}

    @GetMapping("/playbooks/new")
    String blank(Viewer viewer, @RequestParam(defaultValue = "") String like, Model model) {
        mustWrite(viewer);
        String text = playbooks.find(like).map(card -> card.parsed().text()).orElse(BLANK);
        return show("", "New playbook", text, "", 0, null, model);
    }

    @GetMapping("/playbooks/{key}/text")
    String edit(Viewer viewer, @PathVariable String key, Model model) {
        mustWrite(viewer);
        PlaybookCard card = found(key);
        return show(key, card.name(), card.parsed().text(), "", card.isReady() ? 0 : card.newest(), null, model);
    }

    /** The part beside the text, while somebody writes. */
    @PostMapping("/playbooks/check")
    String check(@RequestParam(defaultValue = "") String text, Model model) {
        model.addAttribute("checked", checked(text));
        return "playbooks/checked";
    }

    @PostMapping("/playbooks")
    String create(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String text,
            Model model) {
        Checked checked = checked(text);
        String key = PlaybookEditing.keyOf(checked.name());
        if (checked.problems().isEmpty() && playbooks.find(key).isPresent()) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return show(
                    "", "New playbook", text, "", 0, "There is a playbook of that name. Give this one another.", model);
        }
        return save(viewer, request, response, key, "", text, "", 0, model);
    }

    @PostMapping("/playbooks/{key}/text")
    String write(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable String key,
            @RequestParam(defaultValue = "") String text,
            @RequestParam(defaultValue = "") String note,
            @RequestParam(defaultValue = "0") int seen,
            Model model) {
        found(key);
        return save(viewer, request, response, key, key, text, note, seen, model);
    }

    private String save(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            String key,
            String known,
            String text,
            String note,
            int seen,
            Model model) {
        String title = known.isEmpty() ? "New playbook" : found(known).name();
        try {
            Saved saved = editing.save(key, text, note, seen, viewer.actor());
            new Notice(
                            saved.changed()
                                    ? "Version " + saved.version() + " is kept. It runs once it is put in force."
                                    : "Nothing changed, so no version was made.",
                            null,
                            null)
                    .leave(request);
            return "redirect:/playbooks/" + key;
        } catch (TextProblem e) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return show(known, title, text, note, seen, "Nothing was kept: the text has problems.", model);
        } catch (PlaybookRefused e) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return show(known, title, text, note, seen, e.getMessage(), model);
        }
    }

    @GetMapping("/playbooks/{key}/versions/{number}")
    String version(
            @PathVariable String key,
            @PathVariable int number,
            @RequestParam(defaultValue = "0") int against,
            Model model) {
        PlaybookCard card = found(key);
        Version version =
                playbooks.version(card, number).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        Version other =
                playbooks.version(card, against == 0 ? number - 1 : against).orElse(null);
        model.addAttribute(
                "frame",
                frames.frame("Version " + number, PlaybookNavigation.PLAYBOOKS)
                        .under("Playbooks", "/playbooks")
                        .under(card.name(), card.address()));
        model.addAttribute(
                "view",
                new VersionView(
                        card,
                        version,
                        other,
                        TextDifference.between(other == null ? "" : other.text(), version.text()),
                        playbooks.versions(card)));
        return "playbooks/version";
    }

    private Checked checked(String text) {
        try {
            Playbook playbook = playbooks.read(text);
            return new Checked(List.of(), playbooks.sentences(playbook), playbook.name());
        } catch (TextProblem e) {
            return new Checked(e.lines(), List.of(), "");
        }
    }

    private String show(
            String key, String title, String text, String note, int seen, @Nullable String problem, Model model) {
        model.addAttribute(
                "frame", frames.frame(title, PlaybookNavigation.PLAYBOOKS).under("Playbooks", "/playbooks"));
        model.addAttribute("view", new View(key, title, text, note, seen, checked(text), moments, problem));
        return "playbooks/text";
    }

    private static void mustWrite(Viewer viewer) {
        if (!PlaybookEditing.mayWrite(viewer)) {
            throw new org.springframework.security.access.AccessDeniedException("Leaders write playbooks.");
        }
    }

    private PlaybookCard found(String key) {
        return playbooks.find(key).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
