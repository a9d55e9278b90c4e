package io.perennial.knowledge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What the words of a search may stand for in one language: their stems, what staff said means the same, and where no
 * article has the word, the words that a slipping finger would have meant.
 */
@Component
class SearchTerms {

    /** Words of a search that count. */
    static final int MOST_WORDS = 16;

    private static final int CORRECTIONS = 3;
    private static final int SHORT = 5;

    private final JdbcClient database;
    private final Synonyms synonyms;

    SearchTerms(JdbcClient database, Synonyms synonyms) {
        this.database = database;
        this.synonyms = synonyms;
    }

    /**
     * @param word as typed, folded
     * @param query a tsquery in PostgreSQL's own quoting
     * @param corrections what it was read as, because no article has it; else empty
     */
    record Term(String word, String query, List<String> corrections) {}

    /** Words that say nothing, such as "the", are left out. */
    List<Term> of(Set<String> words, Language language, Audience audience) {
        Map<String, Set<String>> same = synonyms.of(words, language);
        List<Term> terms = new ArrayList<>();
        for (Known known : known(words, language, audience)) {
            if (known.query().isEmpty()) {
                continue;
            }
            Set<String> others = new LinkedHashSet<>(same.getOrDefault(known.word(), Set.of()));
            List<String> corrections =
                    known.found() || !others.isEmpty() ? List.of() : corrections(known.word(), language, audience);
            others.addAll(corrections);
            terms.add(new Term(known.word(), either(known.query(), others, language), corrections));
        }
        return terms;
    }

    private record Known(String word, String query, boolean found) {}

    private List<Known> known(Set<String> words, Language language, Audience audience) {
        if (words.isEmpty()) {
            return List.of();
        }
        return database.sql("""
                select w.word, q.query::text as query, numnode(q.query) > 0 and exists (
                    select from knowledge.search_text s
                    where s.words @@ q.query and s.language = :language and s.audience = any (:sees)) as found
                from unnest(:words) with ordinality as w (word, n),
                    lateral (select plainto_tsquery(cast(:stemming as regconfig), w.word) as query) q
                order by w.n
                """)
                .param("words", words.toArray(String[]::new))
                .param("language", language.code())
                .param("sees", audience.sees())
                .param("stemming", language.stemming())
                .query((row, number) ->
                        new Known(row.getString("word"), row.getString("query"), row.getBoolean("found")))
                .list();
    }

    private String either(String query, Set<String> others, Language language) {
        if (others.isEmpty()) {
            return query;
        }
        List<String> queries = database.sql("""
                select q::text as query from unnest(:others) as o, phraseto_tsquery(cast(:stemming as regconfig), o) as q
                where numnode(q) > 0
                """)
                .param("others", others.toArray(String[]::new))
                .param("stemming", language.stemming())
                .query((row, number) -> row.getString("query"))
                .list();
        return Stream.concat(Stream.of(query), queries.stream())
                .distinct()
                .collect(Collectors.joining(" | ", "(", ")"));
    }

    private record Candidate(String word, long articles, int slips) {}

    private List<String> corrections(String word, Language language, Audience audience) {
        int allowed = word.length() <= SHORT ? 1 : 2;
        if (word.length() < 3 || word.chars().allMatch(Character::isDigit)) {
            return List.of();
        }
        return database
                .sql(word.length() <= SHORT ? ALIKE + " union " + SAME_START : ALIKE)
                .param("word", word)
                .param("language", language.code())
                .param("sees", audience.sees())
                .param("from", word.substring(0, 1))
                .param("to", word.substring(0, 1) + Character.toString(Character.MAX_CODE_POINT))
                .query((row, number) -> new Candidate(
                        row.getString("word"),
                        row.getLong("articles"),
                        Words.slips(word, row.getString("word"), allowed)))
                .list()
                .stream()
                .filter(candidate -> candidate.slips() <= allowed)
                .sorted(Comparator.comparingInt(Candidate::slips)
                        .thenComparing(
                                Comparator.comparingLong(Candidate::articles).reversed())
                        .thenComparing(Candidate::word))
                .limit(CORRECTIONS)
                .map(Candidate::word)
                .toList();
    }

    private static final String ALIKE = "select word, articles from knowledge.alike(:word, :language, :sees)";

    /** Short words share too few triples of letters for the index of those. */
    private static final String SAME_START = """
            select w.word, sum(w.articles) as articles from knowledge.word w
            where w.language = :language and w.audience = any (:sees) and w.articles > 0
                and w.word >= :from and w.word < :to
                and length(w.word) between length(:word) - 1 and length(:word) + 1
            group by w.word
            """;
}
