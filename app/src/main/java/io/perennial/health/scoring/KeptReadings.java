package io.perennial.health.scoring;

import io.perennial.health.model.AccountReadings;
import io.perennial.health.model.Band;
import io.perennial.health.signals.Blanks;
import io.perennial.shared.AccountId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Stored readings that are as good as the facts: seen today, of an account that nobody marked since, by a release that
 * reads the same measures. Of the others nothing is said; their facts are to be read.
 */
@Component
class KeptReadings {

    /** A pass that takes longer reads the facts from then on. */
    private static final Duration LONGEST_PASS = Duration.ofMinutes(30);

    private final JdbcClient database;
    private final Measures measures;
    private final Map<Integer, String> known;

    KeptReadings(JdbcClient database, Measures measures) {
        this.database = database;
        this.measures = measures;
        this.known = StoredReadings.byHash(measures.ids());
    }

    /** To be asked after cohorts were sealed, which marks whose readings move with them. */
    Basis basis(Instant now) {
        LocalDate day = LocalDate.ofInstant(now, ZoneOffset.UTC);
        Instant until = now.plus(LONGEST_PASS);
        return new Basis(
                now,
                until,
                day,
                measures.stamp(now),
                measures.notConnected(day, Set.of()),
                measures.moments(day.atStartOfDay(ZoneOffset.UTC).toInstant(), until));
    }

    /**
     * Those of these accounts, in the order of ids.
     *
     * @param accounts all that there are between the first and the last, in the order of ids
     */
    List<Kept> of(List<AccountId> accounts, Basis basis, Instant now, List<ModelVersion> models) {
        if (accounts.isEmpty() || !basis.standsAt(now)) {
            return List.of();
        }
        Set<String> missing = new HashSet<>(Assessments.named(models));
        missing.removeAll(measures.ids());
        missing.addAll(basis.notConnected());
        List<Kept> kept = new ArrayList<>(accounts.size());
        select(accounts, basis, row -> {
            AccountId account = new AccountId(row.id());
            if (basis.standsSince(row.seen(), account)) {
                unpack(account, row, basis, missing, kept::add);
            }
        });
        return kept;
    }

    private void unpack(AccountId account, Row row, Basis basis, Set<String> missing, Consumer<Kept> into) {
        StoredReadings.Unpacked unpacked =
                StoredReadings.unpack(row.readings(), row.segment(), basis.day(), known, Blanks::of);
        AccountReadings readings = unpacked.readings();
        if (!unpacked.complete()
                || !readings.notConnected().equals(basis.notConnected())
                || !Objects.equals(readings.stage(), row.stage())) {
            return;
        }
        boolean same =
                unpacked.namesKnown() && missing.size() == basis.notConnected().size();
        AccountReadings present = new AccountReadings(
                readings.segment(), readings.stage(), readings.readings(), readings.notApplicable(), missing);
        byte[] packed = same ? row.readings() : StoredReadings.write(present, basis.day());
        into.accept(new Kept(
                account,
                row.score(),
                row.band(),
                row.coverage(),
                row.model(),
                row.reason(),
                present,
                packed,
                same || Arrays.equals(packed, row.readings()),
                row.usual(),
                row.lacks(),
                row.seen()));
    }

    private void select(List<AccountId> accounts, Basis basis, Consumer<Row> each) {
        database.sql("""
                        select s.account_id, o.exact_score, o.band, o.exact_coverage, o.model_version, s.segment, a.stage,
                               o.reason, s.readings, o.scored_at, o.basis, o.lacks_at_most
                        from health.score s join accounts.overview o on o.account_id = s.account_id
                            join accounts.account a on a.id = s.account_id
                        where s.account_id between :first and :last
                          and o.account_id between :first and :last and a.id between :first and :last
                          and o.scored_at >= :midnight and s.week = :week and o.basis >> 32 = :stamp
                          and coalesce(a.segment, '') = s.segment
                          and not exists (select from accounts.changed c where c.account_id = s.account_id)
                          and not exists (select from health.parked p where p.account_id = s.account_id)
                        order by s.account_id
                        """)
                .param("first", accounts.getFirst().value())
                .param("last", accounts.getLast().value())
                .param("midnight", basis.day().atStartOfDay().atOffset(ZoneOffset.UTC))
                .param("week", Weeks.monday(basis.day()))
                .param("stamp", basis.stamp())
                .query(row -> {
                    each.accept(Row.of(row));
                });
    }

    private record Row(
            UUID id,
            double score,
            Band band,
            double coverage,
            UUID model,
            String segment,
            @Nullable String stage,
            String reason,
            byte[] readings,
            Instant seen,
            int usual,
            short lacks) {

        static Row of(ResultSet row) throws SQLException {
            return new Row(
                    row.getObject(1, UUID.class),
                    row.getDouble(2),
                    Band.valueOf(row.getString(3)),
                    row.getDouble(4),
                    row.getObject(5, UUID.class),
                    row.getString(6),
                    row.getString(7),
                    row.getString(8),
                    row.getBytes(9),
                    row.getObject(10, OffsetDateTime.class).toInstant(),
                    (int) row.getLong(11),
                    row.getShort(12));
        }
    }
}
