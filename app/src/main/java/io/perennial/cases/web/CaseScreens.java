package io.perennial.cases.web;

import io.perennial.cases.CasePanel;
import io.perennial.cases.desk.CaseState;
import io.perennial.cases.desk.CaseView;
import io.perennial.cases.desk.CaseWork;
import io.perennial.cases.desk.Cause;
import io.perennial.cases.desk.Expectations;
import io.perennial.cases.desk.Macros;
import io.perennial.cases.desk.Routing;
import io.perennial.cases.desk.Uploads;
import io.perennial.cases.tone.Tones;
import io.perennial.identity.Teams;
import io.perennial.identity.Viewer;
import io.perennial.platform.files.StoredFile;
import io.perennial.platform.records.Ids;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import io.perennial.shared.AccountId;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** Puts together what the case view shows. */
@Component
public class CaseScreens {

    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);

    private final Tones tones;
    private final Routing routing;
    private final Teams teams;
    private final Macros macros;
    private final Expectations expectations;
    private final CaseWork work;
    private final CasePanelPage panels;
    private final Uploads uploads;
    private final Frames frames;
    private final Clock clock;

    CaseScreens(
            Tones tones,
            Routing routing,
            Teams teams,
            Macros macros,
            Expectations expectations,
            CaseWork work,
            CasePanelPage panels,
            Uploads uploads,
            Frames frames,
            Clock clock) {
        this.tones = tones;
        this.routing = routing;
        this.teams = teams;
        this.macros = macros;
        this.expectations = expectations;
        this.work = work;
        this.panels = panels;
        this.uploads = uploads;
        this.frames = frames;
        this.clock = clock;
    }

    /**
     * What somebody had written when the case moved on or the form was refused.
     *
     * @param kind reply, note, customer or resolution
     * @param draft kept, so that sending it after all is sending it once
     */
    public record Written(
            String kind,
            String body,
            String draft,
            @Nullable String problem) {

        static Written fresh() {
            return new Written("reply", "", "", null);
        }

        Written with(@Nullable String trouble) {
            return new Written(kind, body, draft, trouble);
        }

        /** The text for the form of this kind, else empty. */
        public String body(String form) {
            return kind.equals(form) ? body : "";
        }

        public String draft(String form) {
            return kind.equals(form) && !draft.isBlank() ? draft : Ids.next().toString();
        }
    }

    /** A time to promise the next word for. */
    public record Choice(String title, String value) {}

    /** Everything around the case that the page shows. */
    public record Screen(
            CaseView view,
            List<ClockWords> clocks,
            Expectations.Expected expected,
            List<Routing.Agent> agents,
            List<Teams.Team> teams,
            List<Macros.Macro> macros,
            List<Choice> promises,
            List<CaseState> states,
            List<Cause> causes,
            List<CasePanel> panels,
            List<StoredFile> waiting,
            Written written,
            String me,
            String told,
            @Nullable String theirTime,
            boolean mayWork,
            boolean mayApprove,
            Instant now,
            LocalDate today,
            @Nullable Notice notice) {}

    void fill(CaseView view, Written written, @Nullable Notice notice, Viewer viewer, Model model) {
        Instant now = clock.instant();
        AccountId account = new AccountId(view.row().accountId());
        Expectations.Expected expected = expectations.of(account);
        model.addAttribute("tones", tones.of(view.row().id()));
        boolean mayWork = QueuePage.mayWork(viewer) && view.mergedInto() == null;
        model.addAttribute(
                "frame",
                frames.frame("#" + view.row().number() + " " + view.row().subject(), CaseNavigation.CASES)
                        .under("Cases", "/cases"));
        model.addAttribute(
                "screen",
                new Screen(
                        view,
                        ClockWords.of(view.clocks(), now),
                        expected,
                        mayWork ? routing.agents() : List.of(),
                        mayWork ? teams.all() : List.of(),
                        mayWork ? macros.all() : List.of(),
                        promises(now, expected.coverage().hours().zone()),
                        states(view.row().state()),
                        List.of(Cause.values()),
                        panels.all(),
                        written.draft().isBlank()
                                ? List.of()
                                : uploads.waiting(view.row().id(), written.draft(), viewer),
                        written,
                        viewer.name(),
                        work.solutionText(view),
                        theirTime(view.contact(), now),
                        mayWork,
                        viewer.role().mayWork() && mayWork,
                        now,
                        LocalDate.ofInstant(now, clock.getZone()),
                        notice));
    }

    private static List<CaseState> states(CaseState now) {
        List<CaseState> states = new ArrayList<>();
        if (now.isOver()) {
            states.add(CaseState.OPEN);
            if (now == CaseState.RESOLVED) {
                states.add(CaseState.CLOSED);
            }
        } else {
            for (CaseState state : List.of(CaseState.OPEN, CaseState.WAITING, CaseState.ON_HOLD)) {
                if (state != now) {
                    states.add(state);
                }
            }
        }
        return states;
    }

    private static List<Choice> promises(Instant now, ZoneId zone) {
        ZonedDateTime here = now.atZone(zone);
        List<Choice> choices = new ArrayList<>();
        for (int hours : new int[] {1, 2, 4}) {
            Instant at = now.plus(Duration.ofHours(hours));
            choices.add(new Choice(
                    "in " + hours + (hours == 1 ? " hour" : " hours") + ", " + HOUR.format(at.atZone(zone)),
                    at.toString()));
        }
        for (int days = 1; days <= 3; days++) {
            ZonedDateTime morning = here.toLocalDate()
                    .plusDays(days)
                    .atTime(LocalTime.of(10, 0))
                    .atZone(zone);
            choices.add(new Choice(
                    DateTimeFormatter.ofPattern("EEEE, HH:mm", Locale.ENGLISH).format(morning),
                    morning.toInstant().toString()));
        }
        return choices;
    }

    private static @Nullable String theirTime(CaseView.@Nullable Person person, Instant now) {
        if (person == null || person.zone() == null) {
            return null;
        }
        try {
            return HOUR.format(now.atZone(ZoneId.of(person.zone())));
        } catch (DateTimeException unknown) {
            return null;
        }
    }
}
