package io.perennial.programs.web;

import io.perennial.identity.Viewer;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import io.perennial.programs.Calendar;
import io.perennial.programs.Calendar.NoCalendar;
import io.perennial.programs.Calendars;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Hours and holidays. */
@Controller
public class CalendarPages {

    private static final List<String> ZONES = ZoneId.getAvailableZoneIds().stream()
            .filter(zone -> zone.contains("/") && !zone.startsWith("Etc/") && !zone.startsWith("SystemV/"))
            .sorted()
            .toList();

    private final Calendars calendars;
    private final Frames frames;
    private final Clock clock;

    CalendarPages(Calendars calendars, Frames frames, Clock clock) {
        this.calendars = calendars;
        this.frames = frames;
        this.clock = clock;
    }

    /** A calendar as typed. @param week by name of the weekday @param holidays a line each: day, then name */
    public record Form(String id, String name, String zone, Map<String, String> week, String holidays, boolean house) {

        static Form of(Calendar calendar) {
            return new Form(
                    calendar.id() == null ? "" : calendar.id().toString(),
                    calendar.id() == null ? "" : calendar.name(),
                    calendar.zone(),
                    calendar.week().entrySet().stream()
                            .collect(Collectors.toMap(day -> day.getKey().name(), Map.Entry::getValue)),
                    calendar.holidays().entrySet().stream()
                            .map(holiday -> holiday.getKey() + " " + holiday.getValue())
                            .collect(Collectors.joining("\n")),
                    calendar.id() != null && calendar.house());
        }
    }

    /** @param form the calendar that is changed, or a new one; null when the viewer may not change any */
    public record View(
            List<Calendar> calendars,
            Calendar house,
            @Nullable Form form,
            List<String> zones,
            LocalDate today,
            @Nullable String problem) {}

    @GetMapping("/programs/calendars")
    String list(Viewer viewer, @RequestParam(defaultValue = "") String id, HttpServletRequest request, Model model) {
        model.addAttribute("notice", Notice.take(request));
        return show(viewer, id, null, null, model);
    }

    @PostMapping("/programs/calendars")
    String save(
            Viewer viewer,
            @RequestParam MultiValueMap<String, String> typed,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        Map<String, String> week = new TreeMap<>();
        for (DayOfWeek day : DayOfWeek.values()) {
            week.put(day.name(), one(typed, day.name()));
        }
        Form form = new Form(
                one(typed, "id"),
                one(typed, "name"),
                one(typed, "zone"),
                week,
                one(typed, "holidays"),
                typed.containsKey("house"));
        try {
            UUID change = calendars.save(viewer, calendar(form));
            new Notice("The calendar is saved. Clocks count by it from now on.", change, null).leave(request);
            return "redirect:/programs/calendars";
        } catch (NoCalendar refused) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return show(viewer, form.id(), form, refused.getMessage(), model);
        }
    }

    private static Calendar calendar(Form form) {
        Map<DayOfWeek, String> week = new EnumMap<>(DayOfWeek.class);
        form.week().forEach((day, hours) -> week.put(DayOfWeek.valueOf(day), hours));
        return new Calendar(id(form.id()), form.name(), form.zone(), week, holidays(form.holidays()), form.house());
    }

    private static SortedMap<LocalDate, String> holidays(String text) {
        SortedMap<LocalDate, String> holidays = new TreeMap<>();
        for (String line : text.lines().map(String::strip).toList()) {
            if (line.isEmpty()) {
                continue;
            }
            String day = line.split("[\\s,;]+", 2)[0];
            try {
                String name = line.substring(day.length()).replaceFirst("^[\\s,;]+", "");
                holidays.put(LocalDate.parse(day), name.isEmpty() ? "Closed" : name);
            } catch (DateTimeParseException e) {
                throw new NoCalendar("A holiday is written like 2026-12-25 Christmas, not " + line + ".");
            }
        }
        return holidays;
    }

    private String show(Viewer viewer, String id, @Nullable Form typed, @Nullable String problem, Model model) {
        List<Calendar> all = calendars.all();
        Calendar house = calendars.house();
        Form form = typed;
        if (form == null && Calendars.mayChange(viewer)) {
            UUID wanted = id(id);
            form = all.stream()
                    .filter(calendar -> calendar.id() != null && calendar.id().equals(wanted))
                    .findFirst()
                    .map(Form::of)
                    .orElseGet(() -> Form.of(blank(house)));
        }
        model.addAttribute(
                "frame", frames.frame("Calendars", ProgramNavigation.PROGRAMS).under("Programs", "/programs"));
        model.addAttribute(
                "view",
                new View(all, house, form, ZONES, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC), problem));
        return "programs/calendars";
    }

    /** A new calendar begins with the hours of the house. */
    private static Calendar blank(Calendar house) {
        return new Calendar(null, "", house.zone(), house.week(), new TreeMap<>(), false);
    }

    private static @Nullable UUID id(String text) {
        try {
            return text.isEmpty() ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String one(MultiValueMap<String, String> typed, String name) {
        String value = typed.getFirst(name);
        return value == null ? "" : value.strip();
    }
}
