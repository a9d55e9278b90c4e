package io.perennial.health;

import io.perennial.accounts.list.Portfolio;
import io.perennial.health.model.Band;
import io.perennial.identity.Viewer;
import io.perennial.shared.AccountId;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Sums over the accounts a viewer may see. */
@Component
class PortfolioHealth {

    private static final int WEEKS = 13;
    private static final int MOST_MOVED = 1_000;

    /** Movement over so many days up to today is kept beside the scores. */
    private static final int KEPT_DAYS = 28;

    private final JdbcClient database;
    private final Portfolio portfolio;
    private final Clock clock;

    PortfolioHealth(JdbcClient database, Portfolio portfolio, Clock clock) {
        this.database = database;
        this.portfolio = portfolio;
        this.clock = clock;
    }

    List<BandCount> bands(Viewer viewer) {
        return portfolio.moves(viewer).map(PortfolioHealth::counted).orElseGet(() -> bandsOfDatabase(viewer));
    }

    private static List<BandCount> counted(List<Portfolio.Move> moves) {
        return moves.stream()
                .map(move -> new BandCount(band(move.now()), move.currency(), move.accounts(), move.arr()))
                .toList();
    }

    private static Band band(@Nullable String name) {
        return name == null ? Band.UNKNOWN : Band.valueOf(name);
    }

    private List<BandCount> bandsOfDatabase(Viewer viewer) {
        return database.sql("""
                        select coalesce(band, 'UNKNOWN') as band, currency, count(*) as accounts,
                               coalesce(sum(arr), 0) as arr
                        from accounts.overview
                        where :everything or owner_id = :member
                        group by 1, 2 order by 2 nulls last, 1
                        """)
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .query((row, number) -> new BandCount(
                        Band.valueOf(row.getString("band")),
                        row.getString("currency"),
                        row.getLong("accounts"),
                        row.getBigDecimal("arr")))
                .list();
    }

    /** The bands at the ends of both days. An account without history that day counts as unknown. */
    List<Movement> movement(Viewer viewer, LocalDate from, LocalDate to) {
        boolean usual = to.equals(today()) && from.equals(to.minusDays(KEPT_DAYS));
        return (usual ? portfolio.moves(viewer) : Optional.<List<Portfolio.Move>>empty())
                .map(moves -> moves.stream()
                        .map(move -> new Movement(
                                band(move.before()), band(move.now()), move.currency(), move.accounts(), move.arr()))
                        .toList())
                .orElseGet(() -> movementOfDatabase(viewer, from, to));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private List<Movement> movementOfDatabase(Viewer viewer, LocalDate from, LocalDate to) {
        return database.sql("""
                        select coalesce(a.band, 'UNKNOWN') as from_band, coalesce(b.band, 'UNKNOWN') as to_band,
                               o.currency, count(*) as accounts, coalesce(sum(o.arr), 0) as arr
                        from accounts.overview o
                        left join lateral (select band from health.score_change c
                                           where c.account_id = o.account_id and c.at < :from
                                           order by c.at desc limit 1) a on true
                        left join lateral (select band from health.score_change c
                                           where c.account_id = o.account_id and c.at < :to
                                           order by c.at desc limit 1) b on true
                        where :everything or o.owner_id = :member
                        group by 1, 2, 3 order by 3 nulls last, 1, 2
                        """)
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .param("from", endOf(from))
                .param("to", endOf(to))
                .query((row, number) -> new Movement(
                        Band.valueOf(row.getString("from_band")),
                        Band.valueOf(row.getString("to_band")),
                        row.getString("currency"),
                        row.getLong("accounts"),
                        row.getObject("arr", BigDecimal.class)))
                .list();
    }

    /** The accounts behind a cell of the matrix, those with the highest revenue first. */
    List<MovedAccount> moved(Viewer viewer, LocalDate from, LocalDate to, Band was, Band is) {
        return database.sql("""
                        select o.account_id, coalesce(o.name, '') as name, coalesce(o.owner_name, '') as owner_name,
                               o.score, o.band, o.arr, o.currency, coalesce(o.reason, '') as reason
                        from accounts.overview o
                        left join lateral (select band from health.score_change c
                                           where c.account_id = o.account_id and c.at < :from
                                           order by c.at desc limit 1) a on true
                        left join lateral (select band from health.score_change c
                                           where c.account_id = o.account_id and c.at < :to
                                           order by c.at desc limit 1) b on true
                        where (:everything or o.owner_id = :member)
                          and coalesce(a.band, 'UNKNOWN') = :was and coalesce(b.band, 'UNKNOWN') = :is
                        order by o.arr desc nulls last, o.account_id limit :most
                        """)
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .param("from", endOf(from))
                .param("to", endOf(to))
                .param("was", was.name())
                .param("is", is.name())
                .param("most", MOST_MOVED)
                .query((row, number) -> new MovedAccount(
                        new AccountId(row.getObject("account_id", UUID.class)),
                        row.getString("name"),
                        row.getString("owner_name"),
                        row.getObject("score") == null ? null : row.getDouble("score"),
                        row.getString("band"),
                        row.getBigDecimal("arr"),
                        row.getString("currency"),
                        row.getString("reason")))
                .list();
    }

    List<BandWeek> distribution(Viewer viewer) {
        LocalDate monday = today().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        return portfolio
                .weeks(viewer)
                .map(weeks -> weeks.stream()
                        .map(week -> new BandWeek(
                                monday.minusWeeks(week.ago()),
                                week.healthy(),
                                week.watch(),
                                week.atRisk(),
                                week.unknown()))
                        .toList())
                .orElseGet(() -> distributionOfDatabase(viewer));
    }

    /** For what the numbers of a week mean see {@link io.perennial.accounts.list.HealthWeek}. */
    private List<BandWeek> distributionOfDatabase(Viewer viewer) {
        return database.sql("""
                        select s.week - 7 * (array_length(k.weekly, 1) - w.place::int) as week,
                               count(*) filter (where w.kept / 128 = 3 or w.kept between 70 and 127) as healthy,
                               count(*) filter (where w.kept / 128 = 2 or w.kept between 45 and 69) as watch,
                               count(*) filter (where w.kept / 128 = 1 or w.kept between 0 and 44) as at_risk,
                               count(*) filter (where w.kept = -1) as unknown
                        from health.score s
                        join accounts.overview o on o.account_id = s.account_id
                        cross join lateral (select s.weekly || coalesce(o.spark[13], cast(-1 as smallint)) as weekly) k
                        cross join unnest(k.weekly) with ordinality as w (kept, place)
                        where w.place > array_length(k.weekly, 1) - :weeks and (:everything or o.owner_id = :member)
                        group by 1 order by 1
                        """)
                .param("weeks", WEEKS)
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .query((row, number) -> new BandWeek(
                        row.getObject("week", LocalDate.class),
                        row.getLong("healthy"),
                        row.getLong("watch"),
                        row.getLong("at_risk"),
                        row.getLong("unknown")))
                .list();
    }

    private static Timestamp endOf(LocalDate day) {
        return Timestamp.from(day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
    }
}
