package io.perennial.cases.desk;

import io.perennial.identity.Viewer;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Cases whose subject is much like another's: what helped there may help here. The latest that have its two longest words, or
 * how they begin, are held against it: to hold all of a million against it takes a second.
 */
@Component
@Transactional(readOnly = true)
public class AlikeCases {

    /** Share of three-letter pieces that subjects have in common to be alike. */
    private static final double ALIKE = 0.45;

    private static final int WORDS = 2;

    /** Endings differ: export, exports, exporting. */
    private static final int BEGINNING = 5;

    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]+");

    private final JdbcClient database;
    private final NewestFirst newest;
    private final Clock clock;

    AlikeCases(JdbcClient database, NewestFirst newest, Clock clock) {
        this.database = database;
        this.newest = newest;
        this.clock = clock;
    }

    /** The most alike first, at most five; without those that were merged into others. */
    public List<CaseView.Other> to(UUID id, Viewer viewer) {
        String subject = database.sql("select coalesce(subject, '') from cases.support_case where id = :id")
                .param("id", id)
                .query(String.class)
                .optional()
                .orElse("");
        String words = words(subject);
        if (words.isEmpty()) {
            return List.of();
        }
        QueueFilter filter = new QueueFilter("", "", "", "", words);
        List<UUID> near =
                newest.ids(new QueueQuery(new Queue.Question(Queue.View.ALL, filter, ""), viewer, clock.instant()));
        return database.sql("""
                select id, number, subject, state, opened_at, coalesce(cause, '') as why,
                    public.similarity(subject, :subject) as alike
                from cases.support_case
                where id = any(:near) and id <> :id and merged_into is null and public.similarity(subject, :subject) >= :least
                order by alike desc, opened_at desc limit 5
                """)
                .param("near", near.toArray(UUID[]::new))
                .param("id", id)
                .param("subject", subject)
                .param("least", ALIKE)
                .query((row, number) -> CaseReads.other(row))
                .list();
    }

    /** In quotes, so that none of them is taken for a number of a case. */
    private static String words(String subject) {
        return BETWEEN.splitAsStream(subject)
                .filter(word -> word.length() > 2)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .limit(WORDS)
                .map(word -> "\"" + word.substring(0, Math.min(BEGINNING, word.length())) + "\"")
                .collect(Collectors.joining(" "));
    }
}
