package io.perennial.knowledge;

import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.records.Ids;
import io.perennial.shared.Actor;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Words that mean the same to customers and to us, kept by staff: whoever searches for one finds all. */
@Component
@Transactional
public class Synonyms {

    private static final int MOST_WORDS = 20;
    private static final int LONGEST = 60;
    private static final int MOST_GROUPS = 5_000;

    private final JdbcClient database;
    private final ArticleRows rows;
    private final Audit audit;
    private final Clock clock;

    Synonyms(JdbcClient database, ArticleRows rows, Audit audit, Clock clock) {
        this.database = database;
        this.rows = rows;
        this.audit = audit;
        this.clock = clock;
    }

    public record Group(UUID id, Language language, List<String> words) {}

    @Transactional(readOnly = true)
    public List<Group> all() {
        return database.sql("select id, language, words from knowledge.synonym order by language, words limit :most")
                .param("most", MOST_GROUPS)
                .query((row, number) -> new Group(
                        row.getObject("id", UUID.class),
                        Language.of(row.getString("language")),
                        ArticleRows.texts(row.getArray("words"))))
                .list();
    }

    /**
     * @param text words or short phrases, divided by commas
     * @throws NotPossible when these are not at least two
     */
    public UUID add(String text, Language language, Actor actor) {
        List<String> words = parsed(text);
        UUID id = Ids.next();
        database.sql("""
                insert into knowledge.synonym (id, language, words, created_at, updated_at)
                values (:id, :language, :words, :now, :now)
                """)
                .param("id", id)
                .param("language", language.code())
                .param("words", words.toArray(String[]::new))
                .param("now", Timestamp.from(clock.instant()))
                .update();
        return record(actor, "Synonyms " + String.join(", ", words) + " added", id, null);
    }

    public UUID remove(UUID id, Actor actor) {
        String before = rows.snapshot(ArticleTable.SYNONYM, id);
        if (before == null) {
            throw new NoSuchElementException("There are no such synonyms.");
        }
        database.sql("delete from knowledge.synonym where id = :id")
                .param("id", id)
                .update();
        return record(actor, "Synonyms removed", id, before);
    }

    private UUID record(Actor actor, String summary, UUID id, @Nullable String before) {
        String after = rows.snapshot(ArticleTable.SYNONYM, id);
        ChangedThing thing = new ChangedThing(ArticleTable.SYNONYM.key(), id.toString(), null, before, after);
        return audit.record(actor, ArticleUndo.KIND, summary, List.of(thing));
    }

    private static List<String> parsed(String text) {
        List<String> words = Arrays.stream(text.split("[,;\\n]", -1))
                .map(word -> String.join(" ", Words.of(word, MOST_WORDS)))
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList();
        if (words.size() < 2) {
            throw new NotPossible("Write at least two words that mean the same, divided by commas.");
        }
        if (words.size() > MOST_WORDS || words.stream().anyMatch(word -> word.length() > LONGEST)) {
            throw new NotPossible("Up to 20 words or phrases of up to 60 characters mean the same.");
        }
        return words;
    }

    /** For each of the words what else it is called; phrases count when all their words were typed. */
    Map<String, Set<String>> of(Set<String> words, Language language) {
        Map<String, Set<String>> same = new HashMap<>();
        for (Group group : touching(words, language)) {
            for (String entry : group.words()) {
                List<String> parts = List.of(entry.split(" ", -1));
                if (words.containsAll(parts)) {
                    Set<String> others = same.computeIfAbsent(parts.getFirst(), none -> new LinkedHashSet<>());
                    group.words().stream().filter(other -> !other.equals(entry)).forEach(others::add);
                }
            }
        }
        return same;
    }

    private List<Group> touching(Set<String> words, Language language) {
        return database.sql("""
                select id, language, words from knowledge.synonym
                where language = :language and exists (
                    select from unnest(words) as w where string_to_array(w, ' ') && cast(:wanted as text[]))
                limit 50
                """)
                .param("language", language.code())
                .param("wanted", words.toArray(String[]::new))
                .query((row, number) -> new Group(
                        row.getObject("id", UUID.class),
                        Language.of(row.getString("language")),
                        ArticleRows.texts(row.getArray("words"))))
                .list();
    }
}
