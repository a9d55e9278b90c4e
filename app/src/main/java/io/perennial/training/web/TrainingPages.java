package io.perennial.training.web;

import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import io.perennial.training.Assignments;
import io.perennial.training.Assignments.Assignment;
import io.perennial.training.Completions;
import io.perennial.training.Completions.Held;
import io.perennial.training.Course;
import io.perennial.training.Courses;
import io.perennial.training.Courses.Offered;
import io.perennial.training.Courses.Path;
import io.perennial.training.Courses.Rule;
import io.perennial.training.Effect;
import io.perennial.training.Refused;
import io.perennial.training.TrainingKeeping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The catalogue of training, a course with its people and its effect, and whom it is for. */
@Controller
public class TrainingPages {

    private final Courses courses;
    private final Assignments assignments;
    private final Completions completions;
    private final Effect effect;
    private final TrainingKeeping keeping;
    private final Frames frames;
    private final Clock clock;

    TrainingPages(
            Courses courses,
            Assignments assignments,
            Completions completions,
            Effect effect,
            TrainingKeeping keeping,
            Frames frames,
            Clock clock) {
        this.courses = courses;
        this.assignments = assignments;
        this.completions = completions;
        this.effect = effect;
        this.keeping = keeping;
        this.frames = frames;
        this.clock = clock;
    }

    public record Catalogue(
            List<Offered> courses,
            List<Path> paths,
            LocalDate today,
            boolean mayChange,
            @Nullable String problem,
            @Nullable Notice notice) {

        public int open() {
            return courses.stream().mapToInt(Offered::open).sum();
        }

        public int overdue() {
            return courses.stream().mapToInt(Offered::overdue).sum();
        }

        public int completed() {
            return courses.stream().mapToInt(Offered::completed).sum();
        }

        public int expiring() {
            return courses.stream().mapToInt(Offered::expiring).sum();
        }
    }

    /** @param course as typed; null for a new one @param externalId null for a new one */
    public record Edit(
            @Nullable UUID id,
            Map<String, String> typed,
            @Nullable String problem) {

        public String of(String field) {
            return typed.getOrDefault(field, "");
        }
    }

    public record View(
            Course course,
            List<Assignment> open,
            List<Held> completed,
            List<Rule> rules,
            Effect.Result effect,
            LocalDate today,
            boolean mayChange,
            boolean mayWork,
            @Nullable String problem,
            @Nullable Notice notice) {

        public long overdue() {
            return open.stream().filter(one -> one.isOverdue(today)).count();
        }

        public long valid() {
            return completed.stream()
                    .filter(one -> !one.isExpired(today))
                    .map(Held::contact)
                    .distinct()
                    .count();
        }
    }

    static boolean mayChange(Viewer viewer) {
        return viewer.role() == Role.ADMIN || viewer.role() == Role.LEADER;
    }

    @GetMapping("/training")
    String catalogue(Viewer viewer, HttpServletRequest request, Model model) {
        return catalogue(viewer, null, Notice.take(request), model);
    }

    @GetMapping("/training/courses/new")
    String fresh(Model model) {
        return edit(null, Map.of(), null, model);
    }

    @PostMapping("/training/courses")
    String create(Viewer viewer, HttpServletRequest request, HttpServletResponse response, Model model) {
        return save(null, viewer, request, response, model);
    }

    @GetMapping("/training/{id}")
    String course(Viewer viewer, @PathVariable UUID id, HttpServletRequest request, Model model) {
        return show(viewer, id, null, Notice.take(request), model);
    }

    @GetMapping("/training/courses/{id}/edit")
    String change(@PathVariable UUID id, Model model) {
        Course course = found(id);
        Map<String, String> typed = new LinkedHashMap<>();
        typed.put("name", course.name());
        put(typed, "description", course.description());
        put(typed, "url", course.url());
        typed.put("kind", course.entitled() ? "entitled" : "free");
        put(typed, "unit", course.unit());
        put(typed, "units", course.units() == null ? null : course.units().toPlainString());
        put(typed, "feature", course.feature());
        put(typed, "minutes", course.minutes());
        put(typed, "days", course.days());
        put(typed, "expires_months", course.expiresMonths());
        put(typed, "badge", course.badge());
        put(typed, "retired_on", course.retiredOn());
        return edit(id, typed, null, model);
    }

