package io.perennial.renewals.web;

import io.perennial.identity.Viewer;
import io.perennial.platform.pdf.PdfPages;
import io.perennial.platform.records.Ids;
import io.perennial.platform.web.FormValues;
import io.perennial.platform.web.SentForm;
import io.perennial.renewals.Quotes;
import io.perennial.renewals.Renewal;
import io.perennial.renewals.RenewalRefused;
import io.perennial.renewals.Renewals;
import io.perennial.renewals.SavePlans;
import io.perennial.renewals.Worker;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The quote of a renewal, and the plan by which one at risk is saved. */
@Controller
class RenewalPlanPages {

    private final Renewals renewals;
    private final Quotes quotes;
    private final SavePlans plans;
    private final PdfPages pdf;
    private final RenewalPage page;

    RenewalPlanPages(Renewals renewals, Quotes quotes, SavePlans plans, PdfPages pdf, RenewalPage page) {
        this.renewals = renewals;
        this.quotes = quotes;
        this.plans = plans;
        this.pdf = pdf;
        this.page = page;
    }

    /** @param language of the paper; empty for that of who decides */
    @GetMapping("/renewals/{id}/quote.pdf")
    ResponseEntity<byte[]> quote(
            Viewer viewer, @PathVariable UUID id, @RequestParam(defaultValue = "") String language) {
        Renewal renewal = renewals.find(id, viewer)
                .orElseThrow(() -> new NoSuchElementException("There is no such renewal in your portfolio."));
        Quotes.Quote quote = quotes.of(renewal, language);
        byte[] file = pdf.of("renewals/quotePrint", Map.of("quote", quote));
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(quote.heading() + " " + renewal.dueOn() + ".pdf", StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .header(HttpHeaders.CONTENT_LANGUAGE, quote.language())
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(file);
    }

    @PostMapping("/renewals/{id}/quote")
    String given(Viewer viewer, SentForm sent, @PathVariable UUID id) {
        return page.after(viewer, sent, id, "The customer has the quote.", () -> quotes.given(id, Worker.of(viewer)));
    }

    @PostMapping("/renewals/{id}/plan")
    String begin(
            Viewer viewer,
            SentForm sent,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "") String goal) {
        return page.after(
                viewer,
                sent,
                id,
                "The plan begins.",
                () -> plans.begin(
                        id,
                        SavePlans.Reason.find(reason)
                                .orElseThrow(() -> new RenewalRefused("Choose why it is at risk.")),
                        goal,
                        Worker.of(viewer)));
    }

    @PostMapping("/renewals/{id}/plan/steps")
    String step(
            Viewer viewer,
            SentForm sent,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String title,
            @RequestParam(defaultValue = "") String day,
            @RequestParam(defaultValue = "") String member) {
        UUID owner = Ids.read(member).orElse(null);
        return page.after(
                viewer,
                sent,
                id,
                "The step is added.",
                () -> plans.addStep(id, title, day(day), owner, Worker.of(viewer)));
    }

    @PostMapping("/renewals/{id}/plan/end")
    String end(
            Viewer viewer,
            SentForm sent,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String result,
            @RequestParam(defaultValue = "") String note) {
        return page.after(
                viewer,
                sent,
                id,
                "The plan has ended.",
                () -> plans.end(
                        id,
                        SavePlans.Result.find(result).orElseThrow(() -> new RenewalRefused("Choose what came of it.")),
                        note,
                        Worker.of(viewer)));
    }

    @ExceptionHandler(NoSuchElementException.class)
    void unknown(HttpServletResponse response) throws IOException {
        response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }

    private static @Nullable LocalDate day(String text) {
        return FormValues.day(text, wrong -> new RenewalRefused("Write the day as 2026-12-01."));
    }
}
