package io.perennial.renewals.web;

import io.perennial.health.Signal;
import io.perennial.health.Signals;
import io.perennial.identity.TeamMembers;
import io.perennial.identity.TeamMembers.Colleague;
import io.perennial.identity.Viewer;
import io.perennial.platform.audit.Chronicle;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import io.perennial.platform.web.SentForm;
import io.perennial.platform.web.Wording;
import io.perennial.renewals.Call;
import io.perennial.renewals.Calls;
import io.perennial.renewals.Departures;
import io.perennial.renewals.Departures.Departure;
import io.perennial.renewals.Expectations;
import io.perennial.renewals.NoticeWords;
import io.perennial.renewals.Notices;
import io.perennial.renewals.Notices.Answer;
import io.perennial.renewals.Notices.Sent;
import io.perennial.renewals.Renewal;
import io.perennial.renewals.RenewalLog;
import io.perennial.renewals.RenewalPeople;
import io.perennial.renewals.RenewalPeople.Person;
import io.perennial.renewals.RenewalPeople.Side;
import io.perennial.renewals.RenewalRefused;
import io.perennial.renewals.RenewalWork;
import io.perennial.renewals.RenewalWork.Fee;
import io.perennial.renewals.Renewals;
import io.perennial.renewals.SavePlans;
import io.perennial.renewals.SavePlans.Plan;
import io.perennial.renewals.Stage;
import io.perennial.renewals.Suggestions;
import io.perennial.renewals.Suggestions.Suggestion;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** Puts together the desk of a renewal, and runs its verbs: one that is refused shows the desk again. */
@Component
public class RenewalPage {

    private static final int SIGNALS = 5;

    private final Renewals renewals;
    private final RenewalWork work;
    private final RenewalPeople people;
    private final Suggestions suggestions;
    private final RenewalLog log;
    private final Expectations expectations;
    private final Departures departures;
    private final Notices notices;
    private final SavePlans plans;
    private final Signals signals;
    private final TeamMembers team;
    private final Frames frames;
    private final Clock clock;

    RenewalPage(
            Renewals renewals,
            RenewalWork work,
            RenewalPeople people,
            Suggestions suggestions,
            RenewalLog log,
            Expectations expectations,
            Departures departures,
            Notices notices,
            SavePlans plans,
            Signals signals,
            TeamMembers team,
            Frames frames,
            Clock clock) {
        this.renewals = renewals;
        this.work = work;
        this.people = people;
        this.suggestions = suggestions;
        this.log = log;
        this.expectations = expectations;
        this.departures = departures;
        this.notices = notices;
        this.plans = plans;
        this.signals = signals;
        this.team = team;
        this.frames = frames;
        this.clock = clock;
    }

