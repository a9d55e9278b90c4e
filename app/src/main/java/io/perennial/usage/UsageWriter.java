package io.perennial.usage;

import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.RecordWriter;
import io.perennial.platform.records.RowOutcome;
import io.perennial.platform.records.RowOutcome.Problem;
import io.perennial.platform.records.RowOutcome.Result;
import io.perennial.shared.Actor;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Writes usage facts and, in the same transaction, the rollups that follow from them. A row without external id is
 * known by account, user, feature and day; an external id tells facts apart that share those four, and does not
 * follow a fact to another day. The records engine marks the accounts of rows written; what all accounts did together is
 * sealed by the live loop when the writers are done, not by each of the thousands of batches of a history.
 */
@Component
class UsageWriter implements RecordWriter {

    private final DailyFacts daily;
    private final Catalogue catalogue;
    private final Months months;
    private final Rollups rollups;

    UsageWriter(DailyFacts daily, Catalogue catalogue, Months months, Rollups rollups) {
        this.daily = daily;
        this.catalogue = catalogue;
        this.months = months;
        this.rollups = rollups;
    }

    @Override
    public List<String> identity() {
        return List.of("account", "contract", "contract_line", "user", "feature", "day");
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public List<RowOutcome> write(List<RecordRow> rows, Actor actor, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        FactReader reader = new FactReader(today.plusDays(1));
        for (int position = 0; position < rows.size(); position++) {
            reader.read(position, rows.get(position));
        }
        Map<Integer, Result> results = store(reader.facts(), now);
        List<RowOutcome> outcomes = new ArrayList<>(rows.size());
        for (int position = 0; position < rows.size(); position++) {
            RecordRow row = rows.get(position);
            List<Problem> problems = reader.problems(position);
            Result result = problems.isEmpty() ? results.getOrDefault(position, Result.UNCHANGED) : Result.INVALID;
            outcomes.add(new RowOutcome(row.number(), row.externalId(), result, null, problems));
        }
        return outcomes;
    }

    private Map<Integer, Result> store(List<Fact> facts, Instant now) {
        if (facts.isEmpty()) {
            return Map.of();
        }
        months.ensure(facts.stream().map(Fact::day).collect(Collectors.toSet()));
        daily.lock();
        Map<Integer, Result> results = daily.upsert(facts, catalogue.features(facts, now), catalogue.users(facts));
        Set<AccountDay> touched = new HashSet<>();
        for (Fact fact : facts) {
            if (results.get(fact.position()) != Result.UNCHANGED) {
                touched.add(new AccountDay(fact.account(), fact.day()));
            }
        }
        if (!touched.isEmpty()) {
            rollups.recompute(touched);
        }
        return results;
    }
}
