package io.perennial.health;

import io.perennial.health.calibration.Calibration;
import io.perennial.health.calibration.Reliability;
import io.perennial.health.measures.DecidedRenewal;
import io.perennial.health.measures.RenewalSource;
import io.perennial.health.model.Band;
import io.perennial.health.scoring.ModelVersion;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;

/**
 * What a version's colours have meant: the renewals of two years that are decided, by the band that the account had 90
 * days before the decision. With fewer than thirty it is said how many there are, and nothing is claimed.
 */
@Component
public class ScoreMeaning {

    private static final int DAYS_BEFORE = 90;
    private static final int YEARS = 2;

    private final JdbcClient database;
    private final List<RenewalSource> sources;
    private final HealthModels models;
    private final Clock clock;

    ScoreMeaning(JdbcClient database, List<RenewalSource> sources, HealthModels models, Clock clock) {
        this.database = database;
        this.models = models;
        this.sources = sources;
        this.clock = clock;
    }

    /**
     * @param decided renewals of accounts that this version had scored 90 days before
     * @param bands the worst first; empty while there are too few decisions
     */
    public record Meaning(int decided, List<BandMeaning> bands) {

        /** For people: how far it is, or what is missing. */
        public String statement() {
            if (bands.isEmpty()) {
                return "Not enough history: " + decided + " of " + Calibration.LEAST_RENEWALS
                        + " decided renewals whose account this version had scored 90 days before.";
            }
            return "From " + decided + " decided renewals of two years, by the colour 90 days before the decision.";
        }
    }

    /**
     * What a colour has meant, whichever of the models in force gave it.
     *
     * @param lost share 0..1 of those who were not renewed, with a 90 % interval
     */
    public record Colour(String band, int decided, double lost, double low, double high) {}

    /** For other parts of the product that expect something of renewals; empty as long as nothing was decided. */
    public List<Colour> ofModelsInForce() {
        UUID[] versions = models.all().stream()
                .filter(ModelVersion::inForce)
                .map(ModelVersion::id)
                .toArray(UUID[]::new);
        return bands(versions).stream()
                .map(band -> new Colour(band.band().name(), band.decided(), band.lost(), band.low(), band.high()))
                .toList();
    }

    public Meaning of(ModelVersion version) {
        List<BandMeaning> bands = bands(version.id());
        int decided = bands.stream().mapToInt(BandMeaning::decided).sum();
        return new Meaning(decided, decided < Calibration.LEAST_RENEWALS ? List.of() : bands);
    }

    /** The worst first. */
    private List<BandMeaning> bands(UUID... versions) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        List<DecidedRenewal> renewals = sources.stream()
                .flatMap(source -> source.decided(today.minusYears(YEARS), today).stream())
                .toList();
        return database
                .sql("""
                select c.band, count(*)::int as decided, (count(*) filter (where not d.renewed))::int as lost
                from unnest(:accounts, :days, :renewed) as d (account_id, decided_on, renewed)
                cross join lateral (
                    select band, model_version from health.score_change c
                    where c.account_id = d.account_id
                        and c.at < (d.decided_on - :before)::timestamp at time zone 'UTC'
                    order by c.at desc limit 1) c
                where c.model_version = any(:versions) and c.band not in ('UNKNOWN', 'LEFT')
                group by c.band
                """)
                .param(
                        "accounts",
                        array("uuid", renewals.stream().map(one -> one.account().value())))
                .param("days", array("date", renewals.stream().map(DecidedRenewal::decidedOn)))
                .param("renewed", array("bool", renewals.stream().map(DecidedRenewal::renewed)))
                .param("before", DAYS_BEFORE)
                .param("versions", versions)
                .query((row, number) ->
                        meaning(Band.valueOf(row.getString("band")), row.getInt("decided"), row.getInt("lost")))
                .list()
                .stream()
                .sorted(Comparator.comparing(BandMeaning::band))
                .toList();
    }

    private static BandMeaning meaning(Band band, int decided, int lost) {
        Reliability.Bin bin = Reliability.bin((double) lost / decided, lost, decided);
        return new BandMeaning(band, decided, bin.observed(), bin.low(), bin.high());
    }

    private static SqlArrayValue array(String type, Stream<?> values) {
        return new SqlArrayValue(type, values.toArray());
    }
}