    /** @param typed what a refused form held, by field */
    public record View(
            Renewal renewal,
            List<Fee> fees,
            List<Person> people,
            List<Suggestion> suggestions,
            List<Signal> signals,
            List<Chronicle.Entry> history,
            List<Colleague> colleagues,
            List<String> reasons,
            List<Departure> departures,
            List<Sent> letters,
            List<Answer> answers,
            List<Plan> plans,
            boolean maySettle,
            @Nullable String problem,
            boolean mayWork,
            LocalDate today,
            @Nullable Notice notice) {

        public String address() {
            return renewal.address();
        }

        /** In which quotes are written, each by its own name. */
        public List<Language> languages() {
            return NoticeWords.LANGUAGES.stream()
                    .map(key -> new Language(
                            key,
                            Locale.forLanguageTag(key).getDisplayLanguage(Locale.forLanguageTag(key)),
                            key.equals(NoticeWords.LANGUAGES.getLast())))
                    .toList();
        }

        public List<Stage> stages() {
            return List.of(Stage.values());
        }

        public @Nullable Plan running() {
            return plans.stream().filter(Plan::isOpen).findFirst().orElse(null);
        }

        public List<SavePlans.Reason> reasonsToLeave() {
            return List.of(SavePlans.Reason.values());
        }

        public List<SavePlans.Result> results() {
            return List.of(SavePlans.Result.values());
        }

        /** Whether somebody should think of a plan: it is at risk by any word, and none runs. */
        public boolean needsPlan() {
            Call counts = renewal.forecast().counts();
            Call known = counts == null || !counts.says() ? renewal.forecast().expected() : counts;
            return renewal.isOpen() && running() == null && !known.expects();
        }

        public List<Side> sides() {
            return List.of(Side.values());
        }

        public List<Call> choices() {
            return Calls.choices(renewal, today);
        }

        /** Where the last call stands against the checkpoints, as a sentence. */
        public String checkpoint() {
            LocalDate last = Calls.lastCheck(renewal);
            LocalDate first = renewal.dueOn().minusMonths(Calls.FIRST_CHECK_MONTHS);
            LocalDate next = today.isBefore(first) ? first : last;
            return today.isBefore(last)
                    ? "Next checkpoint " + Wording.day(next) + ", " + Wording.distance(next, today) + "."
                    : "The last checkpoint was " + Wording.day(last) + ".";
        }

        public boolean mayChange() {
            return mayWork && renewal.isOpen();
        }

        /** The finding, as a heading. */
        public String headline() {
            return switch (renewal.outcome()) {
                case OPEN -> "due " + Wording.distance(renewal.dueOn(), today);
                case LAPSED -> "was due " + Wording.distance(renewal.dueOn(), today) + ", nothing followed yet";
                case RENEWED -> "renewed";
                case LOST -> "lost";
                case WITHDRAWN -> "no longer due by contract";
            };
        }

        /** In percent, as people write it. */
        public String upliftPercent() {
            BigDecimal uplift = renewal.uplift();
            return uplift == null
                    ? ""
                    : uplift.movePointRight(2).stripTrailingZeros().toPlainString();
        }

        /** The change of the price as a share of now, such as {@code +4.5 %}. */
        public String moved() {
            if (renewal.now().signum() == 0) {
                return "–";
            }
            BigDecimal share = renewal.change()
                    .multiply(BigDecimal.valueOf(100))
                    .divide(renewal.now(), 1, RoundingMode.HALF_EVEN)
                    .stripTrailingZeros();
            return (share.signum() > 0 ? "+" : "") + share.toPlainString() + " %";
        }
    }

    public record Language(String key, String name, boolean last) {}

    /** After a verb: back to the desk, or the desk again with what was wrong. */
    String after(Viewer viewer, SentForm sent, UUID id, String said, Supplier<@Nullable UUID> verb) {
        try {
            return sent.done(said, verb.get(), back(sent.request(), id));
        } catch (RenewalRefused e) {
            return show(viewer, id, e.getMessage(), null, sent.refused());
        }
    }

    /** Forms on the board lead back to it, as it was asked for. */
    private static String back(HttpServletRequest request, UUID id) {
        return "board".equals(request.getParameter("from"))
                ? RenewalLooksPages.board(request.getParameter("window"), request.getParameter("owner"))
                : "/renewals/" + id;
    }

    String show(Viewer viewer, UUID id, @Nullable String problem, @Nullable Notice notice, Model model) {
        Renewal renewal = renewals.find(id, viewer)
                .orElseThrow(() -> new NoSuchElementException("There is no such renewal in your portfolio."));
        boolean mayWork = RenewalWork.mayWork(viewer);
        List<Person> named = people.of(id);
        model.addAttribute(
                "frame",
                frames.frame(renewal.accountName() + ", " + renewal.title(), RenewalNavigation.RENEWALS)
                        .under("Renewals", RenewalNavigation.ADDRESS));
        model.addAttribute(
                "view",
                new View(
                        renewal,
                        work.fees(id),
                        named,
                        mayWork && renewal.isOpen() ? suggestions.of(renewal, named) : List.of(),
                        signals.of(renewal.account(), 50).stream()
                                .filter(Signal::active)
                                .limit(SIGNALS)
                                .toList(),
                        log.of(id),
                        mayWork ? team.active() : List.of(),
                        expectations.reasons(renewal),
                        departures.of(id),
                        notices.sent(id),
                        notices.answers(id),
                        plans.of(id),
                        Calls.maySettle(viewer),
                        problem,
                        mayWork,
                        today(),
                        notice));
        return "renewals/renewal";
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
