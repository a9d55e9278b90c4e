package io.perennial.knowledge;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Finds published articles. How rank is mixed: docs/decisions/0042-knowledge.md.
 *
 * <p>First what has every word; when that is little, what has some of them, then titles that are spelled alike. An article
 * comes once, in the language that was asked for if it has the words there.
 */
@Component
@Transactional(readOnly = true)
public class ArticleSearch {

    /** Characters of a search text. */
    public static final int LONGEST = 200;

    private static final int FEW = 5;

    private final JdbcClient database;
    private final SearchTerms terms;

    ArticleSearch(JdbcClient database, SearchTerms terms) {
        this.database = database;
        this.terms = terms;
    }

    /** @param rank compares hits of one search, nothing else */
    public record Hit(
            UUID article,
            Language language,
            String title,
            Audience audience,
            Instant publishedAt,
            double rank,
            Excerpt excerpt) {}

    /**
     * @param corrections words that no article has, and what they were read as
     */
    public record Found(List<Hit> hits, Map<String, List<String>> corrections) {
        static final Found NOTHING = new Found(List.of(), Map.of());
    }

    /**
     * @param preferred language whose texts stand above equal ones
     * @param most hits
     * @throws NotPossible when the text is longer than {@link #LONGEST}
     */
    public Found find(String text, Audience audience, Language preferred, int most) {
        if (text.length() > LONGEST) {
            throw new NotPossible("Search for up to 200 characters.");
        }
        Set<String> words = Words.of(text, SearchTerms.MOST_WORDS);
        if (words.isEmpty()) {
            return Found.NOTHING;
        }
        Map<UUID, Ranked> best = new LinkedHashMap<>();
        Map<String, List<String>> corrections = new LinkedHashMap<>();
        for (Language language : languages(audience)) {
            List<SearchTerms.Term> meant = terms.of(words, language, audience);
            List<Ranked> hits = ranked(meant, String.join(" ", words), language, preferred, audience, most);
            hits.forEach(
                    hit -> best.merge(hit.article(), hit, (one, other) -> one.rank() >= other.rank() ? one : other));
            boolean useful = !hits.isEmpty() || language.equals(preferred);
            meant.stream()
                    .filter(term -> useful && !term.corrections().isEmpty())
                    .forEach(term -> corrections.putIfAbsent(term.word(), term.corrections()));
        }
        List<Ranked> first = best.values().stream()
                .sorted(Comparator.comparingDouble(Ranked::rank).reversed().thenComparing(Ranked::article))
                .limit(most)
                .toList();
        return new Found(withExcerpts(first), corrections);
    }

    private List<Language> languages(Audience audience) {
        return database.sql("""
                select l.code from unnest(:codes) as l (code)
                where exists (select from knowledge.search_text s
                    where s.language = l.code and s.audience = any (:sees))
                """)
                .param("codes", Language.ALL.stream().map(Language::code).toArray(String[]::new))
                .param("sees", audience.sees())
                .query((row, number) -> Language.of(row.getString("code")))
                .list();
    }

    private record Ranked(UUID article, Language language, double rank, String query) {}

    private List<Ranked> ranked(
            List<SearchTerms.Term> meant,
            String words,
            Language language,
            Language preferred,
            Audience audience,
            int most) {
        String every = meant.stream().map(SearchTerms.Term::query).collect(Collectors.joining(" & "));
        String any = meant.stream().map(SearchTerms.Term::query).collect(Collectors.joining(" | "));
        double bonus = language.equals(preferred) ? PREFERRED : 0;
        List<Ranked> hits = new ArrayList<>();
        if (!meant.isEmpty()) {
            hits.addAll(ask(MATCHING, every, any, words, language, audience, most, bonus + EVERY_WORD));
        }
        if (hits.size() < FEW && meant.size() > 1) {
            hits.addAll(ask(MATCHING, any, any, words, language, audience, most, bonus));
        }
        if (hits.size() < FEW) {
            hits.addAll(ask(ALIKE, "", any, words, language, audience, most, bonus));
        }
        return hits;
    }

    private List<Ranked> ask(
            String sql,
            String query,
            String any,
            String words,
            Language language,
            Audience audience,
            int most,
            double bonus) {
        return database.sql(sql)
                .param("query", query)
                .param("any", any)
                .param("words", words)
                .param("language", language.code())
                .param("sees", audience.sees())
                .param("looked", LOOKED_AT)
                .param("most", most)
                .query((row, number) -> new Ranked(
                        row.getObject("article_id", UUID.class), language, row.getDouble("rank") + bonus, any))
                .list();
    }

    private List<Hit> withExcerpts(List<Ranked> ranked) {
        List<Hit> hits = new ArrayList<>();
        for (Ranked one : ranked) {
            hits.addAll(database.sql("""
                    select s.article_id, s.title, s.audience, s.published_at, left(s.body, 20000) as body
                    from knowledge.search_text s where s.article_id = :article and s.language = :language
                    """)
                    .param("article", one.article())
                    .param("language", one.language().code())
                    .query((row, number) -> hit(row, one))
                    .list());
        }
        return hits;
    }

    private static Hit hit(ResultSet row, Ranked ranked) throws SQLException {
        return new Hit(
                ranked.article(),
                ranked.language(),
                row.getString("title"),
                Audience.of(row.getString("audience")),
                row.getObject("published_at", OffsetDateTime.class).toInstant(),
                ranked.rank(),
                Excerpt.around(row.getString("body"), stems(ranked.query())));
    }

    /** A text with every word of the search stands before any text that lacks one. */
    private static final double EVERY_WORD = 2;

    private static final double PREFERRED = 0.3;

    /** A common word stands in thousands of articles: those that have it in their title are weighed, then the most useful. */
    private static final int LOOKED_AT = 300;

    private static final Pattern STEM = Pattern.compile("'((?:[^']|'')+)'");

    /** PostgreSQL writes each stem of a query in quotes. */
    private static Set<String> stems(String query) {
        return STEM.matcher(query)
                .results()
                .map(stem -> stem.group(1).replace("''", "'"))
                .collect(Collectors.toSet());
    }

    private static final String MATCHING = """
            with candidate as materialized (
                select s.article_id, s.language from knowledge.search_text s
                where s.words @@ cast(:query as tsquery) and s.language = :language and s.audience = any (:sees)
                order by s.title_words @@ cast(:query as tsquery) desc, s.title_words @@ cast(:any as tsquery) desc,
                    s.merit desc, s.article_id
                limit :looked)
            select s.article_id,
                ts_rank('{0.1, 0.2, 0.4, 1}', s.words, cast(:any as tsquery), 1)
                    + 0.5 * word_similarity(:words, s.title_folded) + 0.3 * s.merit as rank
            from candidate c join knowledge.search_text s on s.article_id = c.article_id and s.language = c.language
            order by rank desc, s.article_id limit :most
            """;

    private static final String ALIKE = """
            select s.article_id, 0.5 * word_similarity(:words, s.title_folded) + 0.3 * s.merit as rank
            from knowledge.titles_alike(:words, :language, :sees) a
            join knowledge.search_text s on s.article_id = a.article_id and s.language = :language
            order by rank desc, s.article_id limit :most
            """;
}
