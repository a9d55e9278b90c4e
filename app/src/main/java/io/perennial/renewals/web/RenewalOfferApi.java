package io.perennial.renewals.web;

import io.perennial.mail.Delivery;
import io.perennial.platform.web.CurrentActor;
import io.perennial.renewals.Notices;
import io.perennial.renewals.Notices.Draft;
import io.perennial.renewals.Quotes;
import io.perennial.renewals.Quotes.Quote;
import io.perennial.renewals.Renewal;
import io.perennial.renewals.RenewalWork;
import io.perennial.renewals.RenewalWork.SentFee;
import io.perennial.renewals.Renewals;
import io.perennial.renewals.Step;
import io.perennial.renewals.Worker;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What customers are told about a renewal, for programs: fees, the quote, and what became of each letter. */
@RestController
@RequestMapping("/api/v1/renewals/{id}")
@Tag(name = "Renewals", description = "What is due, who decides, and what is expected of it")
class RenewalOfferApi {

    private final Renewals renewals;
    private final RenewalWork work;
    private final Quotes quotes;
    private final Notices notices;
    private final CurrentActor caller;

    RenewalOfferApi(Renewals renewals, RenewalWork work, Quotes quotes, Notices notices, CurrentActor caller) {
        this.renewals = renewals;
        this.work = work;
        this.quotes = quotes;
        this.notices = notices;
        this.caller = caller;
    }

    record RenewalFee(@Nullable String title, @Nullable BigDecimal amount) {}

    record RenewalFees(@Nullable List<RenewalFee> fees) {}

    record RenewalFeeList(String currency, List<RenewalFee> fees, BigDecimal sum, BigDecimal proposed) {}

    record QuoteLine(
            String product,
            @Nullable Integer seats,
            @Nullable String unit,
            BigDecimal annual) {}

    record QuoteAnswer(
            String language,
            String heading,
            String text,
            String currency,
            LocalDate dueOn,
            List<QuoteLine> lines,
            BigDecimal rounding,
            BigDecimal now,
            BigDecimal uplift,
            List<RenewalFee> fees,
            BigDecimal proposed) {

        static QuoteAnswer of(Quote quote) {
            return new QuoteAnswer(
                    quote.language(),
                    quote.heading(),
                    quote.text(),
                    quote.renewal().currency(),
                    quote.renewal().dueOn(),
                    quote.lines().stream()
                            .map(line -> new QuoteLine(line.product(), line.seats(), line.unit(), line.annual()))
                            .toList(),
                    quote.rounding(),
                    quote.now(),
                    quote.uplift(),
                    told(quote.fees()),
                    quote.proposed());
        }
    }

    record RenewalLetter(
            String step,
            String name,
            String address,
            String subject,
            BigDecimal proposed,
            LocalDate sentOn,
            String sentBy,
            String state,
            @Nullable Instant settledAt,
            @Nullable String words) {

        static RenewalLetter of(Notices.Sent sent) {
            Delivery delivery = sent.delivery();
            return new RenewalLetter(
                    sent.step().key(),
                    sent.name(),
                    sent.address(),
                    sent.subject(),
                    sent.proposed(),
                    sent.sentOn(),
                    sent.sentBy(),
                    delivery == null
                            ? sent.obstacle() == null ? "erased" : "obstacle"
                            : delivery.state().name().toLowerCase(java.util.Locale.ROOT),
                    delivery == null ? null : delivery.settledAt(),
                    delivery == null ? sent.obstacle() : delivery.words());
        }
    }

    record RenewalReply(String name, String text, Instant at) {}

    record RenewalLetters(List<RenewalLetter> letters, List<RenewalReply> answers) {}

    @GetMapping("/fees")
    @Operation(summary = "Fees of a renewal")
    RenewalFeeList fees(@PathVariable UUID id) {
        return fees(known(id));
    }

