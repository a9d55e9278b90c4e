package io.perennial.programs.web;

import io.perennial.identity.Viewer;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import io.perennial.programs.Calendar;
import io.perennial.programs.Calendars;
import io.perennial.programs.Catalogue;
import io.perennial.programs.Catalogue.NotPossible;
import io.perennial.programs.Enrolled;
import io.perennial.programs.Offer;
import io.perennial.programs.Program;
import io.perennial.programs.Program.Version;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** The shelf of programs, and each program with its versions. */
@Controller
public class ProgramPages {

    /** More columns than that nobody compares. */
    private static final int MOST_COMPARED = 5;

    private final Catalogue catalogue;
    private final Calendars calendars;
    private final Enrolled enrolled;
    private final Frames frames;
    private final Clock clock;

    ProgramPages(Catalogue catalogue, Calendars calendars, Enrolled enrolled, Frames frames, Clock clock) {
        this.catalogue = catalogue;
        this.calendars = calendars;
        this.enrolled = enrolled;
        this.frames = frames;
        this.clock = clock;
    }

    /** A version beside others. @param accounts that have this very version */
    public record Column(Program program, Version version, Calendar calendar, long accounts) {

        public Offer offer() {
            return version.offer();
        }

        public String title() {
            return program.name() + " " + version.number();
        }
    }

    /** @param older accounts that keep an earlier version, by program */
    public record Shelf(
            List<Column> columns,
            List<Program> unpublished,
            Map<UUID, Long> older,
            List<Enrolled.Unknown> unknown,
            boolean mayChange,
            @Nullable String problem) {}

    /** Versions beside each other, and what else there is to choose. */
    public record Comparison(List<Column> columns, List<Column> all) {

        public boolean chosen(Column column) {
            return columns.contains(column);
        }
    }

    /**
     * @param form of the draft; null when a published version is shown or the viewer may not change it
     * @param accounts of the program, one page of them
     */
    public record Page(
            Program program,
            Column shown,
            List<Column> versions,
            @Nullable OfferForm form,
            List<Calendar> calendars,
            List<Enrolled.Row> accounts,
            long count,
            int page,
            LocalDate today,
            boolean mayChange,
            @Nullable String problem) {}

    @GetMapping("/programs")
    String shelf(Viewer viewer, HttpServletRequest request, Model model) {
        model.addAttribute("notice", Notice.take(request));
        return shown(viewer, null, model);
    }

