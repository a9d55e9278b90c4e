package io.perennial.knowledge;

import io.perennial.platform.background.Loop;
import io.perennial.platform.records.Ids;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Remembers what was looked for and whether it led to an article; never by whom. Searches older than {@code
 * perennial.knowledge.keep-searches-days} (180) are forgotten, and the oldest beyond a million.
 */
@Component
public class SearchLog extends Loop {

    private static final Duration EVERY = Duration.ofHours(6);
    private static final int MOST = 1_000_000;

    private final JdbcClient database;
    private final Clock clock;
    private final Duration kept;

    SearchLog(JdbcClient database, Clock clock, @Value("${perennial.knowledge.keep-searches-days:180}") int days) {
        super("old-searches", Duration.ofMinutes(10), true);
        this.database = database;
        this.clock = clock;
        this.kept = Duration.ofDays(days);
    }

    /** Who looks: members of staff or customers. */
    public enum Who {
        STAFF,
        CUSTOMER;

        String key() {
            return this == STAFF ? "staff" : "customer";
        }
    }

    /**
     * @param results how many articles were shown
     * @return identity of the search, to say later what was opened from it
     */
    public UUID note(String wanted, Language language, Who who, int results) {
        UUID id = Ids.next();
        database.sql("""
                insert into knowledge.search (id, at, wanted, meant, language, who, results)
                values (:id, :now, :wanted, coalesce(nullif(array_to_string(tsvector_to_array(
                    to_tsvector(cast(:stemming as regconfig), :folded)), ' '), ''), :folded), :language, :who, :results)
                """)
                .param("id", id)
                .param("now", Timestamp.from(clock.instant()))
                .param("wanted", Words.readable(wanted).strip())
                .param("folded", String.join(" ", Words.of(wanted, SearchTerms.MOST_WORDS)))
                .param("stemming", language.stemming())
                .param("language", language.code())
                .param("who", who.key())
                .param("results", results)
                .update();
        return id;
    }

    /** The first article counts; what nobody searched is nothing. */
    public void opened(UUID search, UUID article) {
        database.sql("""
                update knowledge.search set opened_article = :article, opened_at = :now
                where id = :id and opened_article is null
                """)
                .param("article", article)
                .param("now", Timestamp.from(clock.instant()))
                .param("id", search)
                .update();
    }

    @Override
    protected Duration step() {
        forget();
        return EVERY;
    }

    void forget() {
        database.sql("delete from knowledge.search where at < :before")
                .param("before", Timestamp.from(clock.instant().minus(kept)))
                .update();
        database.sql("""
                delete from knowledge.search where at < (
                    select at from knowledge.search order by at desc offset :most limit 1)
                """).param("most", MOST).update();
    }
}