    @PostMapping("/training/courses/{id}")
    String update(
            Viewer viewer,
            @PathVariable UUID id,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        return save(found(id), viewer, request, response, model);
    }

    @PostMapping("/training/paths")
    String path(
            Viewer viewer,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String badge,
            @RequestParam(defaultValue = "") List<UUID> course,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        try {
            courses.path(name, badge, course, viewer.actor());
            new Notice("The path is saved.", null, null).leave(request);
            return "redirect:/training";
        } catch (Refused refused) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return catalogue(viewer, refused.why(), null, model);
        }
    }

    @PostMapping("/training/courses/{id}/rules")
    String rule(
            Viewer viewer,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String role,
            @RequestParam(defaultValue = "") String segment,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        try {
            UUID change = courses.rule(id, role, segment, viewer.actor());
            if (change != null) {
                new Notice("Everybody of that role is asked to take it, now and from now on.", change, null)
                        .leave(request);
                keeping.wake();
            }
            return "redirect:/training/" + id;
        } catch (Refused refused) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return show(viewer, id, refused.why(), null, model);
        }
    }

    @PostMapping("/training/courses/{id}/rules/{rule}/removal")
    String dropRule(Viewer viewer, @PathVariable UUID id, @PathVariable UUID rule, HttpServletRequest request) {
        UUID change = courses.dropRule(rule, viewer.actor());
        if (change != null) {
            new Notice("Nobody else is asked by that rule.", change, null).leave(request);
        }
        return "redirect:/training/" + id;
    }

    private static final List<String> FIELDS = List.of(
            "name",
            "description",
            "url",
            "kind",
            "unit",
            "units",
            "feature",
            "minutes",
            "days",
            "expires_months",
            "badge",
            "retired_on");

    private String save(
            @Nullable Course known,
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        Map<String, String> typed = new LinkedHashMap<>();
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (String field : FIELDS) {
            String said = java.util.Objects.requireNonNullElse(request.getParameter(field), "")
                    .strip();
            typed.put(field, said);
            values.put(field, said.isEmpty() ? null : said);
        }
        if (values.get("kind") == null) {
            values.put("kind", "free");
        }
        try {
            String external = courses.save(known == null ? null : known.externalId(), values, viewer.actor());
            new Notice("The course is saved.", null, null).leave(request);
            return "redirect:/training/"
                    + courses.byExternalId(external).orElseThrow().id();
        } catch (Refused refused) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return edit(known == null ? null : known.id(), typed, refused.why(), model);
        }
    }

    private static void put(Map<String, String> typed, String field, @Nullable Object value) {
        if (value != null) {
            typed.put(field, value.toString());
        }
    }

    private String edit(@Nullable UUID id, Map<String, String> typed, @Nullable String problem, Model model) {
        model.addAttribute(
                "frame",
                frames.frame(id == null ? "New course" : "Change the course", TrainingNavigation.TRAINING)
                        .under("Training", TrainingNavigation.ADDRESS));
        model.addAttribute("view", new Edit(id, typed, problem));
        return "training/courseEdit";
    }

    private String catalogue(Viewer viewer, @Nullable String problem, @Nullable Notice notice, Model model) {
        model.addAttribute("frame", frames.frame("Training", TrainingNavigation.TRAINING));
        model.addAttribute(
                "view",
                new Catalogue(courses.catalogue(viewer), courses.paths(), today(), mayChange(viewer), problem, notice));
        return "training/training";
    }

    private String show(Viewer viewer, UUID id, @Nullable String problem, @Nullable Notice notice, Model model) {
        Course course = found(id);
        model.addAttribute(
                "frame",
                frames.frame(course.name(), TrainingNavigation.TRAINING).under("Training", TrainingNavigation.ADDRESS));
        model.addAttribute(
                "view",
                new View(
                        course,
                        assignments.open(id, viewer),
                        completions.completed(id, viewer),
                        courses.rules(id),
                        effect.of(course, viewer),
                        today(),
                        mayChange(viewer),
                        viewer.role().mayWork(),
                        problem,
                        notice));
        return "training/course";
    }

    private Course found(UUID id) {
        return courses.find(id).orElseThrow(() -> new NoSuchElementException("There is no such course."));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
