package io.perennial.knowledge;

import io.perennial.knowledge.Articles.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What answers a long text. A word counts by how few articles have it (its inverse document frequency), three times in a
 * title. One rare word that happens to stand in both is no answer: a suggestion shares two words with the text, or one
 * in its title.
 */
@Component
@Transactional(readOnly = true)
class Suggestions {

    private static final int LONGEST_TEXT = 20_000;
    private static final int MOST_WORDS = 400;

    /** The words of a text that say most. */
    private static final int TELLING = 12;

    private static final int SHORTEST_WORD = 3;
    private static final int EXCERPT = 240;

    private final JdbcClient database;

    Suggestions(JdbcClient database) {
        this.database = database;
    }

    List<Suggestion> of(String text, Audience audience, Language language, int most) {
        Set<String> words = Words.of(text.substring(0, Math.min(text.length(), LONGEST_TEXT)), MOST_WORDS);
        List<String> candidates = words.stream()
                .filter(word -> word.length() >= SHORTEST_WORD && !word.chars().allMatch(Character::isDigit))
                .toList();
        if (candidates.isEmpty() || most <= 0) {
            return List.of();
        }
        List<Suggestion> found = new ArrayList<>(inLanguage(candidates, audience, language, most));
        if (found.isEmpty() && !language.equals(Language.ENGLISH)) {
            found.addAll(inLanguage(candidates, audience, Language.ENGLISH, most));
        }
        return found;
    }

    private List<Suggestion> inLanguage(List<String> words, Audience audience, Language language, int most) {
        return database.sql(SUGGEST)
                .param("words", words.toArray(String[]::new))
                .param("language", language.code())
                .param("sees", audience.sees())
                .param("stemming", language.stemming())
                .param("telling", TELLING)
                .param("most", most)
                .query((row, number) -> new Suggestion(
                        row.getObject("article_id", UUID.class),
                        row.getString("title"),
                        shortened(row.getString("beginning")),
                        row.getDouble("rank")))
                .list();
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        if (line.length() <= EXCERPT) {
            return line;
        }
        int end = line.lastIndexOf(' ', EXCERPT);
        return line.substring(0, end > 0 ? end : EXCERPT) + " …";
    }

    /** A word in more than a fifth of a larger library says nothing. */
    private static final String SUGGEST = """
            with library as (
                select greatest(1, count(*))::float8 as articles from knowledge.search_text
                where language = :language and audience = any (:sees)),
            known as (
                select q.query, max(w.articles) as articles
                from (select word, sum(articles) as articles from knowledge.word
                      where language = :language and audience = any (:sees) and word = any (:words) and articles > 0
                      group by word) w,
                    lateral (select plainto_tsquery(cast(:stemming as regconfig), w.word) as query) q, library l
                where numnode(q.query) > 0 and (w.articles <= l.articles / 5 or l.articles <= 20)
                group by q.query order by max(w.articles), q.query limit :telling),
            matched as (
                select s.article_id, s.language, s.merit,
                    ln(1 + l.articles / k.articles) * case when s.title_words @@ k.query then 3 else 1 end as weight,
                    s.title_words @@ k.query as in_title
                from known k cross join library l join knowledge.search_text s on s.words @@ k.query
                where s.language = :language and s.audience = any (:sees)),
            best as (
                select article_id, language, sum(weight) * (0.75 + max(merit) / 2) as rank
                from matched group by article_id, language
                having count(*) >= 2 or bool_or(in_title)
                order by rank desc, article_id limit :most)
            select b.article_id, s.title, left(s.body, 400) as beginning, b.rank
            from best b join knowledge.search_text s on s.article_id = b.article_id and s.language = b.language
            order by b.rank desc, b.article_id
            """;
}
