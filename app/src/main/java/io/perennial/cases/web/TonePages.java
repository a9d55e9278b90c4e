package io.perennial.cases.web;

import io.perennial.cases.tone.Tones;
import io.perennial.identity.Viewer;
import io.perennial.platform.exports.CsvTable;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** How messages sound: judged by one click at the message, and the model held against what people said. */
@Controller
public class TonePages {

    private static final int SHOWN = 50;
    /** Messages are long, and a table is read by one person or one training run. */
    private static final int EXPORTED = 20_000;

    private final Tones tones;
    private final Frames frames;

    TonePages(Tones tones, Frames frames) {
        this.tones = tones;
        this.frames = frames;
    }

    /** A judged message in a line. */
    public record Line(long number, boolean said, boolean upset, String by, String text) {

        private static final int START = 140;

        public String start() {
            String line = text.replaceAll("\\s+", " ").strip();
            return line.length() <= START
                    ? line
                    : line.substring(0, line.offsetByCodePoints(0, Math.min(START, line.codePointCount(0, START))))
                            + "\u2026";
        }
    }

    /** Everything that the page shows. */
    public record View(Tones.Agreement agreement, List<Line> latest) {

        public String percent() {
            return Math.round(100.0 * agreement.agreed() / Math.max(1, agreement.judged())) + " %";
        }
    }

    @GetMapping("/cases/tone")
    String agreement(Viewer viewer, Model model) {
        model.addAttribute(
                "frame", frames.frame("Tone of messages", CaseNavigation.CASES).under("Cases", "/cases"));
        List<Line> latest = tones.judged(SHOWN, viewer).stream()
                .map(one -> new Line(one.number(), one.said(), one.upset(), one.by(), one.text()))
                .toList();
        model.addAttribute("view", new View(tones.agreement(viewer), latest));
        return "cases/tones";
    }

    /** What a new model is taught from: see docs/decisions/0046-sentiment.md. */
    @GetMapping("/cases/tone.csv")
    void judged(Viewer viewer, HttpServletResponse response) throws IOException {
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"judged-messages.csv\"");
        try (CsvTable table = new CsvTable(response.getOutputStream())) {
            table.header(List.of("message", "case", "at", "language", "upset", "model", "chance", "judged_by", "text"));
            for (Tones.Judged one : tones.judged(EXPORTED, viewer)) {
                table.row(List.of(
                        one.message(),
                        one.number(),
                        one.at(),
                        one.language() == null ? "" : one.language(),
                        one.upset(),
                        one.said(),
                        Math.round(1000 * one.chance()) / 1000.0,
                        one.by(),
                        one.text()));
            }
        }
    }

    @PostMapping("/cases/{id}/messages/{message}/tone")
    String judge(
            Viewer viewer,
            HttpServletRequest request,
            @PathVariable UUID id,
            @PathVariable UUID message,
            @RequestParam String tone) {
        Boolean upset = upset(tone);
        UUID change = tones.correct(id, message, upset, viewer);
        if (change != null) {
            String said = upset == null
                    ? "Left to the model again."
                    : upset ? "Noted: this customer is upset." : "Noted: not upset.";
            new Notice(said, change, null).leave(request);
        }
        return "redirect:/cases/" + id;
    }

    private static @Nullable Boolean upset(String tone) {
        return switch (tone) {
            case "upset" -> Boolean.TRUE;
            case "calm" -> Boolean.FALSE;
            case "model" -> null;
            default -> throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "upset, calm or model");
        };
    }

    @ExceptionHandler(NoSuchElementException.class)
    void unknown(HttpServletResponse response) throws IOException {
        response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }
}
