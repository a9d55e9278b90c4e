package io.perennial.engagement.web;

import io.perennial.engagement.cadence.Cadence;
import io.perennial.engagement.cadence.Cadence.Who;
import io.perennial.engagement.cadence.Cadences;
import io.perennial.engagement.cadence.Silence;
import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import io.perennial.platform.web.Tab;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** How often we want to hear from whom: the rules, what they would do, and how they came to be. */
@Controller
public class CadencePages {

    private static final String PATH = "/engagement/cadences";
    private static final int VERSIONS = 20;
    private static final int PREVIEWED = 20;

    private final Cadences cadences;
    private final Silence silence;
    private final JdbcClient database;
    private final Frames frames;
    private final Clock clock;

    CadencePages(Cadences cadences, Silence silence, JdbcClient database, Frames frames, Clock clock) {
        this.cadences = cadences;
        this.silence = silence;
        this.database = database;
        this.frames = frames;
        this.clock = clock;
    }

    /** A line of the form, as typed. */
    public record Line(
            String name, String segment, String revenue, String days, String kind, String who, boolean tasks) {

        static final Line EMPTY = new Line("", "", "", "", "", "anybody", false);

        static Line of(Cadence rule) {
            return new Line(
                    rule.name(),
                    Objects.requireNonNullElse(rule.segment(), ""),
                    rule.arrFrom() == null ? "" : rule.arrFrom().toPlainString(),
                    Integer.toString(rule.days()),
                    Objects.requireNonNullElse(rule.kind(), ""),
                    rule.who().key(),
                    rule.tasks());
        }

        Cadence read() {
            return new Cadence(
                    name,
                    segment.isEmpty() ? null : segment,
                    revenue.isEmpty() ? null : amount(),
                    number(),
                    kind.isEmpty() ? null : kind,
                    whom(),
                    tasks);
        }

        private BigDecimal amount() {
            if (!revenue.matches("[0-9]{1,15}(\\.[0-9]{1,2})?")) {
                throw new IllegalArgumentException(name + ": write revenue as 50000, without marks between.");
            }
            return new BigDecimal(revenue);
        }

        private int number() {
            if (!days.matches("[0-9]{1,4}")) {
                throw new IllegalArgumentException(name + ": days are between 1 and 730.");
            }
            return Integer.parseInt(days);
        }

        private Who whom() {
            for (Who one : Who.values()) {
                if (one.key().equals(who)) {
                    return one;
                }
            }
            throw new IllegalArgumentException(name + ": choose from the list who has to be heard.");
        }
    }

    /**
     * What the rules in the form would do.
     *
     * @param now overdue customers under the rules in force
     */
    public record Preview(List<Silence.Fit> fits, List<Silence.Row> rows, long overdue, long now) {}

    /** What the page shows. */
    public record View(
            List<Line> lines,
            int seen,
            String reason,
            List<Cadences.Version> versions,
            List<String> segments,
            @Nullable Preview preview,
            @Nullable String problem,
            LocalDate today,
            boolean mayPublish,
            @Nullable Notice notice) {

        public List<Tab> tabs() {
            return EngagementNavigation.tabs(PATH);
        }

        public Cadences.Version inForce() {
            return versions.getFirst();
        }

        public Who[] whos() {
            return Who.values();
        }
    }

    @GetMapping(PATH)
    String show(Viewer viewer, HttpServletRequest request, Model model) {
        Cadences.Version now = cadences.inForce();
        List<Line> lines = new ArrayList<>(now.rules().stream().map(Line::of).toList());
        return page(viewer, lines, now.version(), "", null, null, Notice.take(request), model);
    }

    @PostMapping("/engagement/cadences/preview")
    String preview(Viewer viewer, HttpServletResponse response, @RequestParam Map<String, String> typed, Model model) {
        List<Line> lines = lines(typed);
        try {
            List<Cadence> rules = rules(lines);
            Preview preview = new Preview(
                    silence.fits(rules, viewer),
                    silence.page(Silence.Filter.NONE, rules, "", PREVIEWED, viewer)
                            .rows(),
                    count(silence.sums(Silence.Filter.NONE, rules, viewer)),
                    count(silence.sums(Silence.Filter.NONE, viewer)));
            return page(viewer, lines, seen(typed), said(typed, "reason"), preview, null, null, model);
        } catch (IllegalArgumentException bad) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return page(viewer, lines, seen(typed), said(typed, "reason"), null, bad.getMessage(), null, model);
        }
    }

    @PostMapping(PATH)
    String publish(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam Map<String, String> typed,
            Model model) {
        List<Line> lines = lines(typed);
        try {
            UUID change = cadences.publish(rules(lines), said(typed, "reason"), seen(typed), viewer.actor());
            new Notice(change == null ? "These rules are in force already." : "The rules are in force.", change, null)
                    .leave(request);
            return "redirect:" + PATH;
        } catch (IllegalArgumentException bad) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return page(viewer, lines, seen(typed), said(typed, "reason"), null, bad.getMessage(), null, model);
        }
    }

    private String page(
            Viewer viewer,
            List<Line> lines,
            int seen,
            String reason,
            @Nullable Preview preview,
            @Nullable String problem,
            @Nullable Notice notice,
            Model model) {
        List<Line> shown = new ArrayList<>(lines);
        boolean mayPublish = viewer.role() == Role.ADMIN || viewer.role() == Role.LEADER;
        if (mayPublish && shown.size() < Cadence.MOST_RULES) {
            shown.add(Line.EMPTY);
        }
        model.addAttribute("frame", frames.frame("Cadence", EngagementNavigation.ENGAGEMENT));
        model.addAttribute(
                "view",
                new View(
                        shown,
                        seen,
                        reason,
                        cadences.versions(VERSIONS),
                        database.sql(
                                        "select distinct segment from accounts.overview where segment is not null order by 1 limit 100")
                                .query((row, number) -> row.getString(1))
                                .list(),
                        preview,
                        problem,
                        LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC),
                        mayPublish,
                        notice));
        return "engagement/cadences";
    }

    private static long count(List<Silence.Sum> sums) {
        return sums.stream().mapToLong(Silence.Sum::customers).sum();
    }

    private static List<Cadence> rules(List<Line> lines) {
        List<Cadence> rules = lines.stream().map(Line::read).toList();
        if (rules.isEmpty()) {
            throw new IllegalArgumentException("Keep at least one rule.");
        }
        return rules;
    }

    /** A line without name and days is none. */
    private static List<Line> lines(Map<String, String> typed) {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i <= Cadence.MOST_RULES; i++) {
            Line line = new Line(
                    said(typed, "name." + i),
                    said(typed, "segment." + i),
                    said(typed, "revenue." + i),
                    said(typed, "days." + i),
                    said(typed, "kind." + i).toLowerCase(Locale.ROOT),
                    said(typed, "who." + i).toLowerCase(Locale.ROOT),
                    typed.containsKey("tasks." + i));
            if (!line.name().isEmpty() || !line.days().isEmpty()) {
                lines.add(line);
            }
        }
        return lines;
    }

    private static int seen(Map<String, String> typed) {
        String seen = said(typed, "seen");
        return seen.matches("[0-9]{1,6}") ? Integer.parseInt(seen) : -1;
    }

    private static String said(Map<String, String> typed, String name) {
        String said = Objects.requireNonNullElse(typed.get(name), "")
                .replace("\0", "")
                .strip();
        return said.length() > 600 ? said.substring(0, 600) : said;
    }
}
