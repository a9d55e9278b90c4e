package io.perennial.published;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.cases.CaseFigures;
import io.perennial.contracts.RecurringRevenue;
import io.perennial.metrics.Answer;
import io.perennial.metrics.Dimension;
import io.perennial.metrics.Figure;
import io.perennial.metrics.Metric;
import io.perennial.metrics.Metrics;
import io.perennial.metrics.Question;
import io.perennial.metrics.service.KeptDays;
import io.perennial.platform.imports.Counts;
import io.perennial.world.PerennialTest;
import io.perennial.world.PublishedFiles;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What tests of a public data set work with: its files, our figures, and the tables. */
@PerennialTest
abstract class PublishedSet {

    /** Before and after everything that any of the sets tells of. */
    static final Instant BEGINNING = Instant.parse("2000-01-01T00:00:00Z");

    static final Instant END = Instant.parse("2100-01-01T00:00:00Z");

    @Autowired
    PublishedFiles files;

    @Autowired
    CaseFigures figures;

    @Autowired
    Metrics metrics;

    @Autowired
    KeptDays days;

    @Autowired
    RecurringRevenue revenue;

    @Autowired
    JdbcClient database;

    /** Brings the customers of a set and what they bought, every row of it new. */
    void bringCustomers(String set, int accounts, int lines) {
        assertThat(files.bring("accounts", set + "/accounts").counts()).isEqualTo(new Counts(accounts, 0, 0, 0));
        assertThat(files.bring("contract-lines", set + "/subscriptions").counts())
                .isEqualTo(new Counts(lines, 0, 0, 0));
    }

    /** What a metric of the registry says of all years of the set, and of its groups; once days are kept, and before. */
    Answer measured(String metric, String definition, @Nullable Dimension by) {
        Metric known = metrics.find(metric).orElseThrow();
        Question question =
                metrics.question(known, definition, LocalDate.of(2009, 1, 1), LocalDate.of(2021, 1, 1), by, null);
        Answer fromCases = metrics.read(known, question);
        days.keep();
        Answer fromDays = metrics.read(known, question);
        assertThat(fromDays.total().numerator()).isEqualTo(fromCases.total().numerator());
        assertThat(fromDays.total().sample()).isEqualTo(fromCases.total().sample());
        assertThat(fromDays.groups()).hasSameSizeAs(fromCases.groups());
        return fromDays;
    }

    Figure measured(String metric, String definition) {
        return measured(metric, definition, null).total();
    }

    /** A metric of what moved between two days, each taken as a whole. */
    Figure read(String metric, String definition, String day, String other) {
        Metric known = metrics.find(metric).orElseThrow();
        return metrics.read(
                        known,
                        metrics.question(
                                known,
                                definition,
                                LocalDate.parse(day).plusDays(1),
                                LocalDate.parse(other).plusDays(1),
                                null,
                                null))
                .total();
    }

    /** The value of a metric with so many digits behind the point. */
    String value(String metric, String definition, int digits) {
        BigDecimal value = measured(metric, definition).value();
        return value == null
                ? "no value"
                : value.setScale(digits, RoundingMode.HALF_UP).toPlainString();
    }

    /** A figure beside the value, such as a percentile. */
    static String beside(Figure figure, String name, int digits) {
        return Objects.requireNonNull(figure.figures().get(name))
                .setScale(digits, RoundingMode.HALF_UP)
                .toPlainString();
    }

    /** Hits of base, such as {@code 202 of 17136}. */
    static String parts(Figure figure) {
        return figure.numerator() + " of " + figure.denominator();
    }

    /** The one value that a query answers. */
    String one(String sql) {
        return database.sql(sql).query(String.class).single();
    }
}
