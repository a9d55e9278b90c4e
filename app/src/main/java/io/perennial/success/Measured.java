package io.perennial.success;

import io.perennial.shared.AccountId;
import io.perennial.success.measures.OutcomeMeasure;
import io.perennial.success.measures.OutcomeSource;
import io.perennial.success.measures.OutcomeSource.Asked;
import io.perennial.success.measures.OutcomeSource.Value;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Live values of accounts that outcomes are read from. What is not known leaves the outcome as it was. */
@Component
public class Measured {

    private final JdbcClient database;
    private final ObjectProvider<OutcomeSource> sources;
    private final Clock clock;

    Measured(JdbcClient database, ObjectProvider<OutcomeSource> sources, Clock clock) {
        this.database = database;
        this.sources = sources;
        this.clock = clock;
    }

    /** All that an outcome can be bound to, by title. */
    public List<OutcomeMeasure> measures() {
        return sources.stream()
                .flatMap(source -> source.measures().stream())
                .sorted(Comparator.comparing(OutcomeMeasure::title))
                .toList();
    }

    public Optional<OutcomeMeasure> find(String id) {
        return sources.stream()
                .flatMap(source -> source.measures().stream())
                .filter(measure -> measure.id().equals(id))
                .findFirst();
    }

    /** @throws SuccessRefused when an outcome cannot be bound like that */
    void check(String measure, String subject, @Nullable BigDecimal target) {
        if (measure.isEmpty()) {
            return;
        }
        OutcomeMeasure known = find(measure)
                .orElseThrow(() -> new SuccessRefused("There is no such live measure: " + shortened(measure)));
        if (target == null) {
            throw new SuccessRefused("A live measure is a number: say which target it is to reach.");
        }
        if (known.ofFeature()) {
            boolean there = database.sql("select exists (select from usage.feature where id <> 0 and name = :name)")
                    .param("name", subject)
                    .query(Boolean.class)
                    .single();
            if (!there) {
                throw new SuccessRefused(
                        subject.isEmpty()
                                ? "Choose the feature whose use is measured."
                                : "There is no such feature in the catalogue: " + shortened(subject));
            }
        }
    }

    boolean canBind(Blueprint.Aim aim) {
        try {
            check(aim.measure(), aim.subject(), aim.target().isEmpty() ? null : new BigDecimal(aim.target()));
            return true;
        } catch (SuccessRefused no) {
            return false;
        }
    }

    private static String shortened(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }

    /** @param outcomes bound ones that were looked at */
    record Done(int outcomes, int changed) {

        Done and(Done other) {
            return new Done(outcomes + other.outcomes, changed + other.changed);
        }
    }

    private record Bound(UUID id, Asked asked) {}

    /** Reads what outcomes of open plans of these accounts are bound to, in the caller's transaction or its own. */
    @Transactional
    Done read(Collection<UUID> accounts) {
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        List<Bound> bound = database.sql("""
                select o.id, o.account_id, o.measure, coalesce(o.subject, '') as subject
                from success.outcome o join success.plan p on p.id = o.plan_id
                where o.account_id = any(:accounts) and o.measure is not null and o.target is not null and p.phase = 'open'
                order by o.id
                """)
                .param("accounts", accounts.toArray(UUID[]::new))
                .query((row, number) -> new Bound(
                        row.getObject("id", UUID.class),
                        new Asked(
                                new AccountId(row.getObject("account_id", UUID.class)),
                                row.getString("measure"),
                                row.getString("subject"))))
                .list();
        if (bound.isEmpty()) {
            return new Done(0, 0);
        }
        Map<Asked, Value> values = values(bound, today);
        List<UUID> ids = new ArrayList<>();
        List<BigDecimal> actuals = new ArrayList<>();
        List<LocalDate> days = new ArrayList<>();
        for (Bound one : bound) {
            Value value = values.get(one.asked());
            if (value != null) {
                ids.add(one.id());
                actuals.add(value.value());
                days.add(value.on());
            }
        }
        if (ids.isEmpty()) {
            return new Done(bound.size(), 0);
        }
        List<AccountId> changed = database.sql("""
                update success.outcome o set actual = k.actual, actual_on = k.day, updated_at = :now, version = o.version + 1
                from unnest(:ids, :actuals::numeric[], :days::date[]) k (id, actual, day)
                where o.id = k.id and (o.actual, o.actual_on) is distinct from (k.actual, k.day)
                  and k.day >= coalesce(o.actual_on, k.day)
                returning o.account_id
                """)
                .param("ids", ids.toArray(UUID[]::new))
                .param(
                        "actuals",
                        actuals.stream().map(BigDecimal::toPlainString).toArray(String[]::new))
                .param("days", days.stream().map(LocalDate::toString).toArray(String[]::new))
                .param("now", Timestamp.from(now))
                .query((row, number) -> new AccountId(row.getObject(1, UUID.class)))
                .list();
        return new Done(bound.size(), changed.size());
    }

    private Map<Asked, Value> values(List<Bound> bound, LocalDate today) {
        Map<Asked, Value> values = new HashMap<>();
        sources.stream().forEach(source -> {
            Set<String> own =
                    source.measures().stream().map(OutcomeMeasure::id).collect(java.util.stream.Collectors.toSet());
            Set<Asked> asked = new LinkedHashSet<>();
            bound.stream()
                    .map(Bound::asked)
                    .filter(one -> own.contains(one.measure()))
                    .forEach(asked::add);
            if (!asked.isEmpty()) {
                values.putAll(source.read(asked, today));
            }
        });
        values.values().removeIf(Objects::isNull);
        return values;
    }
}
