package io.perennial.health.scoring;

import io.perennial.accounts.AccountIds;
import io.perennial.health.measures.MeasureQuery;
import io.perennial.health.model.AccountReadings;
import io.perennial.health.model.HealthModel;
import io.perennial.health.model.MeasureRule;
import io.perennial.health.model.Norms;
import io.perennial.health.model.Reading;
import io.perennial.health.model.Score;
import io.perennial.health.model.Scoring;
import io.perennial.shared.AccountId;
import io.perennial.shared.Span;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The one path from facts to scores: live, full recompute, history, back-test and as-of all come through here, with
 * nothing but the instant and the models different.
 */
@Component
public class Assessments {

    /** An open alarm on this measure turns an account red, if the model gives it enough weight. */
    private static final String ALARM = "usage_drop";

    private final JdbcClient database;
    private final Measures measures;
    private final StoredNorms norms;
    private final Spent spent;

    Assessments(JdbcClient database, Measures measures, StoredNorms norms, Spent spent) {
        this.spent = spent;
        this.database = database;
        this.measures = measures;
        this.norms = norms;
    }

    /** Accounts that do not exist or that no model is for are left out. */
    List<Assessment> of(Collection<AccountId> accounts, Instant asOf, List<ModelVersion> models) {
        return of(new MeasureQuery(accounts, asOf, LocalDate.ofInstant(asOf, ZoneOffset.UTC)), models);
    }

    List<Assessment> of(MeasureQuery query, List<ModelVersion> models) {
        Map<UUID, Norms> normsByModel = new HashMap<>();
        Map<UUID, Integer> fingerprints = new HashMap<>();
        List<Assessment> assessments = new ArrayList<>(query.accounts().size());
        long start = System.nanoTime();
        Map<AccountId, AccountReadings> read = readings(query, models);
        start = spent.on(Spent.On.READING, start);
        read.forEach((account, readings) -> {
            ModelVersion model = modelFor(models, readings);
            if (model != null) {
                Norms usual = normsByModel.computeIfAbsent(model.id(), id -> usual(query, id));
                assessments.add(new Assessment(
                        account,
                        model,
                        readings,
                        score(model.model(), usual, readings, query.today()),
                        fingerprints.computeIfAbsent(model.id(), id -> usual.hashCode())));
            }
        });
        spent.on(Spent.On.SCORING, start);
        return assessments;
    }

    /** The score of readings that were stored: the breakdown is computed again rather than kept. */
    Score again(ModelVersion model, AccountReadings readings, LocalDate today) {
        return score(model.model(), norms.on(today, model.id()), readings, today);
    }

    Map<AccountId, AccountReadings> readings(Collection<AccountId> accounts, Instant asOf, List<ModelVersion> models) {
        return readings(new MeasureQuery(accounts, asOf, LocalDate.ofInstant(asOf, ZoneOffset.UTC)), models);
    }

    Map<AccountId, AccountReadings> readings(MeasureQuery query, List<ModelVersion> models) {
        Span span = query.once().span();
        List<Profile> profiles =
                span == null ? profiles(query.accounts()) : span.of(this, () -> profiles(span.accounts()));
        ReadingTable table = measures.read(query);
        Set<String> notConnected = span == null
                ? measures.notConnected(query.today(), named(models))
                : span.ofEverybody(
                        List.of(measures, query.today()), () -> measures.notConnected(query.today(), named(models)));
        Map<AccountId, AccountReadings> readings = HashMap.newHashMap(profiles.size());
        for (Profile profile : profiles) {
            readings.put(
                    profile.account(),
                    new AccountReadings(
                            profile.segment(),
                            profile.stage(),
                            table.of(profile.account()),
                            table.notApplicableTo(profile.account()),
                            notConnected));
        }
        return readings;
    }

    private Norms usual(MeasureQuery query, UUID model) {
        Span span = query.once().span();
        return span == null
                ? norms.on(query.today(), model)
                : span.ofEverybody(List.of(norms, query.today(), model), () -> norms.on(query.today(), model));
    }

    static Score score(HealthModel model, Norms usual, AccountReadings readings, LocalDate today) {
        Reading alarm = readings.readings().get(ALARM);
        return Scoring.score(
                model, usual, readings, today, alarm != null && alarm.value() > 0 ? Set.of(ALARM) : Set.of());
    }

    static @Nullable ModelVersion modelFor(List<ModelVersion> models, AccountReadings account) {
        for (ModelVersion version : models) {
            if (version.model().match().matches(account.segment(), account.stage())) {
                return version;
            }
        }
        return null;
    }

    static Set<String> named(List<ModelVersion> models) {
        Set<String> named = new HashSet<>();
        models.forEach(version ->
                version.model().rules().stream().map(MeasureRule::measure).forEach(named::add));
        return named;
    }

    private List<Profile> profiles(Collection<AccountId> accounts) {
        return database.sql("select id, segment, stage from accounts.account where id = any(:ids)")
                .param("ids", AccountIds.array(accounts))
                .query((row, number) -> new Profile(
                        new AccountId(row.getObject("id", UUID.class)),
                        row.getString("segment") == null ? "" : row.getString("segment"),
                        row.getString("stage")))
                .list();
    }

    private record Profile(
            AccountId account, String segment, @Nullable String stage) {}
}
