package io.perennial.defects;

import io.perennial.contracts.RecurringRevenue;
import io.perennial.health.measures.MeasureQuery;
import io.perennial.health.measures.Readings;
import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.Records;
import io.perennial.shared.AccountId;
import io.perennial.world.People;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A register of defects on 24 November 2026. */
abstract class DefectStory {

    static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

    @Autowired
    JdbcClient database;

    @Autowired
    DefectEditing editing;

    @Autowired
    DefectCases cases;

    @Autowired
    DefectHits hits;

    @Autowired
    DefectAskers askers;

    @Autowired
    Defects defects;

    @Autowired
    Affected affected;

    @Autowired
    Costs costs;

    @Autowired
    Satisfaction satisfaction;

    @Autowired
    DefectMeasures measures;

    @Autowired
    RecurringRevenue revenue;

    @Autowired
    Records records;

    @Autowired
    People people;

    Broken broken;

    @BeforeEach
    void aRegister() {
        broken = new Broken(database, editing, cases);
    }

    Costs.Cost cost(UUID defect) {
        return costs.of(List.of(defects.find(defect).orElseThrow())).getOrDefault(defect, Costs.Cost.none(""));
    }

    static RecordRow row(String id, Map<String, Object> values) {
        return new RecordRow(1, id, new LinkedHashMap<>(values), Map.of());
    }

    String load(AccountId account, String asOf) {
        List<String> read = new ArrayList<>();
        Instant at = Instant.parse(asOf);
        measures.read(new MeasureQuery(List.of(account), at, TODAY), new Readings() {
            @Override
            public void read(AccountId of, String measure, double value, LocalDate on, String evidence) {
                read.add(value + " " + evidence);
            }

            @Override
            public void notApplicable(AccountId of, String measure) {
                read.add("n/a");
            }
        });
        return read.getFirst();
    }
}
