package io.perennial.statements.web;

import io.perennial.accounts.AccountCard;
import io.perennial.accounts.Accounts;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.Frame;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import io.perennial.platform.web.SentForm;
import io.perennial.shared.AccountId;
import io.perennial.statements.Edition;
import io.perennial.statements.FigureRows;
import io.perennial.statements.Line;
import io.perennial.statements.Period;
import io.perennial.statements.Section;
import io.perennial.statements.Sending;
import io.perennial.statements.Statement;
import io.perennial.statements.StatementRefused;
import io.perennial.statements.StatementWork;
import io.perennial.statements.Statements;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** One customer's statement: a look before it is drafted, then note, approval, letters, versions and the rows behind it. */
@Controller
public class StatementPages {

    private final Statements statements;
    private final StatementWork work;
    private final Sending sending;
    private final FigureRows figures;
    private final Accounts accounts;
    private final Frames frames;
    private final Clock clock;

    StatementPages(
            Statements statements,
            StatementWork work,
            Sending sending,
            FigureRows figures,
            Accounts accounts,
            Frames frames,
            Clock clock) {
        this.statements = statements;
        this.work = work;
        this.sending = sending;
        this.figures = figures;
        this.accounts = accounts;
        this.frames = frames;
        this.clock = clock;
    }

    /** What it would say; nothing is kept. */
    public record Preview(
            AccountCard account,
            Period period,
            List<Line> lines,
            List<Statements.Item> others,
            boolean mayWrite,
            @Nullable String problem) {

        public List<Line> of(Section section) {
            return lines.stream()
                    .filter(line -> line.section().equals(section.key()))
                    .toList();
        }
    }

    /** @param shown the number of the version that is shown */
    public record View(
            Statement statement,
            Edition edition,
            int shown,
            List<Statements.Made> versions,
            List<Sending.Reader> readers,
            List<Sending.Sent> sent,
            boolean mayWrite,
            @Nullable String typed,
            @Nullable String problem,
            @Nullable Notice notice) {

        public boolean isLatest() {
            return shown == statement.number();
        }
    }

    public record RowsView(Statement statement, Section section, List<FigureRows.Row> rows) {}

