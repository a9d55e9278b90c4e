package io.perennial.renewals.web;

import io.perennial.identity.Viewer;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import io.perennial.platform.web.Tab;
import io.perennial.platform.web.Wording;
import io.perennial.renewals.RenewalFilter;
import io.perennial.renewals.RenewalLooks;
import io.perennial.renewals.RenewalLooks.Column;
import io.perennial.renewals.RenewalLooks.Day;
import io.perennial.renewals.RenewalLooks.Month;
import io.perennial.renewals.RenewalWork;
import io.perennial.renewals.Renewals;
import io.perennial.renewals.Stage;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Renewals as a board and as a calendar. */
@Controller
public class RenewalLooksPages {

    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMM uuuu", Locale.ENGLISH);
    private static final int WEEK = 7;

    private final RenewalLooks looks;
    private final Renewals renewals;
    private final Frames frames;
    private final Clock clock;

    RenewalLooksPages(RenewalLooks looks, Renewals renewals, Frames frames, Clock clock) {
        this.looks = looks;
        this.renewals = renewals;
        this.frames = frames;
        this.clock = clock;
    }

    public record Board(
            List<Column> columns,
            RenewalFilter filter,
            boolean company,
            boolean mayWork,
            LocalDate today,
            @Nullable Notice notice) {

        public List<Tab> tabs() {
            return RenewalListPage.tabs("board", RenewalFilter.plain());
        }

        public List<Stage> stages() {
            return List.of(Stage.values());
        }

        public String rows(Column column) {
            return "/renewals?stage=" + column.stage().key() + "&window=" + filter.window()
                    + (filter.mine() ? "&owner=mine" : "");
        }

        public String headline() {
            long all = columns.stream().mapToLong(Column::renewals).sum();
            long begun = columns.getFirst().renewals();
            return Wording.count(all) + (all == 1 ? " renewal, " : " renewals, ") + Wording.count(begun)
                    + " not started";
        }
    }

    /** @param blanks days of the week before the first of the month */
    public record Calendar(
            List<Month> year, YearMonth month, List<Day> days, int blanks, boolean company, LocalDate today) {

        public List<Tab> tabs() {
            return RenewalListPage.tabs("calendar", RenewalFilter.plain());
        }

        public String name(YearMonth month) {
            return MONTH.format(month);
        }

        public String url(YearMonth month) {
            return "/renewals?view=calendar&from=" + year.getFirst().month() + "&month=" + month;
        }

        public String shifted(int months) {
            YearMonth from = year.getFirst().month().plusMonths(months);
            return "/renewals?view=calendar&from=" + from + "&month=" + from;
        }

        /** Monday first; nulls where the month has not begun or is over. */
        public List<List<@Nullable Day>> weeks() {
            List<@Nullable Day> all = new ArrayList<>();
            for (int i = 0; i < blanks; i++) {
                all.add(null);
            }
            all.addAll(days);
            while (all.size() % WEEK != 0) {
                all.add(null);
            }
            List<List<@Nullable Day>> weeks = new ArrayList<>();
            for (int from = 0; from < all.size(); from += WEEK) {
                weeks.add(all.subList(from, from + WEEK));
            }
            return weeks;
        }

        public String headline() {
            long due = days.stream().mapToLong(day -> day.due().size()).sum();
            long notices = days.stream().mapToLong(day -> day.notices().size()).sum();
            return name(month) + ": " + due + " due, notice of " + notices + " by its last day";
        }
    }

    @GetMapping(path = "/renewals", params = "view=board")
    String board(
            Viewer viewer,
            HttpServletRequest request,
            @RequestParam(defaultValue = "") String window,
            @RequestParam(defaultValue = "") String owner,
            Model model) {
        RenewalFilter filter = new RenewalFilter("", window, "", owner, "", "", "", "", "", "");
        model.addAttribute("frame", frames.frame("Renewals", RenewalNavigation.RENEWALS));
        model.addAttribute(
                "view",
                new Board(
                        looks.board(filter, viewer),
                        filter,
                        renewals.any(),
                        RenewalWork.mayWork(viewer),
                        LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC),
                        Notice.take(request)));
        return "renewals/board";
    }

    @GetMapping(path = "/renewals", params = "view=calendar")
    String calendar(
            Viewer viewer,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String month,
            Model model) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        YearMonth first = month(from, YearMonth.from(today));
        YearMonth shown = month(month, first);
        model.addAttribute("frame", frames.frame("Renewals", RenewalNavigation.RENEWALS));
        model.addAttribute(
                "view",
                new Calendar(
                        looks.year(first, viewer),
                        shown,
                        looks.days(shown, viewer),
                        shown.atDay(1).getDayOfWeek().getValue() - 1,
                        renewals.any(),
                        today));
        return "renewals/calendar";
    }

    /** Where the board is, as somebody had asked for it; what cannot be read is as if it were not said. */
    static String board(@Nullable String window, @Nullable String owner) {
        String query = new RenewalFilter(
                        "",
                        Objects.requireNonNullElse(window, ""),
                        "",
                        Objects.requireNonNullElse(owner, ""),
                        "",
                        "",
                        "",
                        "",
                        "",
                        "")
                .query();
        return "/renewals?view=board" + (query.isEmpty() ? "" : "&" + query);
    }

    private static YearMonth month(String text, YearMonth otherwise) {
        try {
            YearMonth month = text.isEmpty() ? otherwise : YearMonth.parse(text);
            return month.getYear() < 2000 || month.getYear() > 2200 ? otherwise : month;
        } catch (DateTimeParseException none) {
            return otherwise;
        }
    }
}
