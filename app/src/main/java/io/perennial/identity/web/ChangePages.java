package io.perennial.identity.web;

import io.perennial.identity.Viewer;
import io.perennial.identity.changes.Change;
import io.perennial.identity.changes.RecentChanges;
import io.perennial.identity.changes.RecentChanges.About;
import io.perennial.identity.changes.RecentChanges.Person;
import io.perennial.identity.changes.RecentChanges.Position;
import io.perennial.identity.changes.Undo;
import io.perennial.identity.changes.Undo.NotUndone;
import io.perennial.identity.changes.Undo.Undone;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Tab;
import jakarta.servlet.http.HttpServletResponse;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Recent changes: who changed what, and the way back. */
@Controller
public class ChangePages {

    private final RecentChanges changes;
    private final Undo undo;
    private final Frames frames;

    ChangePages(RecentChanges changes, Undo undo, Frames frames) {
        this.changes = changes;
        this.undo = undo;
        this.frames = frames;
    }

    /**
     * @param about as in the address; empty for everything
     * @param person filter, or null
     * @param older address of the next page, or null at the end
     */
    public record Page(
            List<Change> changes,
            List<Tab> tabs,
            String about,
            List<Person> people,
            @Nullable UUID person,
            boolean everybody,
            @Nullable String older,
            @Nullable String done,
            List<String> leftAlone,
            @Nullable String problem) {}

    @GetMapping("/changes")
    String list(
            Viewer viewer,
            @RequestParam(defaultValue = "") String about,
            @RequestParam(required = false) @Nullable UUID person,
            @RequestParam(required = false) @Nullable String after,
            Model model) {
        return show(viewer, about(about), person, position(after), null, List.of(), null, model);
    }

    @PostMapping("/changes/{id}/undo")
    String undo(Viewer viewer, @PathVariable UUID id, HttpServletResponse response, Model model) {
        return undone(viewer, () -> undo.undo(viewer, id), response, model);
    }

    /** What Ctrl+Z asks for. */
    @PostMapping("/changes/last/undo")
    String undoLast(Viewer viewer, HttpServletResponse response, Model model) {
        return undone(viewer, () -> undo.undoLast(viewer), response, model);
    }

    private String undone(Viewer viewer, Supplier<Undone> attempt, HttpServletResponse response, Model model) {
        try {
            Undone undone = attempt.get();
            return show(viewer, About.ALL, null, null, undone.summary(), undone.leftAlone(), null, model);
        } catch (NotUndone refused) {
            response.setStatus(HttpServletResponse.SC_CONFLICT);
            return show(viewer, About.ALL, null, null, null, List.of(), refused.getMessage(), model);
        }
    }

    private String show(
            Viewer viewer,
            About about,
            @Nullable UUID person,
            @Nullable Position after,
            @Nullable String done,
            List<String> leftAlone,
            @Nullable String problem,
            Model model) {
        RecentChanges.Page found = changes.list(viewer, about, person, after);
        String older = found.next()
                .map(next -> "/changes?after=" + next.at() + "_" + next.id()
                        + (about == About.ALL ? "" : "&about=" + word(about))
                        + (person == null ? "" : "&person=" + person))
                .orElse(null);
        model.addAttribute("frame", frames.frame("Recent changes", "Recent changes"));
        model.addAttribute(
                "page",
                new Page(
                        found.changes(),
                        tabs(about),
                        about == About.ALL ? "" : word(about),
                        changes.people(viewer),
                        person,
                        RecentChanges.seesEverybody(viewer),
                        older,
                        done,
                        leftAlone,
                        problem));
        return "identity/changes";
    }

    private static List<Tab> tabs(About about) {
        return List.of(
                new Tab("Everything", "/changes", about == About.ALL),
                new Tab("Data", "/changes?about=data", about == About.DATA),
                new Tab("Sign-ins, team and keys", "/changes?about=security", about == About.SECURITY));
    }

    private static About about(String word) {
        return Arrays.stream(About.values())
                .filter(about -> word(about).equals(word))
                .findFirst()
                .orElse(About.ALL);
    }

    private static String word(About about) {
        return about.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable Position position(@Nullable String after) {
        if (after == null) {
            return null;
        }
        try {
            int middle = after.indexOf('_');
            return new Position(
                    Instant.parse(after.substring(0, middle)), UUID.fromString(after.substring(middle + 1)));
        } catch (DateTimeException | IllegalArgumentException | StringIndexOutOfBoundsException unreadable) {
            return null;
        }
    }
}
