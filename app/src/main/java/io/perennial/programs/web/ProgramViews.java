package io.perennial.programs.web;

import io.perennial.identity.Viewer;
import io.perennial.platform.web.Frames;
import io.perennial.programs.Calendar;
import io.perennial.programs.Calendars;
import io.perennial.programs.Catalogue;
import io.perennial.programs.Enrolled;
import io.perennial.programs.Offer;
import io.perennial.programs.Program;
import io.perennial.programs.Program.Version;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import org.springframework.web.server.ResponseStatusException;

/** What the pages of programs show: the shelf, one program with its versions, versions beside each other. */
@Component
public class ProgramViews {

    /** More columns than that nobody compares. */
    private static final int MOST_COMPARED = 5;

    private final Catalogue catalogue;
    private final Calendars calendars;
    private final Enrolled enrolled;
    private final Frames frames;
    private final Clock clock;

    ProgramViews(Catalogue catalogue, Calendars calendars, Enrolled enrolled, Frames frames, Clock clock) {
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

    String shelf(Viewer viewer, @Nullable String problem, Model model) {
        Map<UUID, Long> counts = enrolled.counts(viewer, today());
        List<Column> columns = columns(counts);
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

    /** @param wanted ids of versions; what is sold today when there are none */
    String compare(Viewer viewer, List<String> wanted, Model model) {
        List<Column> all = new ArrayList<>();
        Map<UUID, Long> counts = enrolled.counts(viewer, today());
        List<Calendar> hours = calendars.all();
        for (Program program : catalogue.programs()) {
            catalogue.versions(program.id()).forEach(version -> all.add(column(program, version, hours, counts)));
        }
        List<Column> columns = wanted.isEmpty()
                ? columns(counts)
                : all.stream()
                        .filter(column -> wanted.contains(column.version().id().toString()))
                        .toList();
        model.addAttribute(
                "frame", frames.frame("Compare", ProgramNavigation.PROGRAMS).under("Programs", "/programs"));
        model.addAttribute(
                "view", new Comparison(columns.stream().limit(MOST_COMPARED).toList(), all));
        return "programs/compare";
    }

    String one(
            Viewer viewer,
            UUID id,
            String number,
            int page,
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
        int wanted = Math.clamp(page, 1, (int) Math.max(1, Math.ceilDiv(count, Enrolled.PAGE)));
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

    private List<Column> columns(Map<UUID, Long> counts) {
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
}
