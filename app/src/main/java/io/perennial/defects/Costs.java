package io.perennial.defects;

import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What defects cost us. An amount by hand wins; else the time recorded on the cases times what an hour costs, and for cases
 * without recorded time what a case costs; else there is no value, and the reason says what is missing. Never zero for unknown.
 */
@Component
public class Costs {

    private static final BigDecimal MINUTES = BigDecimal.valueOf(60);

    private final JdbcClient database;
    private final Clock clock;

    Costs(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @param hour what an hour of work on cases costs; null when nobody said, like {@code perCase} */
    public record Rate(@Nullable BigDecimal hour, @Nullable BigDecimal perCase, String currency) {}

    /**
     * @param amount null when it cannot be said; {@code how} then says why
     * @param estimated at least one case went in with what a case usually costs
     */
    public record Cost(
            @Nullable BigDecimal amount, @Nullable String currency, boolean estimated, String how) {

        static Cost none(String why) {
            return new Cost(null, null, false, why);
        }
    }

    private record Work(long cases, long timed, BigDecimal minutes) {

        static final Work NONE = new Work(0, 0, BigDecimal.ZERO);
    }

    public Optional<Rate> rate() {
        return database.sql("select hour, per_case, currency from defects.rate")
                .query((row, number) -> new Rate(row.getBigDecimal(1), row.getBigDecimal(2), row.getString(3)))
                .optional();
    }

    /** Empty amounts mean that nobody can say. */
    @Transactional
    public void rate(String hour, String perCase, String currency, Viewer viewer) {
        if (viewer.role() != Role.ADMIN && viewer.role() != Role.LEADER) {
            throw new AccessDeniedException("Leaders say what an hour costs.");
        }
        String code = currency.strip().toUpperCase(Locale.ROOT);
        if (!code.matches("[A-Z]{3}")) {
            throw new DefectRefused("Say in which currency, such as EUR.");
        }
        rate(amount(hour), amount(perCase), code, viewer.name());
    }

    void rate(@Nullable BigDecimal hour, @Nullable BigDecimal perCase, String currency, String by) {
        database.sql("""
                insert into defects.rate (hour, per_case, currency, changed_by, changed_at)
                values (:hour, :case, :currency, :by, :now)
                on conflict (one) do update set hour = excluded.hour, per_case = excluded.per_case,
                    currency = excluded.currency, changed_by = excluded.changed_by, changed_at = excluded.changed_at
                """)
                .param("hour", hour)
                .param("case", perCase)
                .param("currency", currency)
                .param("by", by)
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    public Map<UUID, Cost> of(Collection<Defect> defects) {
        Rate rate = rate().orElse(null);
        Map<UUID, Work> work = work(defects.stream().map(Defect::id).toList());
        Map<UUID, Cost> costs = new HashMap<>();
        for (Defect defect : defects) {
            costs.put(defect.id(), cost(defect, work.getOrDefault(defect.id(), Work.NONE), rate));
        }
        return costs;
    }

    private static Cost cost(Defect defect, Work work, @Nullable Rate rate) {
        BigDecimal byHand = defect.cost();
        if (byHand != null) {
            String note = defect.costNote().isEmpty() ? "" : ": " + defect.costNote();
            return new Cost(byHand, defect.costCurrency(), false, "by hand" + note);
        }
        if (work.cases() == 0) {
            return Cost.none("No case is linked.");
        }
        BigDecimal hour = rate == null ? null : rate.hour();
        BigDecimal perCase = rate == null ? null : rate.perCase();
        if (rate == null || hour == null && perCase == null) {
            return Cost.none("Nobody has said what an hour or a case costs.");
        }
        long untimed = hour == null ? work.cases() : work.cases() - work.timed();
        if (untimed > 0 && perCase == null) {
            return Cost.none(
                    untimed == work.cases()
                            ? "No time is recorded on its cases, and nobody has said what a case costs."
                            : untimed + " of its " + work.cases()
                                    + " cases have no time recorded, and nobody has said what a case costs.");
        }
        BigDecimal timed = hour == null
                ? BigDecimal.ZERO
                : work.minutes().multiply(hour).divide(MINUTES, 2, RoundingMode.HALF_EVEN);
        BigDecimal rest = perCase == null ? BigDecimal.ZERO : perCase.multiply(BigDecimal.valueOf(untimed));
        String how = untimed == work.cases()
                ? work.cases() + " cases at what a case costs"
                : untimed == 0
                        ? "time on " + work.cases() + " cases"
                        : "time on " + work.timed() + " cases, " + untimed + " more at what a case costs";
        return new Cost(timed.add(rest), rate.currency(), untimed > 0, how);
    }

    /** Cases that were merged into another are one piece of work with it. */
    private Map<UUID, Work> work(List<UUID> defects) {
        Map<UUID, Work> work = new HashMap<>();
        database.sql("""
                select defect_id, count(*), count(minutes), coalesce(sum(minutes), 0) from (
                    select l.defect_id, case when c.attributes ->> 'handling_minutes' ~ '^[0-9]{1,7}([.][0-9]{1,4})?$'
                        then (c.attributes ->> 'handling_minutes')::numeric end as minutes
                    from defects.case_link l join cases.support_case c on c.id = l.case_id
                    where l.defect_id = any(:defects) and c.merged_into is null) timed
                group by 1
                """).param("defects", defects.toArray(UUID[]::new)).query(row -> {
            work.put(row.getObject(1, UUID.class), new Work(row.getLong(2), row.getLong(3), row.getBigDecimal(4)));
        });
        return work;
    }

    private static @Nullable BigDecimal amount(String typed) {
        String plain = typed.strip().replace(",", "");
        if (plain.isEmpty()) {
            return null;
        }
        if (!plain.matches("\\d{1,9}(\\.\\d{1,2})?")) {
            throw new DefectRefused("Write an amount as a number, such as 60.");
        }
        return new BigDecimal(plain);
    }
}
