package io.perennial.knowledge;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What people looked for in vain: searches that found nothing, and searches from which nothing was opened. Wordings that
 * mean the same (same stems, or stems that share half of their triples of letters) stand together.
 */
@Component
@Transactional(readOnly = true)
public class Gaps {

    /** Days that are looked back on. */
    public static final int DAYS = 90;

    /** Whoever has just searched may still open something. */
    private static final Duration STILL_READING = Duration.ofMinutes(30);

    private static final int WORDINGS = 400;
    private static final double ALIKE = 0.5;

    private final JdbcClient database;
    private final Clock clock;

    Gaps(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * @param wording the one used most
     * @param others further wordings
     * @param searches all of these in the time, answered ones too
     * @param withoutResult of these found nothing
     * @param notOpened found something of which nothing was opened
     * @param answeredNow whether an article with all these words is published by now
     */
    public record Gap(
            String wording,
            List<String> others,
            Language language,
            long searches,
            long withoutResult,
            long notOpened,
            Instant last,
            boolean answeredNow) {

        public long inVain() {
            return withoutResult + notOpened;
        }
    }

    private record Wording(String meant, Set<String> triples, Gap gap) {}

    /** Those with most searches in vain first. */
    public List<Gap> list(int most) {
        List<List<Wording>> groups = new ArrayList<>();
        for (Wording wording : wordings()) {
            groups.stream()
                    .filter(group -> belongs(wording, group.getFirst()))
                    .findFirst()
                    .ifPresentOrElse(group -> group.add(wording), () -> groups.add(new ArrayList<>(List.of(wording))));
        }
        return groups.stream()
                .map(Gaps::joined)
                .sorted(Comparator.comparingLong(Gap::inVain).reversed().thenComparing(Gap::wording))
                .limit(most)
                .toList();
    }

    private List<Wording> wordings() {
        Instant now = clock.instant();
        return database.sql("""
                with vain as (
                    select language, meant, count(*) as searches,
                        count(*) filter (where opened_article is null and results = 0) as without_result,
                        count(*) filter (where opened_article is null and results > 0 and at < :settled) as not_opened,
                        mode() within group (order by wanted) as wording, max(at) as last
                    from knowledge.search where at >= :since group by language, meant)
                select v.*, exists (select from knowledge.search_text s
                    where s.language = v.language and s.words @@ plainto_tsquery(l.stemming::regconfig, v.meant)) as answered
                from vain v join unnest(:codes, :stemmings) as l (code, stemming) on l.code = v.language
                where without_result + not_opened > 0
                order by without_result + not_opened desc, v.last desc limit :most
                """)
                .param("since", Timestamp.from(now.minus(Duration.ofDays(DAYS))))
                .param("settled", Timestamp.from(now.minus(STILL_READING)))
                .param("codes", Language.ALL.stream().map(Language::code).toArray(String[]::new))
                .param(
                        "stemmings",
                        Language.ALL.stream().map(Language::stemming).toArray(String[]::new))
                .param("most", WORDINGS)
                .query((row, number) -> new Wording(
                        row.getString("meant"),
                        triples(row.getString("meant")),
                        new Gap(
                                row.getString("wording"),
                                List.of(),
                                Language.of(row.getString("language")),
                                row.getLong("searches"),
                                row.getLong("without_result"),
                                row.getLong("not_opened"),
                                row.getObject("last", OffsetDateTime.class).toInstant(),
                                row.getBoolean("answered"))))
                .list();
    }

    private static boolean belongs(Wording one, Wording head) {
        if (!one.gap().language().equals(head.gap().language())) {
            return false;
        }
        Set<String> shared = new HashSet<>(one.triples());
        shared.retainAll(head.triples());
        int all = one.triples().size() + head.triples().size() - shared.size();
        return all > 0 && (double) shared.size() / all >= ALIKE;
    }

    private static Gap joined(List<Wording> group) {
        Gap head = group.getFirst().gap();
        return new Gap(
                head.wording(),
                group.stream().skip(1).map(wording -> wording.gap().wording()).toList(),
                head.language(),
                group.stream().mapToLong(wording -> wording.gap().searches()).sum(),
                group.stream()
                        .mapToLong(wording -> wording.gap().withoutResult())
                        .sum(),
                group.stream().mapToLong(wording -> wording.gap().notOpened()).sum(),
                group.stream()
                        .map(wording -> wording.gap().last())
                        .max(Comparator.naturalOrder())
                        .orElse(head.last()),
                head.answeredNow());
    }

    /** As pg_trgm divides words: two spaces before, one after. */
    private static Set<String> triples(String words) {
        Set<String> triples = new HashSet<>();
        for (String word : words.split(" ", -1)) {
            String padded = "  " + word + " ";
            for (int i = 0; i + 3 <= padded.length(); i++) {
                triples.add(padded.substring(i, i + 3));
            }
        }
        return triples;
    }
}
