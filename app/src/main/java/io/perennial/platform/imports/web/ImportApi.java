package io.perennial.platform.imports.web;

import io.perennial.platform.imports.Findings;
import io.perennial.platform.imports.ImportOptions;
import io.perennial.platform.imports.ImportProblem;
import io.perennial.platform.imports.ImportRefused;
import io.perennial.platform.imports.ImportView;
import io.perennial.platform.imports.Imports;
import io.perennial.platform.imports.MappingProblem;
import io.perennial.platform.imports.Question;
import io.perennial.platform.imports.reading.UnreadableFile;
import io.perennial.platform.jobs.Job;
import io.perennial.platform.jobs.JobList;
import io.perennial.platform.web.CurrentActor;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;

/** Files for programs: sent as the body, or as the part {@code file} beside a part {@code mapping}. */
@RestController
@RequestMapping("/api/v1/imports")
class ImportApi {

    private static final int SHOWN = 1_000;
    private static final int KINDS = 20;

    private final Imports imports;
    private final Findings findings;
    private final JobList jobs;
    private final CurrentActor actor;

    ImportApi(Imports imports, Findings findings, JobList jobs, CurrentActor actor) {
        this.imports = imports;
        this.findings = findings;
        this.jobs = jobs;
        this.actor = actor;
    }

    @PostMapping
    ResponseEntity<ImportAnswer> receive(
            @RequestParam String type,
            @RequestParam(required = false) @Nullable String name,
            @RequestParam(required = false) @Nullable String mapping,
            @RequestParam(required = false) @Nullable String encoding,
            @RequestParam(required = false) @Nullable String delimiter,
            @RequestParam(required = false) @Nullable String date,
            @RequestParam(required = false) @Nullable String decimal,
            @RequestParam(required = false) @Nullable String zone,
            @RequestParam(defaultValue = "true") boolean start,
            @RequestParam(required = false) @Nullable MultipartFile file,
            HttpServletRequest request)
            throws IOException {
        requireFile(request, file);
        ImportOptions options = new ImportOptions(mapping, encoding, delimiter, date, decimal, zone);
        String sent = file == null ? null : file.getOriginalFilename();
        String called = name != null ? name : Objects.requireNonNullElse(sent, "file");
        try (InputStream body = file == null ? request.getInputStream() : file.getInputStream()) {
            ImportView view = imports.receive(type, called, body, options, actor.actor());
            if (start) {
                start(view);
            }
            return ResponseEntity.status(start ? HttpStatus.ACCEPTED : HttpStatus.CREATED)
                    .location(URI.create("/api/v1/imports/" + view.id()))
                    .body(answer(find(view.id())));
        }
    }

    /** A client that sends a file as a form would lose it before we see it. */
    private static void requireFile(HttpServletRequest request, @Nullable MultipartFile file) {
        String type = Objects.requireNonNullElse(request.getContentType(), "").toLowerCase(Locale.ROOT);
        if (type.startsWith("application/x-www-form-urlencoded")) {
            throw new ResponseStatusException(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Send the file with Content-Type: text/csv");
        }
        if (type.startsWith("multipart/") && file == null) {
            throw new ResponseStatusException(HttpStatus.UNPROCESSABLE_CONTENT, "The part named file is missing");
        }
    }

    private void start(ImportView view) {
        try {
            imports.start(view.id(), actor.actor());
        } catch (ImportRefused open) {
            throw new QuestionsOpen(view.id(), open);
        }
    }

    /** Starts an import that waited for answers; the body of the first call decided the mapping. */
    @PostMapping("/{id}/job")
    ImportAnswer start(@PathVariable UUID id) {
        start(find(id));
        return answer(find(id));
    }

    @GetMapping("/{id}")
    ImportAnswer show(@PathVariable UUID id) {
        return answer(find(id));
    }

    @GetMapping(value = "/{id}/errors", produces = MediaType.APPLICATION_JSON_VALUE)
    List<ImportProblem> errors(@PathVariable UUID id) {
        return findings.problems(find(id).id(), SHOWN);
    }

    @GetMapping(value = "/{id}/errors", produces = "text/csv")
    void errorFile(@PathVariable UUID id, HttpServletResponse response) throws IOException {
        ErrorFile.send(findings, find(id).id(), response);
    }

    private ImportAnswer answer(ImportView view) {
        UUID id = view.job();
        Job job = id == null ? null : jobs.find(id).orElse(null);
        return ImportAnswer.of(
                view,
                findings.remarks(view.id()),
                job != null && job.finished() ? findings.kindsOfProblems(view.id(), KINDS) : List.of(),
                job);
    }

    private ImportView find(UUID id) {
        return imports.find(id)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no such import"));
    }

    /** The file is kept; a person can answer on its page. */
    static final class QuestionsOpen extends RuntimeException {
        private final UUID id;
        private final String code;
        private final List<Question> questions;

        QuestionsOpen(UUID id, ImportRefused refused) {
            super(refused.getMessage(), null, false, false);
            this.id = id;
            this.code = refused.code();
            this.questions = refused.questions();
        }
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> open(QuestionsOpen open) {
        ProblemDetail problem = problem(open.code, open.getMessage());
        problem.setProperty("questions", open.questions);
        problem.setProperty("import", open.id);
        problem.setProperty("page", "/imports/" + open.id);
        return answer(problem);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unreadable(UnreadableFile refused) {
        return answer(problem(refused.code(), refused.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unfit(MappingProblem refused) {
        return answer(problem(refused.code(), refused.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(ImportRefused refused) {
        return answer(problem(refused.code(), refused.getMessage()));
    }

    private static ProblemDetail problem(String code, @Nullable String detail) {
        ProblemDetail problem = ProblemDetail.forStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        problem.setType(URI.create("/problems/" + code.replace('_', '-')));
        problem.setTitle("The file was not imported");
        problem.setDetail(detail);
        problem.setProperty("code", code);
        return problem;
    }

    private static ResponseEntity<ProblemDetail> answer(ProblemDetail problem) {
        return ResponseEntity.status(problem.getStatus())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }
}
