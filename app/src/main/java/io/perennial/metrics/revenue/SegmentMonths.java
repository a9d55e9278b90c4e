package io.perennial.metrics.revenue;

import io.perennial.metrics.Question;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The whole months of a period, of each segment: who was there, who was lost and who came. Months of segments are not kept added up. */
@Component
class SegmentMonths {

    private static final int MOST_SEGMENTS = 100;

    private final JdbcClient database;

    SegmentMonths(JdbcClient database) {
        this.database = database;
    }

    /** By segment, that with the most customers first; what a customer is today is its segment. */
    Map<String, WholeMonths> of(WholeMonths whole, Question question) {
        Map<String, Map<String, List<Ledger>>> found = new LinkedHashMap<>();
        database.sql("""
                with moved as materialized (
                    select to_char(t.starts, 'YYYY-MM') as month, m.*
                    from generate_series(cast(:from as timestamp), cast(:until as timestamp) - interval '1 day', interval '1 month') s
                    cross join lateral (select s::date as starts, (s + interval '1 month')::date as ends) t
                    cross join lateral contracts.revenue_movements(t.starts - 1, t.ends - 1, :today, true) m
                )
                select g.*, sum(g.kept + g.came) over (partition by g.segment) as weight
                from (
                    select coalesce(a.segment, '') as segment, m.month, m.currency,
                        count(*) filter (where m.leads and m.live_started) as started,
                        count(*) filter (where m.leads and m.live_started and m.live_ended) as kept,
                        count(*) filter (where m.leads and m.live_ended) as ended, sum(m.ended) as annual,
                        count(*) filter (where m.movement = 'new') as came,
                        coalesce(sum(m.ended) filter (where m.movement = 'new'), 0) as brought
                    from moved m join accounts.account a on a.id = m.account_id
                    where cast(:owner as uuid) is null or a.owner_id = :owner
                    group by 1, 2, 3
                ) g
                order by weight desc, g.segment, g.month, g.currency
                """)
                .param("from", whole.from())
                .param("until", whole.until())
                .param("today", LocalDate.ofInstant(question.asOf(), ZoneOffset.UTC))
                .param("owner", question.owner())
                .query(row -> {
                    found.computeIfAbsent(row.getString("segment"), segment -> new LinkedHashMap<>())
                            .computeIfAbsent(row.getString("month"), month -> new ArrayList<>())
                            .add(new Ledger(
                                    row.getString("currency"),
                                    row.getLong("started"),
                                    row.getLong("kept"),
                                    row.getLong("ended"),
                                    0,
                                    BigDecimal.ZERO,
                                    row.getBigDecimal("annual"),
                                    BigDecimal.ZERO,
                                    Map.of(Move.NEW, row.getBigDecimal("brought")),
                                    Map.of(Move.NEW, row.getLong("came"))));
                });
        Map<String, WholeMonths> segments = new LinkedHashMap<>();
        found.forEach((segment, months) -> {
            if (segments.size() < MOST_SEGMENTS) {
                Map<String, Ledgers> ledgers = new LinkedHashMap<>();
                months.forEach((month, each) -> ledgers.put(month, new Ledgers(List.copyOf(each))));
                segments.put(segment, new WholeMonths(whole.from(), whole.until(), ledgers));
            }
        });
        return segments;
    }
}
