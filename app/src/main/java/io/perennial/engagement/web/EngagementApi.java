package io.perennial.engagement.web;

import io.perennial.engagement.cadence.Cadence;
import io.perennial.engagement.cadence.Cadences;
import io.perennial.engagement.cadence.Silence;
import io.perennial.engagement.interviews.AnswersRead;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.ApiProblem;
import io.perennial.platform.web.CurrentActor;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Cadence, silent customers and answers of interviews, for programs. Interviews themselves are records. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Engagement", description = "How often customers are heard from, and what they say in interviews")
class EngagementApi {

    private static final int MOST = 200;

    private final Cadences cadences;
    private final Silence silence;
    private final AnswersRead answers;
    private final CurrentActor actor;
    private final Clock clock;

    EngagementApi(Cadences cadences, Silence silence, AnswersRead answers, CurrentActor actor, Clock clock) {
        this.cadences = cadences;
        this.silence = silence;
        this.answers = answers;
        this.actor = actor;
        this.clock = clock;
    }

    record CadenceRule(
            String name,
            @Nullable String segment,
            @Nullable BigDecimal revenueFrom,
            int days,
            @Nullable String kind,
            @Nullable String who,
            boolean tasks) {

        static CadenceRule of(Cadence rule) {
            return new CadenceRule(
                    rule.name(),
                    rule.segment(),
                    rule.arrFrom(),
                    rule.days(),
                    rule.kind(),
                    rule.who().key(),
                    rule.tasks());
        }

        Cadence read() {
            String whom = Objects.requireNonNullElse(who, "anybody");
            for (Cadence.Who one : Cadence.Who.values()) {
                if (one.key().equals(whom)) {
                    return new Cadence(
                            Objects.requireNonNullElse(name, ""), segment, revenueFrom, days, kind, one, tasks);
                }
            }
            throw new IllegalArgumentException("Who is anybody, owner, csm, leader or support.");
        }
    }

    record CadencePlan(int version, @Nullable String reason, List<CadenceRule> rules) {}

    record CadencePreview(long overdue, long overdueNow, List<CadenceFit> rules) {}

    record CadenceFit(@Nullable String rule, long customers, long overdue) {}

    record SilentAccount(
            UUID account,
            String name,
            @Nullable String segment,
            @Nullable String owner,
            BigDecimal revenue,
            @Nullable String currency,
            @Nullable String rule,
            int wantedEveryDays,
            LocalDate silentSince,
            long silentDays,
            @Nullable LocalDate lastConversationOn,
            @Nullable String lastConversation,
            int sentSince,
            boolean taskOpen) {}

    record SilentList(
            List<SilentAccount> accounts, @Nullable String next) {}

    record QuestionAnswers(
            String question,
            String words,
            long answers,
            long accounts,
            long rated,
            @Nullable Double mean,
            @Nullable Double low,
            @Nullable Double high,
            @Nullable Double meanBefore,
            long positive,
            long negative,
            long openTasks) {}

    @GetMapping("/cadence")
    @Operation(summary = "The rules in force: how often we want to hear from whom")
    CadencePlan cadence() {
        Cadences.Version now = cadences.inForce();
        return new CadencePlan(
                now.version(),
                now.reason(),
                now.rules().stream().map(CadenceRule::of).toList());
    }

    @PutMapping("/cadence")
    @Operation(summary = "Publish rules as the next version; send the version that you started from")
    CadencePlan publish(@RequestBody CadencePlan plan) {
        try {
            cadences.publish(rules(plan), Objects.requireNonNullElse(plan.reason(), ""), plan.version(), actor.actor());
        } catch (IllegalArgumentException bad) {
            throw new ApiProblem(
                    422, "not_publishable", "The rules cannot be published", String.valueOf(bad.getMessage()));
        }
        return cadence();
    }

    @PostMapping("/cadence/preview")
    @Operation(summary = "Who would be overdue under these rules; nothing is stored")
    CadencePreview preview(@RequestBody CadencePlan plan) {
        List<Cadence> rules;
        try {
            rules = rules(plan);
        } catch (IllegalArgumentException bad) {
            throw new ApiProblem(422, "not_publishable", "The rules cannot be read", String.valueOf(bad.getMessage()));
        }
        return new CadencePreview(
                count(silence.sums(Silence.Filter.NONE, rules, Viewer.EVERYTHING)),
                count(silence.sums(Silence.Filter.NONE, Viewer.EVERYTHING)),
                silence.fits(rules, Viewer.EVERYTHING).stream()
                        .map(fit -> new CadenceFit(fit.rule(), fit.customers(), fit.overdue()))
                        .toList());
    }

    @GetMapping("/silent-accounts")
    @Operation(summary = "Customers with whom a conversation is overdue, the dearest first")
    SilentList silent(
            @RequestParam(defaultValue = "") String segment,
            @RequestParam(defaultValue = "") String rule,
            @RequestParam(defaultValue = "") String after,
            @RequestParam(defaultValue = "100") int limit) {
        if (limit < 1 || limit > MOST) {
            throw new ApiProblem(
                    400, "out_of_range", "The limit cannot be used", "Ask for 1 to " + MOST + " accounts.");
        }
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        Silence.Page page = silence.page(
                new Silence.Filter(segment.replace("\0", ""), rule.replace("\0", ""), null),
                after,
                limit,
                Viewer.EVERYTHING);
        return new SilentList(
                page.rows().stream().map(row -> silent(row, today)).toList(), page.next());
    }

    private static SilentAccount silent(Silence.Row row, LocalDate today) {
        Silence.Word word = row.word();
        return new SilentAccount(
                row.account().value(),
                row.name(),
                row.segment(),
                row.ownerName(),
                row.arr(),
                row.currency(),
                row.rule(),
                row.days(),
                row.since(),
                row.silentDays(today),
                word == null ? null : word.on(),
                word == null ? null : word.kind(),
                row.sent(),
                row.taskOpen());
    }

    @GetMapping("/interview-questions")
    @Operation(summary = "What customers answered to each question in the last days, with the interval of the mean")
    List<QuestionAnswers> questions(
            @RequestParam(defaultValue = "") String segment, @RequestParam(defaultValue = "365") int days) {
        if (days < 1 || days > 3_650) {
            throw new ApiProblem(400, "out_of_range", "The days cannot be used", "Ask for 1 to 3650 days.");
        }
        return answers.all(segment.replace("\0", ""), days, Viewer.EVERYTHING).stream()
                .map(one -> new QuestionAnswers(
                        one.question().key(),
                        one.question().words(),
                        one.answers(),
                        one.accounts(),
                        one.rated(),
                        one.mean(),
                        one.low(),
                        one.high(),
                        one.before(),
                        one.positive(),
                        one.negative(),
                        one.openTasks()))
                .toList();
    }

    private static List<Cadence> rules(CadencePlan plan) {
        return Objects.requireNonNullElse(plan.rules(), List.<CadenceRule>of()).stream()
                .map(CadenceRule::read)
                .toList();
    }

    private static long count(List<Silence.Sum> sums) {
        return sums.stream().mapToLong(Silence.Sum::customers).sum();
    }
}
