package io.perennial.engagement;

import io.perennial.health.measures.Measure;
import io.perennial.health.measures.MeasureQuery;
import io.perennial.health.measures.MeasureSource;
import io.perennial.health.measures.Moments;
import io.perennial.health.measures.Readings;
import io.perennial.shared.AccountId;
import io.perennial.shared.Span;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Silence and conversation. Only what both sides took part in counts. */
@Component
class TouchpointMeasures implements MeasureSource {

    private static final String SINCE = "days_since_conversation";
    private static final String LATELY = "conversations_90";

    private final JdbcClient database;
    private final Conversations conversations;

    TouchpointMeasures(JdbcClient database, Conversations conversations) {
        this.database = database;
        this.conversations = conversations;
    }

    @Override
    public List<Measure> measures() {
        return List.of(
                new Measure(
                        SINCE,
                        "Days since a conversation",
                        "days",
                        "touchpoints",
                        "Days since the last two-way touchpoint. A customer nobody spoke with counts from the day it"
                                + " became one, or from the company's first recorded conversation when that is later."),
                new Measure(
                        LATELY,
                        "Conversations",
                        "conversations",
                        "touchpoints",
                        "Two-way touchpoints in the last 90 days."));
    }

    /** From the first conversation on the silence of those counts whom nobody ever spoke with. */
    @Override
    public String common(Instant asOf) {
        return String.valueOf(recordsBegin(asOf));
    }

    /** A conversation that was arranged takes place; another is over so long that it does not count any more. */
    @Override
    public void moments(Instant from, Instant to, Moments into) {
        OffsetDateTime first = from.atOffset(ZoneOffset.UTC);
        OffsetDateTime end = to.atOffset(ZoneOffset.UTC);
        database.sql("""
                select account_id, max(case when at < :from then at + make_interval(hours => 24 * :days) else at end)
                from engagement.touchpoint
                where at >= :from and at < :to or conversation and at >= :goneFrom and at < :goneTo
                group by account_id
                """)
                .param("from", first)
                .param("to", end)
                .param("goneFrom", first.minusDays(Conversations.DAYS))
                .param("goneTo", end.minusDays(Conversations.DAYS))
                .param("days", Conversations.DAYS)
                .query(row -> {
                    into.at(
                            new AccountId(row.getObject(1, UUID.class)),
                            row.getObject(2, OffsetDateTime.class).toInstant());
                });
    }

    @Override
    public boolean connected(LocalDate asOf) {
        return database.sql("select exists (select from engagement.touchpoint where at < :end)")
                .param("end", asOf.plusDays(1).atStartOfDay().atOffset(ZoneOffset.UTC))
                .query(Boolean.class)
                .single();
    }

    @Override
    public void read(MeasureQuery query, Readings into) {
        if (query.accounts().isEmpty()) {
            return;
        }
        LocalDate begin = recordsBegin(query);
        if (begin == null) {
            return;
        }
        LocalDate today = query.today();
        conversations.with(query.facts()).forEach((account, spoken) -> {
            LocalDate day = spoken.lastOn();
            if (day == null) {
                silent(account, spoken.customerSince(), begin, today, into);
            } else {
                long days = ChronoUnit.DAYS.between(day, today);
                into.read(account, SINCE, days, today, () -> "last " + spoken.kind() + " " + ago(days));
            }
            into.read(account, LATELY, spoken.lately(), today, () -> spoken.lately() + " conversations in 90 days");
        });
    }

    private static void silent(
            AccountId account, @Nullable LocalDate customerSince, LocalDate begin, LocalDate today, Readings into) {
        LocalDate from = customerSince == null || customerSince.isBefore(begin) ? begin : customerSince;
        into.read(
                account,
                SINCE,
                Math.max(0, ChronoUnit.DAYS.between(from, today)),
                today,
                () -> "no conversation on record since " + from);
    }

    /** The first conversation of all, or nothing where it lies ahead, is the same for every instant of a span. */
    private @Nullable LocalDate recordsBegin(MeasureQuery query) {
        Span span = query.once().span();
        if (span == null) {
            return recordsBegin(query.asOf());
        }
        OffsetDateTime first =
                span.of(this, () -> new First(first(span.last()))).at();
        return first == null || !first.toInstant().isBefore(query.asOf()) ? null : day(first);
    }

    private @Nullable LocalDate recordsBegin(Instant asOf) {
        OffsetDateTime first = first(asOf);
        return first == null ? null : day(first);
    }

    private static LocalDate day(OffsetDateTime at) {
        return at.atZoneSameInstant(ZoneOffset.UTC).toLocalDate();
    }

    private @Nullable OffsetDateTime first(Instant asOf) {
        return database.sql("select min(at) as first from engagement.touchpoint where conversation and at < :asOf")
                .param("asOf", asOf.atOffset(ZoneOffset.UTC))
                .query((row, number) -> new First(row.getObject("first", OffsetDateTime.class)))
                .single()
                .at();
    }

    private static String ago(long days) {
        return days == 0 ? "today" : days == 1 ? "yesterday" : days + " days ago";
    }

    private record First(@Nullable OffsetDateTime at) {}
}
