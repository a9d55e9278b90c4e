package io.perennial.usage;

import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.records.Ids;
import io.perennial.shared.Once;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What there is to use. Features come with files and events by themselves; what people say about them here stays when the
 * next file or event says otherwise. Hidden ones are counted, but no page about adoption shows them.
 */
@Component
public class FeatureCatalogue {

    static final String THING = "feature";

    private static final List<String> LEVELS = List.of("basic", "advanced");
    private static final int LONGEST = 200;

    private final JdbcClient database;
    private final Audit audit;
    private final Clock clock;

    FeatureCatalogue(JdbcClient database, Audit audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * @param name as shown
     * @param said its name in files and events
     * @param level basic, advanced or unknown
     * @param reviewedAt null: events brought it and nobody has looked at it yet
     */
    public record Feature(
            int id,
            String name,
            String said,
            @Nullable String area,
            @Nullable String level,
            boolean hidden,
            LocalDate firstUsedOn,
            @Nullable Instant reviewedAt) {}

    /** What somebody says about a feature; empty text: as files and events say. */
    public record Wish(String name, String area, String level, boolean hidden) {}

    /** Why nothing was changed, in a sentence for the person. */
    public static final class NotPossible extends RuntimeException {
        NotPossible(String message) {
            super(message);
        }
    }

    private static final String COLUMNS =
            "select id, name, said, product_area, level, hidden, first_used_on, reviewed_at from usage.catalogue ";

    /** What pages about adoption show, by name. */
    public List<Feature> shown() {
        return list("where not hidden order by lower(name), id");
    }

    /** The same for several parts of one page. */
    List<Feature> shown(Once page) {
        return page.of(this, this::shown);
    }

    /** Everything: what waits for review first, then by name. */
    public List<Feature> all() {
        return list("order by reviewed_at is not null, lower(name), id");
    }

    private List<Feature> list(String rest) {
        return database.sql(COLUMNS + rest)
                .query((row, number) -> new Feature(
                        row.getInt("id"),
                        row.getString("name"),
                        row.getString("said"),
                        row.getString("product_area"),
                        row.getString("level"),
                        row.getBoolean("hidden"),
                        row.getObject("first_used_on", LocalDate.class),
                        Optional.ofNullable(row.getTimestamp("reviewed_at"))
                                .map(Timestamp::toInstant)
                                .orElse(null)))
                .list();
    }

    public static boolean mayChange(Viewer viewer) {
        return viewer.role() == Role.ADMIN || viewer.role() == Role.LEADER;
    }

    /**
     * Says this about a feature, and that somebody has looked at it.
     *
     * @return the change, for undo
     * @throws NotPossible when the viewer may not, there is no such feature, or the text cannot be used
     */
    @Transactional
    public UUID review(Viewer viewer, int id, Wish wish) {
        if (!mayChange(viewer)) {
            throw new NotPossible("Leaders and administrators change the catalogue.");
        }
        Own before = own(id).orElseThrow(() -> new NotPossible("There is no such feature."));
        Own after = before.with(
                text(wish.name(), before.name(), "name"),
                text(wish.area(), before.productArea(), "product area"),
                level(wish.level(), before.level()),
                wish.hidden(),
                clock.instant());
        store(id, after);
        UUID change = Ids.next();
        audit.record(
                change,
                viewer.actor(),
                FeatureUndo.KIND,
                "Feature " + Objects.requireNonNullElse(after.shownAs(), before.name()) + " reviewed",
                List.of(new ChangedThing(THING, Integer.toString(id), null, before.json(), after.json())));
        return change;
    }

    private static @Nullable String text(String wished, @Nullable String said, String what) {
        String text = wished.strip();
        if (text.length() > LONGEST || text.chars().anyMatch(Character::isISOControl)) {
            throw new NotPossible("The " + what + " has at most " + LONGEST + " characters, on one line.");
        }
        return text.isEmpty() || text.equals(said) ? null : text;
    }

    private static @Nullable String level(String wished, @Nullable String said) {
        if (!wished.isEmpty() && !LEVELS.contains(wished)) {
            throw new NotPossible("A feature is basic or advanced.");
        }
        return wished.isEmpty() || wished.equals(said) ? null : wished;
    }

    Optional<Own> own(int id) {
        return database.sql("""
                select name, product_area, level, shown_as, own_area, own_level, hidden, reviewed_at
                from usage.feature where id = :id and id <> 0 for update
                """)
                .param("id", id)
                .query((row, number) -> new Own(
                        row.getString("name"),
                        row.getString("product_area"),
                        row.getString("level"),
                        row.getString("shown_as"),
                        row.getString("own_area"),
                        row.getString("own_level"),
                        row.getBoolean("hidden"),
                        Optional.ofNullable(row.getTimestamp("reviewed_at"))
                                .map(Timestamp::toInstant)
                                .orElse(null)))
                .optional();
    }

    void store(int id, Own own) {
        database.sql("""
                update usage.feature
                set shown_as = :name, own_area = :area, own_level = :level, hidden = :hidden, reviewed_at = :reviewed
                where id = :id
                """)
                .param("name", own.shownAs())
                .param("area", own.ownArea())
                .param("level", own.ownLevel())
                .param("hidden", own.hidden())
                .param(
                        "reviewed",
                        own.reviewedAt() == null ? null : own.reviewedAt().atOffset(ZoneOffset.UTC))
                .param("id", id)
                .update();
    }

    /** A row as it stands: what files and events say, and what people do. */
    record Own(
            String name,
            @Nullable String productArea,
            @Nullable String level,
            @Nullable String shownAs,
            @Nullable String ownArea,
            @Nullable String ownLevel,
            boolean hidden,
            @Nullable Instant reviewedAt) {

        Own with(
                @Nullable String newName,
                @Nullable String newArea,
                @Nullable String newLevel,
                boolean nowHidden,
                @Nullable Instant reviewed) {
            return new Own(name, productArea, level, newName, newArea, newLevel, nowHidden, reviewed);
        }

        String json() {
            return FeatureUndo.json(this);
        }
    }
}
