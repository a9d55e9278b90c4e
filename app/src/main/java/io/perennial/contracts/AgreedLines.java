package io.perennial.contracts;

import io.perennial.platform.audit.History;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a contract's lines said on any day: of that day as it is known now, or as our records said it then. */
@Component
public class AgreedLines {

    private static final String TYPE = "contract-lines";
    private static final int MOST_CHANGES = 2_000;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final JdbcClient database;
    private final History history;

    AgreedLines(JdbcClient database, History history) {
        this.database = database;
        this.history = history;
    }

    /** Where a line stands on a day. */
    public enum State {
        TO_COME,
        RUNNING,
        ENDED
    }

    /**
     * A line on a day.
     *
     * @param annual what it brings in a year on that day, or while it ran, or will
     * @param endsOn as it was known on that day
     */
    public record Line(
            UUID id,
            String product,
            @Nullable String kind,
            @Nullable Integer seats,
            @Nullable BigDecimal amount,
            @Nullable String period,
            String currency,
            BigDecimal annual,
            LocalDate startsOn,
            @Nullable LocalDate endsOn,
            @Nullable Boolean autoRenew,
            @Nullable BigDecimal uplift,
            @Nullable BigDecimal escalator,
            State state) {}

    /**
     * All lines, what runs first.
     *
     * @param asKnown whether as our records said on that day, and not as they say now
     */
    public List<Line> on(UUID contract, LocalDate day, boolean asKnown) {
        Map<String, ObjectNode> rows = rows(contract);
        if (asKnown) {
            asKnown(rows, day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
        }
        ArrayNode all = JSON.createArrayNode();
        rows.values().forEach(all::add);
        return database.sql("""
                select l.*, contracts.end_known_on(l.ends_on, l.scheduled_ends_on, :day) as known_end,
                    contracts.price_on(l.worth, l.escalator, l.uplift, l.lowered, l.discount_ends_on, l.starts_on, l.first_end,
                        l.exact, l.months, l.runs_until, greatest(l.starts_on, least(:day, l.runs_until - 1))) as yearly,
                    case when l.starts_on > :day then 'TO_COME' when l.runs_until <= :day then 'ENDED' else 'RUNNING' end as state
                from (
                    select r.*, coalesce(r.ends_on, 'infinity') as first_end,
                        coalesce(case when w.annual <> 0 then w.annual end, contracts.annual_amount(
                            r.amount, r.period, r.kind, r.starts_on, coalesce(r.scheduled_ends_on, r.ends_on))) as worth,
                        w.discount as lowered, w.exact, w.months, coalesce(w.runs_until, r.ends_on, 'infinity') as runs_until
                    from jsonb_populate_recordset(null::contracts.contract_line, cast(:rows as jsonb)) r
                    left join contracts.contract_line n on n.id = r.id
                    -- Goes on by itself, or was replaced: as long as the records said the same of it.
                    left join contracts.lines(array(
                        select coalesce((select m.root from contracts.merged m where m.account_id = c.account_id), c.account_id)
                        from contracts.contract c where c.id = :contract)) w on w.line_id = r.id
                        and (n.amount, n.period, n.kind, n.starts_on, n.ends_on, n.scheduled_ends_on, n.auto_renew)
                            is not distinct from (r.amount, r.period, r.kind, r.starts_on, r.ends_on, r.scheduled_ends_on, r.auto_renew)
                    where r.contract_id = :contract
                ) l
                order by l.starts_on > :day, l.runs_until <= :day, l.starts_on desc, l.product, l.id
                limit :limit
                """)
                .param("rows", all.toString())
                .param("contract", contract)
                .param("day", day)
                .param("limit", Agreements.SHOWN)
                .query((row, number) -> new Line(
                        row.getObject("id", UUID.class),
                        row.getString("product"),
                        row.getString("kind"),
                        (Integer) row.getObject("seats"),
                        row.getBigDecimal("amount"),
                        row.getString("period"),
                        row.getString("currency"),
                        row.getBigDecimal("yearly"),
                        row.getObject("starts_on", LocalDate.class),
                        Agreements.day(row, "known_end"),
                        (Boolean) row.getObject("auto_renew"),
                        row.getBigDecimal("uplift"),
                        row.getBigDecimal("escalator"),
                        State.valueOf(row.getString("state"))))
                .list();
    }

    /** As they are now, by identity. */
    private Map<String, ObjectNode> rows(UUID contract) {
        Map<String, ObjectNode> rows = new LinkedHashMap<>();
        database.sql("""
                select l.id, (to_jsonb(l) - 'attributes')::text as said from contracts.contract_line l
                where l.contract_id = :contract order by l.starts_on desc, l.id limit :limit
                """)
                .param("contract", contract)
                .param("limit", Agreements.SHOWN)
                .query(row -> {
                    rows.put(row.getString("id"), object(row.getString("said")));
                });
        return rows;
    }

    /** Takes back, the latest first, what was changed from a moment on; what did not exist yet is left out. */
    private void asKnown(Map<String, ObjectNode> rows, Instant until) {
        rows.values()
                .removeIf(row -> row.path("created_at").isString()
                        && !moment(row.path("created_at").stringValue()).isBefore(until));
        for (History.Step step : history.of(TYPE, List.copyOf(rows.keySet()), MOST_CHANGES)) {
            ObjectNode row = rows.get(step.thing());
            if (row == null || step.at().isBefore(until)) {
                continue;
            }
            if (step.before() == null) {
                rows.remove(step.thing());
            } else {
                row.setAll(object(step.before()));
            }
        }
    }

    private static Instant moment(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }

    private static ObjectNode object(String json) {
        return (ObjectNode) JSON.readTree(json);
    }

    /** @param before as people read it; empty for nothing */
    public record Field(String name, String before, String after) {}

    /**
     * One change of what the contract or one of its lines says.
     *
     * @param what the product of a line; empty for the contract itself
     * @param fields empty when it came to be
     */
    public record Version(Instant at, String by, String what, boolean created, List<Field> fields) {}

    /** What our records were told, the latest first. */
    public List<Version> versions(UUID contract) {
        Map<String, String> products = new LinkedHashMap<>();
        rows(contract).forEach((id, row) -> products.put(id, row.path("product").asString("")));
        List<History.Step> steps =
                new ArrayList<>(history.of("contracts", List.of(contract.toString()), Agreements.SHOWN));
        steps.addAll(history.of(TYPE, products.keySet(), Agreements.SHOWN));
        return steps.stream()
                .filter(step -> step.after() != null)
                .sorted(Comparator.comparing(History.Step::at).reversed())
                .map(step -> version(step, products.getOrDefault(step.thing(), "")))
                .filter(version -> version.created() || !version.fields().isEmpty())
                .limit(Agreements.SHOWN)
                .toList();
    }

    private static Version version(History.Step step, String what) {
        List<Field> fields = new ArrayList<>();
        String before = step.before();
        String after = step.after();
        if (before != null && after != null) {
            ObjectNode was = object(before);
            object(after).properties().forEach(field -> {
                if (!field.getKey().endsWith("_id") && !field.getKey().equals("attributes")) {
                    fields.add(new Field(
                            field.getKey().replace('_', ' '),
                            was.path(field.getKey()).asString(""),
                            field.getValue().asString("")));
                }
            });
        }
        return new Version(step.at(), step.by(), what, before == null, fields);
    }
}
