package io.perennial.growth;

import io.perennial.growth.Opportunity.Evidence;
import io.perennial.growth.Opportunity.ProposalLine;
import io.perennial.shared.AccountId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The rows of opportunities, and snapshots of them for undo. */
@Repository
class OpportunityRows {

    static final String SELECT = """
            select o.*, a.name as account_name, m.name as owner_name
            from growth.opportunity o
            join accounts.account a on a.id = o.account_id
            left join identity.team_member m on m.id = o.owner_id
            """;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(tools.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** What people change; the rest stays as it was when it began. */
    private static final String FIELDS = "external_id, account_id, name, kind, product, program, amount, currency,"
            + " probability, owner_id, stage, expected_on, closed_on, reason, sourced_by, description, cause, evidence,"
            + " proposal, proposal_lines, proposal_sent_on, created_at";

    private final JdbcClient database;

    OpportunityRows(JdbcClient database) {
        this.database = database;
    }

    Optional<Opportunity> find(UUID id) {
        return database.sql(SELECT + " where o.id = :id")
                .param("id", id)
                .query(OpportunityRows::opportunity)
                .optional();
    }

    /** What an opportunity begins with. */
    record Beginning(
            UUID id,
            String externalId,
            AccountId account,
            String name,
            UUID owner,
            @Nullable String cause,
            List<Evidence> evidence) {}

    /** Its identity, or that of the one that began with the same external id before. */
    UUID begin(Beginning one, Instant now) {
        int written = database.sql("""
                insert into growth.opportunity (id, external_id, account_id, name, owner_id, cause, evidence, created_at, updated_at)
                values (:id, :external, :account, :name, :owner, :cause, cast(:evidence as jsonb), :now, :now)
                on conflict (external_id) do nothing
                """)
                .param("id", one.id())
                .param("external", one.externalId())
                .param("account", one.account().value())
                .param("name", one.name())
                .param("owner", one.owner())
                .param("cause", one.cause())
                .param("evidence", json(one.evidence()))
                .param("now", Timestamp.from(now))
                .update();
        return written == 1
                ? one.id()
                : database.sql("select id from growth.opportunity where external_id = :external")
                        .param("external", one.externalId())
                        .query(UUID.class)
                        .single();
    }

    /** Until the end of the transaction nobody else changes it. */
    @Nullable
    String lock(UUID id) {
        database.sql("select id from growth.opportunity where id = :id for update")
                .param("id", id)
                .query(UUID.class)
                .optional();
        return snapshot(id);
    }

    @Nullable
    String snapshot(UUID id) {
        return database.sql("select to_jsonb(f) from (select " + FIELDS + " from growth.opportunity where id = :id) f")
                .param("id", id)
                .query(String.class)
                .optional()
                .orElse(null);
    }

    /** Puts back what was before, if the row is still as it was left. */
    boolean restore(UUID id, @Nullable String before, @Nullable String after, Instant now) {
        String own = "t." + FIELDS.replace(", ", ", t.");
        String unchanged = "(select to_jsonb(f) from (select " + own + ") f) = cast(:after as jsonb)";
        if (before == null) {
            return database.sql("delete from growth.opportunity t where t.id = :id and " + unchanged)
                            .param("id", id)
                            .param("after", after)
                            .update()
                    == 1;
        }
        return database.sql("update growth.opportunity t set (" + FIELDS + ") = (select " + FIELDS
                                + " from jsonb_populate_record(null::growth.opportunity, cast(:before as jsonb))),"
                                + " updated_at = :now, version = version + 1 where t.id = :id and " + unchanged)
                        .param("id", id)
                        .param("before", before)
                        .param("after", after)
                        .param("now", Timestamp.from(now))
                        .update()
                == 1;
    }

    static Opportunity opportunity(ResultSet row, int number) throws SQLException {
        return new Opportunity(
                row.getObject("id", UUID.class),
                new AccountId(row.getObject("account_id", UUID.class)),
                row.getString("account_name"),
                row.getString("name"),
                OpportunityKind.find(text(row, "kind")).orElse(OpportunityKind.EXPANSION),
                text(row, "product"),
                text(row, "program"),
                row.getBigDecimal("amount"),
                row.getString("currency"),
                row.getBigDecimal("probability"),
                row.getObject("owner_id", UUID.class),
                row.getString("owner_name"),
                Stage.find(text(row, "stage")).orElse(Stage.FOUND),
                row.getObject("expected_on", LocalDate.class),
                row.getObject("ended_on", LocalDate.class),
                text(row, "reason"),
                text(row, "sourced_by"),
                text(row, "description"),
                evidence(text(row, "evidence")),
                text(row, "proposal"),
                lines(text(row, "proposal_lines")),
                row.getObject("proposal_sent_on", LocalDate.class),
                row.getTimestamp("created_at").toInstant(),
                row.getInt("version"));
    }

    private static String text(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        return text == null ? "" : text;
    }

    private static List<Evidence> evidence(String json) {
        List<Evidence> found = new ArrayList<>();
        for (JsonNode one : JSON.readTree(json.isEmpty() ? "[]" : json)) {
            found.add(new Evidence(
                    one.path("title").asString(""),
                    one.path("text").asString(""),
                    one.path("how").asString(""),
                    one.path("on").asString("")));
        }
        return found;
    }

    private static List<ProposalLine> lines(String json) {
        List<ProposalLine> found = new ArrayList<>();
        for (JsonNode one : JSON.readTree(json.isEmpty() ? "[]" : json)) {
            found.add(new ProposalLine(
                    one.path("what").asString(""),
                    one.path("quantity").decimalValue(),
                    one.path("price").decimalValue()));
        }
        return found;
    }

    static String json(List<?> rows) {
        return JSON.writeValueAsString(rows);
    }
}