    private AccountCard card(UUID id, Viewer viewer) {
        return accounts.find(new AccountId(id), viewer)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private static @Nullable LocalDate day(String typed) {
        return typed.matches("\\d{4}-\\d{2}-\\d{2}") ? LocalDate.parse(typed) : null;
    }

    @GetMapping("/accounts/{id}/statement")
    String look(
            Viewer viewer,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String last,
            Model model) {
        return look(viewer, id, from, last, null, model);
    }

    private String look(Viewer viewer, UUID id, String from, String last, @Nullable String problem, Model model) {
        AccountCard card = card(id, viewer);
        Period period = period(from, last);
        model.addAttribute(
                "frame",
                frames.frame("Statement", StatementNavigation.STATEMENTS).under(card.name(), "/accounts/" + id));
        model.addAttribute(
                "view",
                new Preview(
                        card,
                        period,
                        statements.preview(card.id(), period),
                        statements.of(card.id(), Statements.PAGE),
                        StatementWork.mayWrite(viewer),
                        problem));
        return "statements/look";
    }

    /** As asked for where that is a period, else the last finished quarter. */
    private Period period(String from, String last) {
        LocalDate first = safe(from);
        LocalDate end = safe(last);
        return first == null
                        || end == null
                        || end.isBefore(first)
                        || first.plusDays(1_100).isBefore(end)
                ? Period.last(3, today())
                : new Period(first, end.plusDays(1));
    }

    private static @Nullable LocalDate safe(String typed) {
        try {
            return day(typed);
        } catch (java.time.DateTimeException none) {
            return null;
        }
    }

    @PostMapping("/accounts/{id}/statement")
    String draft(
            Viewer viewer,
            SentForm sent,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String last) {
        try {
            StatementWork.Done done = work.draft(new AccountId(id), safe(from), safe(last), viewer);
            return sent.done(
                    "The statement is drafted. Look at it, then approve it.",
                    done.change(),
                    "/statements/" + done.statement());
        } catch (StatementRefused e) {
            return look(viewer, id, from, last, e.getMessage(), sent.refused());
        }
    }

    @GetMapping("/statements/{id}")
    String view(
            Viewer viewer,
            HttpServletRequest request,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String edition,
            @RequestParam(required = false) @Nullable Integer number,
            Model model) {
        return show(viewer, id, edition, number, null, null, Notice.take(request), model);
    }

    private String show(
            Viewer viewer,
            UUID id,
            String edition,
            @Nullable Integer number,
            @Nullable String typed,
            @Nullable String problem,
            @Nullable Notice notice,
            Model model) {
        Statement statement = find(id, number, viewer);
        Frame frame = frames.frame(statement.accountName(), StatementNavigation.STATEMENTS)
                .under("Statements", "/statements");
        model.addAttribute("frame", frame);
        model.addAttribute(
                "view",
                new View(
                        statement,
                        Edition.find(edition).orElse(Edition.BUSINESS),
                        number == null ? statement.number() : number,
                        statements.versions(id),
                        sending.readers(statement.account()),
                        sending.of(id),
                        StatementWork.mayWrite(viewer),
                        typed,
                        problem,
                        notice));
        return "statements/statement";
    }

    private Statement find(UUID id, @Nullable Integer number, Viewer viewer) {
        return statements.find(id, number, viewer).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    @GetMapping("/statements/{id}/rows/{section}")
    String rows(Viewer viewer, @PathVariable UUID id, @PathVariable String section, Model model) {
        Statement statement = find(id, null, viewer);
        Section chosen = Section.find(section).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        model.addAttribute(
                "frame",
                frames.frame(chosen.title(), StatementNavigation.STATEMENTS)
                        .under("Statements", "/statements")
                        .under(statement.accountName(), statement.address()));
        model.addAttribute("view", new RowsView(statement, chosen, figures.of(statement, chosen)));
        return "statements/rows";
    }

    @GetMapping("/statements/{id}/paper.pdf")
    ResponseEntity<byte[]> paper(
            Viewer viewer,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String edition,
            @RequestParam(required = false) @Nullable Integer number) {
        Statement statement = find(id, number, viewer);
        Edition chosen = Edition.find(edition).orElse(Edition.BUSINESS);
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(
                                        chosen.title() + " " + statement.accountName() + " " + statement.from()
                                                + ".pdf",
                                        StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(sending.paper(statement, chosen));
    }

    private String after(
            Viewer viewer, SentForm sent, UUID id, @Nullable String typed, String said, Supplier<@Nullable UUID> verb) {
        try {
            return sent.done(said, verb.get(), "/statements/" + id);
        } catch (StatementRefused e) {
            return show(viewer, id, "", null, typed, e.getMessage(), null, sent.refused());
        }
    }

    @PostMapping("/statements/{id}/note")
    String note(
            Viewer viewer,
            SentForm sent,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "-1") int seen,
            @RequestParam(defaultValue = "") String note) {
        return after(viewer, sent, id, note, "The note is kept.", () -> work.note(id, seen, note, viewer));
    }

    @PostMapping("/statements/{id}/approval")
    String approve(Viewer viewer, SentForm sent, @PathVariable UUID id, @RequestParam(defaultValue = "-1") int seen) {
        return after(
                viewer, sent, id, null, "It is approved. Now it can be sent.", () -> work.approve(id, seen, viewer));
    }

    @PostMapping("/statements/{id}/opening")
    String reopen(Viewer viewer, SentForm sent, @PathVariable UUID id) {
        return after(viewer, sent, id, null, "It is a draft again.", () -> work.reopen(id, viewer));
    }

    @PostMapping("/statements/{id}/renewal")
    String renew(Viewer viewer, SentForm sent, @PathVariable UUID id) {
        return after(viewer, sent, id, null, "It is worked out anew.", () -> {
            UUID change = work.renew(id, viewer);
            if (change == null) {
                sent.tell("Nothing differs from what it says.");
            }
            return change;
        });
    }

    @PostMapping("/statements/{id}/letters")
    String send(
            Viewer viewer,
            SentForm sent,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String edition,
            @RequestParam(required = false) @Nullable List<UUID> contact) {
        Edition chosen = Edition.find(edition).orElse(Edition.BUSINESS);
        return after(viewer, sent, id, null, "", () -> {
            int letters = sending.send(id, chosen, contact == null ? List.of() : contact, viewer);
            String said = letters == 0
                    ? "They have this version already."
                    : letters == 1 ? "One letter is on its way." : letters + " letters are on their way.";
            sent.tell(said);
            return null;
        });
    }

    @ExceptionHandler(NoSuchElementException.class)
    void unknown(HttpServletResponse response) throws IOException {
        response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }
}
