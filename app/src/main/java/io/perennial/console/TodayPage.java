package io.perennial.console;

import io.perennial.accounts.Changes;
import io.perennial.accounts.list.AccountList;
import io.perennial.accounts.list.ListView;
import io.perennial.engagement.Task;
import io.perennial.engagement.Tasks;
import io.perennial.growth.expansion.ExpansionSignals;
import io.perennial.health.Signal;
import io.perennial.health.Signals;
import io.perennial.identity.Viewer;
import io.perennial.mail.MailStatus;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.NavigationItem;
import io.perennial.renewals.Renewals;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

/** Home: what should I do now, and why. */
@Controller
class TodayPage {

    private static final String SECTION = "Today";
    private static final int SIGNALS_READ = 200;
    private static final int ACCOUNTS_SHOWN = 30;
    private static final int TASKS_SHOWN = 20;
    private static final int RENEWALS_SHOWN = 6;
    private static final int RENEWAL_DAYS = 120;
    private static final int CHECKPOINTS_SHOWN = 6;
    private static final int WAITING_COUNTED = 100_000;

    private final Signals signals;
    private final Tasks tasks;
    private final AccountList accounts;
    private final Changes changes;
    private final Visits visits;
    private final SilentBanners silent;
    private final MailStatus mail;
    private final ExpansionSignals expansion;
    private final Renewals due;
    private final Frames frames;
    private final Clock clock;

    TodayPage(
            Signals signals,
            Tasks tasks,
            AccountList accounts,
            Changes changes,
            Visits visits,
            SilentBanners silent,
            MailStatus mail,
            ExpansionSignals expansion,
            Renewals due,
            Frames frames,
            Clock clock) {
        this.changes = changes;
        this.signals = signals;
        this.tasks = tasks;
        this.accounts = accounts;
        this.visits = visits;
        this.silent = silent;
        this.mail = mail;
        this.expansion = expansion;
        this.due = due;
        this.frames = frames;
        this.clock = clock;
    }

    @Bean
    static NavigationItem todayNavigation() {
        return new NavigationItem(SECTION, "/", "sun", "", 10, "T", Set.of());
    }

    @GetMapping("/")
    String today(Viewer viewer, Model model) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        List<Signal> standing = signals.open(viewer, Signals.Filter.NONE, SIGNALS_READ);
        List<Task> owed = tasks.openFor(viewer.memberId(), viewer, today, TASKS_SHOWN);
        ListView renewals = ListView.parse(null, List.of("renews_on:within:" + RENEWAL_DAYS), "renews_on", null, null);
        Optional<Instant> lastLook = visits.last(viewer);
        model.addAttribute("frame", frames.frame("Today", SECTION));
        model.addAttribute("silent", silent.of(viewer));
        model.addAttribute("mail", mail.troubles(viewer));
        model.addAttribute("expansion", expansion.mine(viewer));
        model.addAttribute("checkpoints", due.checkpoints(CHECKPOINTS_SHOWN, viewer));
        model.addAttribute(
                "view",
                new TodayView(
                        accounts.summary(ListView.parse(null, null, null, null, null), viewer),
                        owed,
                        perAccount(standing),
                        standing.size(),
                        changes.waiting(WAITING_COUNTED),
                        accounts.rows(renewals, viewer, 0, RENEWALS_SHOWN),
                        renewals.url(),
                        lastLook.orElse(null),
                        lastLook.map(since -> news(standing, since)).orElse(List.of()),
                        today,
                        viewer.role().mayWork(),
                        viewer.everything()));
        return "console/today";
    }

    @PostMapping("/today/visit")
    String visited(Viewer viewer) {
        visits.record(viewer);
        return "redirect:/";
    }

    /** One row per account: its first signal, which is the dearest, and how many more stand. */
    private static List<TodayView.Row> perAccount(List<Signal> standing) {
        Map<Object, TodayView.Row> rows = new LinkedHashMap<>();
        for (Signal signal : standing) {
            TodayView.Row known = rows.get(signal.account());
            rows.put(
                    signal.account(),
                    known == null
                            ? new TodayView.Row(signal, 0)
                            : new TodayView.Row(known.signal(), known.others() + 1));
        }
        return rows.values().stream().limit(ACCOUNTS_SHOWN).toList();
    }

    private static List<Signal> news(List<Signal> standing, Instant since) {
        return standing.stream()
                .filter(signal -> signal.openedAt().isAfter(since))
                .toList();
    }
}
