package io.perennial.platform.imports.web;

import io.perennial.platform.exports.CsvTable;
import io.perennial.platform.imports.Findings;
import io.perennial.platform.imports.ImportOptions;
import io.perennial.platform.imports.ImportPreview;
import io.perennial.platform.imports.ImportRefused;
import io.perennial.platform.imports.ImportView;
import io.perennial.platform.imports.Imports;
import io.perennial.platform.imports.MappingProblem;
import io.perennial.platform.imports.reading.UnreadableFile;
import io.perennial.platform.jobs.JobList;
import io.perennial.platform.jobs.web.JobCards;
import io.perennial.platform.records.Column;
import io.perennial.platform.records.RecordType;
import io.perennial.platform.web.CurrentActor;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.JobCard;
import io.perennial.platform.web.NavigationItem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;

/** Bringing a file: choose, map, see what would happen, start, watch. Works without JavaScript. */
@Controller
class ImportPages {

    private static final String SECTION = "Imports";
    private static final int SHOWN = 50;
    private static final int PROBLEMS_SHOWN = 50;
    private static final int KINDS = 20;

    private final Imports imports;
    private final Findings findings;
    private final JobList jobs;
    private final Frames frames;
    private final CurrentActor actor;
    private final Clock clock;

    ImportPages(Imports imports, Findings findings, JobList jobs, Frames frames, CurrentActor actor, Clock clock) {
        this.imports = imports;
        this.findings = findings;
        this.jobs = jobs;
        this.frames = frames;
        this.actor = actor;
        this.clock = clock;
    }

    @Bean
    static NavigationItem importsItem() {
        return new NavigationItem(
                SECTION, "/imports", "file-earmark-arrow-up", "Admin", 940, "i", Set.of("ADMIN", "LEADER"));
    }

    @GetMapping("/imports")
    String list(@RequestParam(defaultValue = "accounts") String type, Model model) {
        return list(type, null, model);
    }

    private String list(String type, @Nullable String problem, Model model) {
        model.addAttribute("frame", frames.frame(SECTION, SECTION));
        model.addAttribute("types", imports.types());
        model.addAttribute("chosen", type);
        model.addAttribute("problem", problem);
        model.addAttribute("imports", imports.recent(SHOWN));
        return "imports/imports";
    }

    @PostMapping("/imports")
    String receive(
            @RequestParam String type, @RequestParam MultipartFile file, HttpServletResponse response, Model model)
            throws IOException {
        try (InputStream body = file.getInputStream()) {
            String name = Objects.requireNonNullElse(file.getOriginalFilename(), "file");
            ImportView view = imports.receive(type, name, body, ImportOptions.NONE, actor.actor());
            return "redirect:/imports/" + view.id();
        } catch (UnreadableFile | ImportRefused | MappingProblem refused) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return list(type, refused.getMessage(), model);
        }
    }

    @GetMapping("/imports/templates/{type}.csv")
    void template(@PathVariable String type, HttpServletResponse response) throws IOException {
        RecordType known = imports.types().stream()
                .filter(candidate -> candidate.name().equals(type))
                .findFirst()
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"" + known.name() + ".csv\"");
        List<String> titles = new ArrayList<>(List.of("external_id"));
        List<String> examples = new ArrayList<>(List.of(known.name() + "-1"));
        for (Column column : known.columns()) {
            titles.add(column.name());
            examples.add(column.example());
        }
        try (CsvTable table = new CsvTable(response.getOutputStream())) {
            table.header(titles);
            table.row(examples);
        }
    }

    @GetMapping("/imports/{id}")
    String show(@PathVariable UUID id, Model model) {
        return show(find(id), null, model);
    }

    private String show(ImportView view, @Nullable String problem, Model model) {
        JobCard card = view.job() == null
                ? null
                : jobs.find(view.job())
                        .map(job -> JobCards.card(job, "/imports/" + view.id(), clock.instant()))
                        .orElse(null);
        String refused = problem;
        ImportPreview preview = new ImportPreview(List.of());
        if (view.open()) {
            try {
                preview = imports.preview(view.id(), actor.actor());
            } catch (MappingProblem | UnreadableFile unfit) {
                refused = refused == null ? unfit.getMessage() : refused;
            }
        }
        model.addAttribute("frame", frames.frame(view.fileName(), SECTION).under(SECTION, "/imports"));
        model.addAttribute("view", view);
        model.addAttribute("preview", preview);
        model.addAttribute("card", card);
        model.addAttribute("problems", findings.problems(view.id(), PROBLEMS_SHOWN));
        model.addAttribute("waiting", findings.waiting(view.id()));
        model.addAttribute("kinds", findings.kindsOfProblems(view.id(), KINDS));
        model.addAttribute("remarks", findings.remarks(view.id()));
        model.addAttribute("refused", refused);
        return "imports/import";
    }

    @PostMapping("/imports/{id}/mapping")
    String map(
            @PathVariable UUID id,
            @RequestParam MultiValueMap<String, String> form,
            HttpServletResponse response,
            Model model) {
        ImportView view = find(id);
        try {
            imports.answer(id, MappingForm.read(view, form), form.getFirst("encoding"), form.getFirst("delimiter"));
            if (form.containsKey("start")) {
                imports.start(id, actor.actor());
            }
            return "redirect:/imports/" + id;
        } catch (MappingProblem | ImportRefused | UnreadableFile refused) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return show(find(id), refused.getMessage(), model);
        }
    }

    @PostMapping("/imports/{id}/job")
    String start(@PathVariable UUID id, HttpServletResponse response, Model model) {
        ImportView view = find(id);
        try {
            imports.start(id, actor.actor());
            return "redirect:/imports/" + id;
        } catch (MappingProblem | ImportRefused refused) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return show(view, refused.getMessage(), model);
        }
    }

    @GetMapping("/imports/{id}/errors.csv")
    void errors(@PathVariable UUID id, HttpServletResponse response) throws IOException {
        ErrorFile.send(findings, find(id).id(), response);
    }

    private ImportView find(UUID id) {
        return imports.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
