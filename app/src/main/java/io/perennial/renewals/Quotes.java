package io.perennial.renewals;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What a renewal would cost, line by line, in the language of who decides. */
@Component
public class Quotes {

    private static final int MOST_LINES = 500;

    private final JdbcClient database;
    private final RenewalWork work;
    private final RenewalLog log;
    private final Templates templates;
    private final Clock clock;

    Quotes(JdbcClient database, RenewalWork work, RenewalLog log, Templates templates, Clock clock) {
        this.database = database;
        this.work = work;
        this.log = log;
        this.templates = templates;
        this.clock = clock;
    }

    /** @param annual what the line brings in a year now, rounded to the currency */
    public record Line(
            String product,
            @Nullable Integer seats,
            @Nullable String unit,
            BigDecimal annual) {}

    /**
     * A summary whose rows add up to its sums: lines and {@code rounding} make {@code now}; with {@code uplift} and fees it is
     * {@code proposed}, the amount that every page shows.
     *
     * @param heading and {@code text} are the company's own or those that ship
     */
    public record Quote(
            Renewal renewal,
            String language,
            String heading,
            String text,
            List<Line> lines,
            BigDecimal rounding,
            BigDecimal now,
            BigDecimal uplift,
            List<RenewalWork.Fee> fees,
            BigDecimal proposed,
            LocalDate madeOn) {

        public QuoteWords words() {
            return QuoteWords.of(language);
        }

        /** What it is about. */
        public String product() {
            return NoticeWords.product(renewal, language);
        }

        /** As the language writes it, without the currency. */
        public String amount(BigDecimal amount) {
            return LocalFormats.amount(amount, renewal.currency(), language);
        }

        public String day(LocalDate day) {
            return LocalFormats.day(day, language);
        }
    }

    private record Reader(@Nullable String name, @Nullable String language) {}

    /** @param language one of those in which we write; empty for that of who decides, or else of the account */
    public Quote of(Renewal renewal, String language) {
        Reader reader = reader(renewal);
        String chosen = NoticeWords.LANGUAGES.contains(language) ? language : NoticeWords.written(reader.language());
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        Map<String, String> places = Filling.places(
                renewal, Objects.requireNonNullElse(reader.name(), renewal.accountName()), chosen, today);
        NoticeWords.Text text = templates.of(Paper.QUOTE, chosen);
        List<Line> lines = lines(renewal, today);
        BigDecimal now = renewal.now();
        BigDecimal shown = lines.stream().map(Line::annual).reduce(BigDecimal.ZERO, BigDecimal::add);
        return new Quote(
                renewal,
                chosen,
                Filling.filled(text.subject(), places, "").replaceAll("\\s+", " "),
                Filling.filled(text.body(), places, ""),
                lines,
                now.subtract(shown),
                now,
                renewal.proposed().subtract(renewal.fees()).subtract(now),
                work.fees(renewal.id()),
                renewal.proposed(),
                today);
    }

    private List<Line> lines(Renewal renewal, LocalDate today) {
        return database.sql("""
                select d.product, l.seats, l.unit, round(d.annual, renewals.decimals(d.currency)) as annual
                from renewals.renewal r
                join renewals.due_lines(array[cast(:account as uuid)], :today) d
                    on d.unit = r.unit and d.currency = r.currency and d.due_on = r.due_on and d.runs
                join contracts.contract_line l on l.id = d.line_id
                where r.id = :id order by d.product, d.line_id limit :most
                """)
                .param("id", renewal.id())
                .param("account", renewal.account().value())
                .param("today", today)
                .param("most", MOST_LINES)
                .query((row, number) -> new Line(
                        row.getString("product"),
                        (Integer) row.getObject("seats"),
                        row.getString("unit"),
                        row.getBigDecimal("annual")))
                .list();
    }

    private Reader reader(Renewal renewal) {
        return database.sql("""
                select d.name, coalesce(d.language, a.language) as language
                from renewals.renewal r join accounts.account a on a.id = r.account_id
                left join accounts.contact d on d.id = r.decider_id
                where r.id = :id
                """)
                .param("id", renewal.id())
                .query((row, number) -> new Reader(row.getString("name"), row.getString("language")))
                .optional()
                .orElse(new Reader(null, null));
    }

    /** The customer has it. */
    @Transactional
    public @Nullable UUID given(UUID id, Worker worker) {
        Renewal renewal = work.open(id, worker);
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return log.changed(renewal, "gave the quote", RenewalWork.itself(renewal), worker.actor(), () -> {
            database.sql("update renewals.renewal set quoted_on = :today where id = :id")
                    .param("today", today)
                    .param("id", id)
                    .update();
            work.reached(id, Stage.QUOTED);
        });
    }
}
