package io.perennial.engagement.web;

import io.perennial.engagement.cadence.Cadence;
import io.perennial.engagement.cadence.Cadences;
import io.perennial.engagement.cadence.Silence;
import io.perennial.engagement.cadence.Silence.Filter;
import io.perennial.engagement.cadence.TouchWork;
import io.perennial.identity.TeamMembers;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import io.perennial.platform.web.Tab;
import io.perennial.platform.web.Wording;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The customers nobody hears from: a list, not a silence. */
@Controller
public class SilentPages {

    private static final String PATH = "/engagement/silent";

    private final Silence silence;
    private final Cadences cadences;
    private final TouchWork work;
    private final TeamMembers members;
    private final JdbcClient database;
    private final Frames frames;
    private final Clock clock;

    SilentPages(
            Silence silence,
            Cadences cadences,
            TouchWork work,
            TeamMembers members,
            JdbcClient database,
            Frames frames,
            Clock clock) {
        this.silence = silence;
        this.cadences = cadences;
        this.work = work;
        this.members = members;
        this.database = database;
        this.frames = frames;
        this.clock = clock;
    }

    /** What the page shows. */
    public record View(
            Filter filter,
            String owner,
            boolean first,
            Silence.Page page,
            List<Silence.Sum> sums,
            List<String> segments,
            List<String> rules,
            List<TeamMembers.Colleague> owners,
            LocalDate today,
            boolean mayWork,
            boolean anything,
            @Nullable Notice notice) {

        public long customers() {
            return sums.stream().mapToLong(Silence.Sum::customers).sum();
        }

        public String headline() {
            long many = customers();
            return many == 0
                    ? "Everybody was heard from in time"
                    : Wording.count(many) + (many == 1 ? " customer has" : " customers have") + " gone silent";
        }

        public List<Tab> tabs() {
            return EngagementNavigation.tabs(PATH);
        }

        public String url(@Nullable String after) {
            StringBuilder url = new StringBuilder(PATH + "?");
            add(url, "segment", filter.segment());
            add(url, "rule", filter.rule());
            add(url, "owner", owner);
            add(url, "after", after == null ? "" : after);
            return url.substring(0, url.length() - 1);
        }

        private static void add(StringBuilder url, String name, String value) {
            if (!value.isEmpty()) {
                url.append(name)
                        .append('=')
                        .append(URLEncoder.encode(value, StandardCharsets.UTF_8))
                        .append('&');
            }
        }
    }

    @GetMapping(PATH)
    String list(
            Viewer viewer,
            HttpServletRequest request,
            @RequestParam(defaultValue = "") String segment,
            @RequestParam(defaultValue = "") String rule,
            @RequestParam(defaultValue = "") String owner,
            @RequestParam(defaultValue = "") String after,
            Model model) {
        Filter filter = new Filter(segment.replace("\0", ""), rule.replace("\0", ""), owner(owner, viewer));
        List<Silence.Sum> sums = silence.sums(filter, viewer);
        model.addAttribute("frame", frames.frame("Silent customers", EngagementNavigation.ENGAGEMENT));
        model.addAttribute(
                "view",
                new View(
                        filter,
                        filter.owner() == null ? "" : owner,
                        after.isEmpty(),
                        silence.page(filter, after, Silence.PAGE, viewer),
                        sums,
                        segments(),
                        cadences.inForce().rules().stream().map(Cadence::name).toList(),
                        members.active(),
                        LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC),
                        viewer.role().mayWork(),
                        anything(),
                        Notice.take(request)));
        return "engagement/silent";
    }

    @PostMapping("/engagement/silent/tasks")
    String tasks(
            Viewer viewer,
            HttpServletRequest request,
            @RequestParam(required = false) @Nullable List<UUID> account,
            @RequestParam(defaultValue = "") String back) {
        List<UUID> chosen = account == null ? List.of() : account;
        UUID change = chosen.isEmpty() ? null : work.make(chosen, viewer);
        String said = chosen.isEmpty()
                ? "Choose the customers first. No task was made."
                : change == null
                        ? "Each of these has its task, or was heard from meanwhile. No task was made."
                        : "The owners have their tasks.";
        new Notice(said, change, null).leave(request);
        return "redirect:"
                + (back.startsWith(PATH) && back.chars().allMatch(sign -> sign > ' ' && sign < 127) ? back : PATH);
    }

    private List<String> segments() {
        return database.sql("""
                select distinct segment from accounts.overview where segment is not null order by 1 limit 100
                """).query((row, number) -> row.getString(1)).list();
    }

    private boolean anything() {
        return database.sql("select exists (select from engagement.touchpoint where conversation)")
                .query(Boolean.class)
                .single();
    }

    private static @Nullable UUID owner(String owner, Viewer viewer) {
        if (owner.equals("mine")) {
            return viewer.memberId();
        }
        return owner.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}") ? UUID.fromString(owner) : null;
    }
}