    @PutMapping("/fees")
    @Operation(summary = "Set all fees of a renewal")
    RenewalFeeList setFees(@PathVariable UUID id, @RequestBody RenewalFees body) {
        known(id);
        List<RenewalFee> fees = body.fees();
        if (fees == null) {
            throw RenewalApi.refused("fees", "", "Send the list of all fees; an empty one takes them away.");
        }
        List<SentFee> sent = fees.stream().map(RenewalOfferApi::sent).toList();
        RenewalApi.refusing(() -> work.fees(id, sent, Worker.program(caller.actor())));
        return fees(known(id));
    }

    private static SentFee sent(RenewalFee fee) {
        BigDecimal amount = fee.amount();
        if (amount == null) {
            throw RenewalApi.refused("amount", "", "Send the amount of a year of each fee.");
        }
        return new SentFee(RenewalApi.text(fee.title()), amount.toPlainString());
    }

    @GetMapping("/quote")
    @Operation(summary = "The quote of a renewal")
    QuoteAnswer quote(@PathVariable UUID id, @RequestParam(defaultValue = "") String language) {
        Quote quote = quotes.of(known(id), language);
        if (!language.isEmpty() && !language.equals(quote.language())) {
            throw RenewalApi.refused("language", language, "Quotes are written in en, de, fr, es and it.");
        }
        return QuoteAnswer.of(quote);
    }

    @GetMapping("/letters")
    @Operation(summary = "Letters about a renewal, with proof, and the answers")
    RenewalLetters letters(@PathVariable UUID id) {
        known(id);
        return new RenewalLetters(
                notices.sent(id).stream().map(RenewalLetter::of).toList(),
                notices.answers(id).stream()
                        .map(one -> new RenewalReply(one.name(), one.text(), one.at()))
                        .toList());
    }

    record RenewalDraft(
            String name,
            @Nullable String address,
            String language,
            String subject,
            String text,
            @Nullable String obstacle) {}

    /** @param seen to be sent along: another text or another reader is another thing */
    record RenewalDrafts(String step, String seen, @Nullable String refused, List<RenewalDraft> letters) {}

    record RenewalSending(@Nullable String step, @Nullable String seen) {}

    record RenewalSent(int sent, List<RenewalLetter> letters) {}

    @GetMapping("/notice")
    @Operation(summary = "A notice or reminder as each reader would get it")
    RenewalDrafts drafts(@PathVariable UUID id, @RequestParam(defaultValue = "notice") String step) {
        Renewal renewal = known(id);
        Step chosen = step(step);
        List<Draft> drafts = notices.drafts(renewal, chosen);
        return new RenewalDrafts(
                chosen.key(),
                Notices.seen(drafts),
                notices.refused(renewal, chosen),
                drafts.stream()
                        .map(draft -> new RenewalDraft(
                                draft.person().name(),
                                draft.person().email(),
                                draft.language(),
                                draft.subject(),
                                draft.text(),
                                draft.obstacle()))
                        .toList());
    }

    @PostMapping("/letters")
    @Operation(summary = "Send a notice or reminder that was looked at")
    RenewalSent send(@PathVariable UUID id, @RequestBody RenewalSending body) {
        known(id);
        Step chosen = step(RenewalApi.text(body.step()));
        int sent = RenewalApi.refusing(
                () -> notices.send(id, chosen, RenewalApi.text(body.seen()), Worker.program(caller.actor())));
        return new RenewalSent(
                sent, notices.sent(id).stream().map(RenewalLetter::of).toList());
    }

    private static Step step(String text) {
        return Step.find(text)
                .orElseThrow(() -> RenewalApi.refused("step", text, "Send notice, reminder1 or reminder2."));
    }

    private RenewalFeeList fees(Renewal renewal) {
        return new RenewalFeeList(
                renewal.currency(), told(work.fees(renewal.id())), renewal.fees(), renewal.proposed());
    }

    private static List<RenewalFee> told(List<RenewalWork.Fee> fees) {
        return fees.stream()
                .map(fee -> new RenewalFee(fee.title(), fee.amount()))
                .toList();
    }

    private Renewal known(UUID id) {
        return renewals.find(id).orElseThrow(RenewalApi::none);
    }
}
