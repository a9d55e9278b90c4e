package io.perennial.programs;

import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.programs.Calendar.NoCalendar;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The calendars of the house. At most {@link #MOST}. */
@Component
public class Calendars {

    /** More hours to choose from help nobody. */
    public static final int MOST = 100;

    /** Holidays of a calendar: ten years of them. */
    public static final int MOST_HOLIDAYS = 400;

    static final String THING = "calendar";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient database;
    private final Audit audit;

    Calendars(JdbcClient database, Audit audit) {
        this.database = database;
        this.audit = audit;
    }

    /** That of the house first, then by name. */
    public List<Calendar> all() {
        Map<UUID, Calendar> calendars = new LinkedHashMap<>();
        database.sql("select * from programs.calendar order by house desc, lower(name) limit " + MOST)
                .query(row -> {
                    UUID id = row.getObject("id", UUID.class);
                    calendars.put(
                            id,
                            new Calendar(
                                    id,
                                    row.getString("name"),
                                    row.getString("zone"),
                                    JSON.readValue(
                                            row.getString("week"), new TypeReference<Map<DayOfWeek, String>>() {}),
                                    new TreeMap<>(),
                                    row.getBoolean("house")));
                });
        database.sql("select calendar_id, day, name from programs.holiday order by day")
                .query(row -> {
                    Calendar calendar = calendars.get(row.getObject("calendar_id", UUID.class));
                    if (calendar != null) {
                        calendar.holidays().put(row.getObject("day", LocalDate.class), row.getString("name"));
                    }
                });
        return new ArrayList<>(calendars.values());
    }

    public Optional<Calendar> find(UUID id) {
        return all().stream().filter(calendar -> id.equals(calendar.id())).findFirst();
    }

    /** The hours of the house: the company's own, or the ones assumed until it has any. */
    public Calendar house() {
        return house(all());
    }

    static Calendar house(List<Calendar> all) {
        return all.stream().filter(Calendar::house).findFirst().orElse(Calendar.STANDARD);
    }

    /** That calendar, or the one of the house. */
    public static Calendar of(@Nullable UUID id, List<Calendar> all) {
        return all.stream()
                .filter(calendar -> calendar.id() != null && calendar.id().equals(id))
                .findFirst()
                .orElseGet(() -> house(all));
    }

    public static boolean mayChange(Viewer viewer) {
        return viewer.role() == Role.ADMIN || viewer.role() == Role.LEADER;
    }

    /**
     * Writes a calendar; clocks that run count by it from now on.
     *
     * @return the change, for undo
     * @throws NoCalendar when the viewer may not, or it cannot be used
     */
    @Transactional
    public UUID save(Viewer viewer, Calendar wished) {
        if (!mayChange(viewer)) {
            throw new NoCalendar("Leaders and administrators change calendars.");
        }
        String name = wished.name().strip();
        if (name.isEmpty() || name.length() > 100) {
            throw new NoCalendar("A calendar has a name of at most 100 characters.");
        }
        if (wished.holidays().size() > MOST_HOLIDAYS) {
            throw new NoCalendar("A calendar has at most " + MOST_HOLIDAYS + " holidays.");
        }
        wished.hours();
        UUID id = wished.id() == null ? UUID.randomUUID() : wished.id();
        String before = json(id);
        if (before == null && all().size() >= MOST) {
            throw new NoCalendar("There are " + MOST + " calendars already; change one of them.");
        }
        try {
            store(new Calendar(
                    id, name, wished.zone().strip(), written(wished.week()), wished.holidays(), wished.house()));
        } catch (DuplicateKeyException e) {
            throw new NoCalendar("There is a calendar named " + name + " already.");
        }
        String summary = "Calendar " + name + (before == null ? " added" : " changed");
        ChangedThing thing = new ChangedThing(THING, id.toString(), null, before, json(id));
        return audit.record(viewer.actor(), CalendarUndo.KIND, summary, List.of(thing));
    }

    void store(Calendar calendar) {
        if (calendar.house()) {
            database.sql("update programs.calendar set house = false where house and id <> :id")
                    .param("id", calendar.id())
                    .update();
        }
        database.sql("""
                insert into programs.calendar (id, name, zone, week, house)
                values (:id, :name, :zone, cast(:week as jsonb), :house)
                on conflict (id) do update set name = excluded.name, zone = excluded.zone, week = excluded.week,
                    house = excluded.house, version = programs.calendar.version + 1
                """)
                .param("id", calendar.id())
                .param("name", calendar.name())
                .param("zone", calendar.zone())
                .param("week", JSON.writeValueAsString(calendar.week()))
                .param("house", calendar.house())
                .update();
        database.sql("delete from programs.holiday where calendar_id = :id")
                .param("id", calendar.id())
                .update();
        List<LocalDate> days = List.copyOf(calendar.holidays().keySet());
        database.sql("""
                insert into programs.holiday (calendar_id, day, name)
                select :id, day, name from unnest(cast(:days as date[]), cast(:names as text[])) as h (day, name)
                """)
                .param("id", calendar.id())
                .param("days", days.stream().map(LocalDate::toString).toArray(String[]::new))
                .param("names", calendar.holidays().values().toArray(String[]::new))
                .update();
    }

    void remove(UUID id) {
        database.sql("delete from programs.calendar where id = :id")
                .param("id", id)
                .update();
    }

    @Nullable
    String json(UUID id) {
        return find(id).map(JSON::writeValueAsString).orElse(null);
    }

    static Calendar parse(String json) {
        return JSON.readValue(json, Calendar.class);
    }

    private static Map<DayOfWeek, String> written(Map<DayOfWeek, String> week) {
        Map<DayOfWeek, String> written = new EnumMap<>(DayOfWeek.class);
        week.forEach((day, hours) -> {
            if (!hours.isBlank()) {
                written.put(
                        day,
                        hours.strip()
                                .replace('–', '-')
                                .replaceAll("\\s*-\\s*", "-")
                                .replaceAll("\\s*,\\s*", ", "));
            }
        });
        return written;
    }
}