    @PostMapping("/programs")
    String add(
            Viewer viewer,
            @RequestParam(defaultValue = "") String name,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        try {
            Catalogue.Done done = catalogue.create(viewer, name);
            new Notice("The program is added. Say what it promises, then publish it.", done.change(), null)
                    .leave(request);
            return "redirect:/programs/" + done.program();
        } catch (NotPossible refused) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return shown(viewer, refused.getMessage(), model);
        }
    }

    @GetMapping("/programs/compare")
    String compare(Viewer viewer, @RequestParam MultiValueMap<String, String> query, Model model) {
        List<Column> all = new ArrayList<>();
        Map<UUID, Long> counts = enrolled.counts(viewer, today());
        List<Calendar> hours = calendars.all();
        for (Program program : catalogue.programs()) {
            catalogue.versions(program.id()).forEach(version -> all.add(column(program, version, hours, counts)));
        }
        List<String> wanted = query.getOrDefault("version", List.of());
        List<Column> columns = wanted.isEmpty()
                ? columns(viewer, counts)
                : all.stream()
                        .filter(column -> wanted.contains(column.version().id().toString()))
                        .toList();
        model.addAttribute(
                "frame", frames.frame("Compare", ProgramNavigation.PROGRAMS).under("Programs", "/programs"));
        model.addAttribute(
                "view", new Comparison(columns.stream().limit(MOST_COMPARED).toList(), all));
        return "programs/compare";
    }

    @GetMapping("/programs/{id}")
    String one(
            Viewer viewer,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String version,
            @RequestParam(defaultValue = "1") String page,
            HttpServletRequest request,
            Model model) {
        model.addAttribute("notice", Notice.take(request));
        return one(viewer, id, version, page, null, null, model);
    }

    @PostMapping("/programs/{id}")
    String rename(
            Viewer viewer,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String tier,
            @RequestParam(defaultValue = "false") boolean house,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        try {
            UUID change = catalogue.rename(viewer, id, name, number(tier, -1), house);
            new Notice("The program is changed.", change, null).leave(request);
            return "redirect:/programs/" + id;
        } catch (NotPossible refused) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return one(viewer, id, "", "1", null, refused.getMessage(), model);
        }
    }

    /** Begins a draft; where there is one already, goes to it. */
    @PostMapping("/programs/{id}/draft")
    String draft(Viewer viewer, @PathVariable UUID id) {
        try {
            Version draft = catalogue.draft(viewer, id);
            return "redirect:/programs/" + id + "?version=" + draft.number();
        } catch (NotPossible refused) {
            HttpStatus why = Catalogue.mayChange(viewer) ? HttpStatus.NOT_FOUND : HttpStatus.FORBIDDEN;
            throw new ResponseStatusException(why, refused.getMessage(), refused);
        }
    }

    @PostMapping("/programs/{id}/offer")
    String save(
            Viewer viewer,
            @PathVariable UUID id,
            @RequestParam MultiValueMap<String, String> typed,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        OfferForm form = OfferForm.read(typed);
        try {
            UUID change = catalogue.save(viewer, id, number(typed.getFirst("edits"), 0), form.offer());
            new Notice("The draft is saved. Nobody has it until it is published.", change, null).leave(request);
            return "redirect:/programs/" + id;
        } catch (NotPossible refused) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return one(viewer, id, "", "1", form, refused.getMessage(), model);
        }
    }

    @PostMapping("/programs/{id}/publication")
    String publish(
            Viewer viewer,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String edits,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        try {
            Version published = catalogue.publish(viewer, id, number(edits, 0), day(from));
            new Notice(
                            "Version " + published.number() + " is published. Contracts that begin from " + from
                                    + " on buy it.",
                            null,
                            null)
                    .leave(request);
            return "redirect:/programs/" + id;
        } catch (NotPossible refused) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return one(viewer, id, "", "1", null, refused.getMessage(), model);
        }
    }

    private String shown(Viewer viewer, @Nullable String problem, Model model) {
        Map<UUID, Long> counts = enrolled.counts(viewer, today());
        List<Column> columns = columns(viewer, counts);
        List<UUID> sold = columns.stream().map(column -> column.program().id()).toList();
        Map<UUID, Long> older = new HashMap<>();
        for (Column column : columns) {
            long others = catalogue.versions(column.program().id()).stream()
                    .filter(version -> !version.id().equals(column.version().id()))
                    .mapToLong(version -> counts.getOrDefault(version.id(), 0L))
                    .sum();
            older.put(column.program().id(), others);
        }
        model.addAttribute("frame", frames.frame("Programs", ProgramNavigation.PROGRAMS));
        model.addAttribute(
                "view",
                new Shelf(
                        columns,
                        catalogue.programs().stream()
                                .filter(program -> !sold.contains(program.id()))
                                .toList(),
                        older,
                        enrolled.unknown(viewer),
                        Catalogue.mayChange(viewer),
                        problem));
        return "programs/programs";
    }

    private String one(
            Viewer viewer,
            UUID id,
            String number,
            String page,
            @Nullable OfferForm typed,
            @Nullable String problem,
            Model model) {
        Program program = catalogue.program(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        Map<UUID, Long> counts = enrolled.counts(viewer, today());
        List<Calendar> hours = calendars.all();
        List<Column> versions = catalogue.versions(id).stream()
                .map(version -> column(program, version, hours, counts))
                .toList();
        if (versions.isEmpty()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        Column shown = versions.stream()
                .filter(column -> Integer.toString(column.version().number()).equals(number))
                .findFirst()
                .orElse(versions.getFirst());
        boolean mayChange = Catalogue.mayChange(viewer);
        OfferForm form =
                shown.version().draft() && mayChange ? typed == null ? OfferForm.of(shown.offer()) : typed : null;
        long count = versions.stream().mapToLong(Column::accounts).sum();
        int wanted = Math.clamp(number(page, 1), 1, (int) Math.max(1, Math.ceilDiv(count, Enrolled.PAGE)));
        model.addAttribute(
                "frame",
                frames.frame(program.name(), ProgramNavigation.PROGRAMS).under("Programs", "/programs"));
        model.addAttribute(
                "view",
                new Page(
                        program,
                        shown,
                        versions,
                        form,
                        hours,
                        enrolled.accounts(id, viewer, today(), wanted),
                        count,
                        wanted,
                        today(),
                        mayChange,
                        problem));
        return "programs/program";
    }

    private List<Column> columns(Viewer viewer, Map<UUID, Long> counts) {
        List<Calendar> hours = calendars.all();
        List<Program> programs = catalogue.programs();
        return catalogue.sold(today()).stream()
                .map(version -> column(
                        programs.stream()
                                .filter(program -> program.id().equals(version.program()))
                                .findFirst()
                                .orElseThrow(),
                        version,
                        hours,
                        counts))
                .toList();
    }

    private static Column column(Program program, Version version, List<Calendar> hours, Map<UUID, Long> counts) {
        return new Column(
                program,
                version,
                Calendars.of(version.offer().calendar(), hours),
                Objects.requireNonNullElse(counts.get(version.id()), 0L));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new NotPossible("Say from which day on the version is sold, such as 2027-01-01.");
        }
    }

    private static int number(@Nullable String text, int otherwise) {
        try {
            return text == null ? otherwise : Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }
}
