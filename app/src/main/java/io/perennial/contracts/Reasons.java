package io.perennial.contracts;

import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The company's own words for a loss and what they count as. Another opinion about a word restates the losses that use it, past
 * ones too, and nothing else; losses that are written meanwhile wait for it.
 */
@Component
@Transactional
public class Reasons {

    static final String KIND = "reason-word";

    public static final int LONGEST_WORD = 100;

    private static final int LISTED = 200;

    private final JdbcClient database;
    private final Audit audit;
    private final Clock clock;

    Reasons(JdbcClient database, Audit audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * A word of the company.
     *
     * @param title as people write it
     * @param offered whether it can be chosen when a cancellation is recorded
     * @param losses that use it
     */
    public record Word(
            String word, String title, ReasonCategory category, boolean offered, String setBy, long losses) {}

    /** A word that came with losses and is known to nobody: it counts as other. */
    public record Unmapped(String word, String title, long losses, LocalDate latestOn) {}

    /** A word that cannot be used; the message says why. */
    public static final class BadWord extends RuntimeException {
        BadWord(String message) {
            super(message);
        }
    }

    public static boolean maySet(Viewer viewer) {
        return viewer.role() == Role.ADMIN || viewer.role() == Role.LEADER;
    }

    /** The company's own words, by what they count as. */
    @Transactional(readOnly = true)
    public List<Word> words() {
        return database.sql("""
                select w.*, (select count(*) from contracts.cancellation c where contracts.word_of(c.reason) = w.word) as losses
                from contracts.reason_word w order by w.category, w.title, w.word
                """).query((row, number) -> word(row)).list();
    }

    /** What can be chosen beside the categories, by title. */
    @Transactional(readOnly = true)
    public List<Word> offered() {
        return words().stream().filter(Word::offered).toList();
    }

    /** Words of losses that nobody said anything about, the most frequent first, and at most so many as a page shows. */
    @Transactional(readOnly = true)
    public List<Unmapped> unmapped() {
        return database.sql("""
                select contracts.word_of(c.reason) as word, mode() within group (order by btrim(c.reason)) as title,
                    count(*) as losses, max(c.cancelled_on) as latest_on
                from contracts.cancellation c
                where c.category = 'other' and contracts.shipped_category(contracts.word_of(c.reason)) is null
                  and not exists (select from contracts.reason_word w where w.word = contracts.word_of(c.reason))
                group by 1 order by losses desc, 1 limit :limit
                """)
                .param("limit", LISTED)
                .query((row, number) -> new Unmapped(
                        row.getString("word"),
                        row.getString("title"),
                        row.getLong("losses"),
                        row.getObject("latest_on", LocalDate.class)))
                .list();
    }

    /**
     * Says what a word counts as.
     *
     * @return the change, for undo; null when it counted as that already
     * @throws BadWord when the word is empty, too long, or one of the categories itself
     */
    public @Nullable UUID set(String title, ReasonCategory category, boolean offered, Viewer viewer) {
        requireMaySet(viewer);
        String shown = title.strip();
        if (shown.isEmpty()) {
            throw new BadWord("Write the reason as your colleagues say it.");
        }
        if (shown.length() > LONGEST_WORD || shown.chars().anyMatch(Character::isISOControl)) {
            throw new BadWord("A reason is one line of up to " + LONGEST_WORD + " characters.");
        }
        String word = wordOf(shown);
        if (ReasonCategory.of(word.replace(' ', '_')).isPresent()) {
            throw new BadWord("“" + shown + "” is one of the reasons that others count as; it counts as itself.");
        }
        hold();
        String before = state(word);
        database.sql("""
                insert into contracts.reason_word (word, title, category, offered, set_by, set_at)
                values (:word, :title, :category, :offered, :by, :now)
                on conflict (word) do update set title = excluded.title, category = excluded.category,
                    offered = excluded.offered, set_by = excluded.set_by, set_at = excluded.set_at
                where (reason_word.title, reason_word.category, reason_word.offered)
                    is distinct from (excluded.title, excluded.category, excluded.offered)
                """)
                .param("word", word)
                .param("title", shown)
                .param("category", category.key())
                .param("offered", offered)
                .param("by", viewer.name())
                .param("now", Timestamp.from(clock.instant()))
                .update();
        return changed(word, before, "Reason “" + shown + "” counts as " + category.title(), viewer);
    }

    /** Takes a word of the company away: it counts as it did when shipped, or as other. */
    public @Nullable UUID forget(String word, Viewer viewer) {
        requireMaySet(viewer);
        hold();
        String before = state(word);
        database.sql("delete from contracts.reason_word where word = :word")
                .param("word", word)
                .update();
        return changed(word, before, "Reason “" + word + "” is no word of the company any more", viewer);
    }

    private @Nullable UUID changed(String word, @Nullable String before, String summary, Viewer viewer) {
        String after = state(word);
        if (after == null ? before == null : after.equals(before)) {
            return null;
        }
        restate(word);
        return audit.record(viewer.actor(), KIND, summary, List.of(new ChangedThing(KIND, word, null, before, after)));
    }

    /** Losses written meanwhile read the words after us. */
    void hold() {
        database.sql("lock table contracts.cancellation in share row exclusive mode")
                .update();
    }

    private void restate(String word) {
        database.sql("""
                update contracts.cancellation set category = contracts.reason_category(reason)
                where contracts.word_of(reason) = :word and category <> contracts.reason_category(reason)
                """).param("word", word).update();
    }

    private String wordOf(String text) {
        return database.sql("select contracts.word_of(:text)")
                .param("text", text)
                .query(String.class)
                .single();
    }

    /** What is said of the word, as JSON; null for nothing. */
    @Nullable
    String state(String word) {
        return database.sql("select to_jsonb(w)::text from contracts.reason_word w where w.word = :word")
                .param("word", word)
                .query(String.class)
                .optional()
                .orElse(null);
    }

    /** Puts back what {@link #state} said. */
    void restore(String word, @Nullable String state) {
        database.sql("delete from contracts.reason_word where word = :word")
                .param("word", word)
                .update();
        if (state != null) {
            database.sql("""
                    insert into contracts.reason_word
                    select * from jsonb_populate_record(null::contracts.reason_word, cast(:state as jsonb))
                    """).param("state", state).update();
        }
        restate(word);
    }

    private static void requireMaySet(Viewer viewer) {
        if (!maySet(viewer)) {
            throw new AccessDeniedException("Only leaders say what reasons count as.");
        }
    }

    private static Word word(ResultSet row) throws SQLException {
        return new Word(
                row.getString("word"),
                row.getString("title"),
                ReasonCategory.of(row.getString("category")).orElse(ReasonCategory.OTHER),
                row.getBoolean("offered"),
                row.getString("set_by"),
                row.getLong("losses"));
    }
}
