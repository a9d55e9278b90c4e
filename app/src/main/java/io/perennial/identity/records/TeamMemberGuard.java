package io.perennial.identity.records;

import io.perennial.identity.Role;
import io.perennial.platform.records.RecordRow;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Files and programs bring colleagues, but nobody becomes powerful that way: administrators are made on the team page,
 * and of people who can sign in neither role, portfolio nor e-mail changes from outside it.
 */
@Component
class TeamMemberGuard {

    private static final Set<String> PROTECTED = Set.of("role", "portfolio", "email");

    private final JdbcClient database;

    TeamMemberGuard(JdbcClient database) {
        this.database = database;
    }

    Map<Integer, String> refuse(List<RecordRow> rows) {
        Map<String, Present> signIn = canSignIn(rows);
        Map<Integer, String> refused = new HashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            RecordRow row = rows.get(i);
            Present present = signIn.get(row.externalId());
            String reason = present == null ? refuseNew(row) : refuseChange(row, present);
            if (reason != null) {
                refused.put(i, reason);
            }
        }
        return refused;
    }

    private static @Nullable String refuseNew(RecordRow row) {
        return Role.ADMIN.name().equals(row.values().get("role"))
                ? "Administrators are made on the team page only."
                : null;
    }

    private static @Nullable String refuseChange(RecordRow row, Present present) {
        Set<String> changed = new HashSet<>();
        for (String column : PROTECTED) {
            if (row.values().containsKey(column)
                    && !present.has(column, row.values().get(column))) {
                changed.add(column);
            }
        }
        return changed.isEmpty()
                ? null
                : "This member can sign in; "
                        + String.join(", ", changed.stream().sorted().toList()) + " changes on the team page only.";
    }

    private Map<String, Present> canSignIn(List<RecordRow> rows) {
        Map<String, Present> present = new HashMap<>();
        database.sql("""
                select external_id, role, portfolio, email from identity.team_member
                where external_id = any(:ids) and (password_hash is not null or role = 'ADMIN')
                """)
                .param("ids", rows.stream().map(RecordRow::externalId).toArray(String[]::new))
                .query(row -> {
                    present.put(
                            row.getString("external_id"),
                            new Present(row.getString("role"), row.getString("portfolio"), row.getString("email")));
                });
        return present;
    }

    private record Present(String role, String portfolio, String email) {

        boolean has(String column, @Nullable Object value) {
            String text = String.valueOf(value);
            return switch (column) {
                case "role" -> role.equals(text);
                case "portfolio" -> portfolio.equals(text);
                default -> email.equalsIgnoreCase(text);
            };
        }
    }
}
