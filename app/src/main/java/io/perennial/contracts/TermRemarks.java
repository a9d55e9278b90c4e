package io.perennial.contracts;

import io.perennial.platform.records.Column;
import io.perennial.platform.records.RecordRemarks;
import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.RecordType;
import io.perennial.platform.records.RowOutcome.Problem;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;

/** Use, cases and answers that name a contract or a line of it are odd outside its term. */
@Component
class TermRemarks implements RecordRemarks {

    private final JdbcClient database;

    TermRemarks(JdbcClient database) {
        this.database = database;
    }

    private record Term(
            @Nullable LocalDate startsOn, @Nullable LocalDate endsOn) {}

    @Override
    public Map<Integer, Problem> about(RecordType type, List<RecordRow> rows) {
        Map<Integer, Problem> odd = new HashMap<>();
        Column moment = type.moment().orElse(null);
        if (moment != null && type.column("contract_line").isPresent()) {
            judge(moment, rows, "contract_line", "contracts.contract_line", odd);
            judge(moment, rows, "contract", "contracts.contract", odd);
        }
        return odd;
    }

    private void judge(Column moment, List<RecordRow> rows, String column, String table, Map<Integer, Problem> odd) {
        Map<String, Term> terms = terms(
                table,
                rows.stream()
                        .map(row -> row.values().get(column))
                        .filter(Objects::nonNull)
                        .distinct()
                        .toArray());
        for (int index = 0; index < rows.size() && !terms.isEmpty(); index++) {
            RecordRow row = rows.get(index);
            Term term = terms.get(String.valueOf(row.values().get(column)));
            LocalDate day = RecordRemarks.day(moment, row);
            if (term != null && day != null) {
                Problem problem = odd(moment.name(), term, day);
                if (problem != null) {
                    odd.put(index, problem);
                }
            }
        }
    }

    private static @Nullable Problem odd(String column, Term term, LocalDate day) {
        if (term.startsOn() != null && day.isBefore(term.startsOn())) {
            return new Problem(
                    column,
                    "before_term",
                    "Dated before the contract or line that it names starts",
                    day + ", starts on " + term.startsOn());
        }
        // Ends are exclusive here, but many systems mean the last day by them: the end itself is not odd.
        if (term.endsOn() != null && day.isAfter(term.endsOn())) {
            return new Problem(
                    column,
                    "after_term",
                    "Dated after the contract or line that it names has ended",
                    day + ", ended on " + term.endsOn());
        }
        return null;
    }

    private Map<String, Term> terms(String table, Object[] externalIds) {
        Map<String, Term> terms = new HashMap<>();
        if (externalIds.length > 0) {
            database.sql("select external_id, starts_on, ends_on from " + table + " where external_id = any(:ids)")
                    .param("ids", new SqlArrayValue("text", externalIds))
                    .query(row -> {
                        terms.put(
                                row.getString(1),
                                new Term(row.getObject(2, LocalDate.class), row.getObject(3, LocalDate.class)));
                    });
        }
        return terms;
    }
}
