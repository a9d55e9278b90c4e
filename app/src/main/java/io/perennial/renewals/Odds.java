package io.perennial.renewals;

import io.perennial.health.ScoreMeaning;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What the colours of health have meant for renewals, kept once a day. */
@Component
class Odds {

    /** Fewer decisions in a band say nothing about it. */
    private static final int LEAST_IN_BAND = 10;

    private final JdbcClient database;
    private final ScoreMeaning meaning;
    private final Clock clock;

    /** The database's process that measures at present; 0: none does. */
    private final AtomicInteger process = new AtomicInteger();

    Odds(JdbcClient database, ScoreMeaning meaning, Clock clock) {
        this.database = database;
        this.meaning = meaning;
        this.clock = clock;
    }

    /**
     * What a band has meant.
     *
     * @param renews share of those in it who were renewed
     * @param decided how many it rests on; 0: it is assumed
     */
    record Meaning(
            String band,
            BigDecimal renews,
            int decided,
            @Nullable BigDecimal low,
            @Nullable BigDecimal high) {

        String sentence() {
            String word = Chance.bandWord(band);
            return decided == 0 || low == null || high == null
                    ? "Health is " + word + ": taken for " + Chance.percent(renews)
                            + " until enough renewals are decided to measure it."
                    : "Health is " + word + ": of accounts in it 90 days before, " + Chance.percent(renews)
                            + " renewed (" + Chance.percent(low) + " to " + Chance.percent(high) + ", " + decided
                            + " renewals).";
        }
    }

    Meaning of(@Nullable String band) {
        String asked = band == null ? "UNKNOWN" : band;
        return all().getOrDefault(asked, new Meaning(asked, BigDecimal.valueOf(Chance.assumed(asked)), 0, null, null));
    }

    private Map<String, Meaning> all() {
        Map<String, Meaning> all = new HashMap<>();
        database.sql("select band, renews, decided, low, high from renewals.odds")
                .query(row -> {
                    all.put(
                            row.getString(1),
                            new Meaning(
                                    row.getString(1),
                                    row.getBigDecimal(2),
                                    row.getInt(3),
                                    row.getBigDecimal(4),
                                    row.getBigDecimal(5)));
                });
        return all;
    }

    /** Measures anew; a band with too few decisions is left to what is assumed. */
    @Transactional
    void measure() {
        process.set(database.sql("select pg_backend_pid()").query(Integer.class).single());
        try {
            write(meaning.ofModelsInForce());
        } finally {
            process.set(0);
        }
    }

    /** Lets go of a measurement that is under way, as when the product stops: it reads years of renewals and comes again. */
    void giveUp() {
        int measuring = process.get();
        if (measuring != 0) {
            database.sql("select pg_cancel_backend(:process)")
                    .param("process", measuring)
                    .query()
                    .singleRow();
        }
    }

    private void write(List<ScoreMeaning.Colour> colours) {
        database.sql("delete from renewals.odds").update();
        for (ScoreMeaning.Colour colour : colours) {
            if (colour.decided() >= LEAST_IN_BAND) {
                database.sql("""
                        insert into renewals.odds (band, renews, decided, low, high, as_of)
                        values (:band, :renews, :decided, :low, :high, :today)
                        """)
                        .param("band", colour.band())
                        .param("renews", BigDecimal.valueOf(1 - colour.lost()))
                        .param("decided", colour.decided())
                        .param("low", BigDecimal.valueOf(1 - colour.high()))
                        .param("high", BigDecimal.valueOf(1 - colour.low()))
                        .param("today", LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC))
                        .update();
            }
        }
    }
}
