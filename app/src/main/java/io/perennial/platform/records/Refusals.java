package io.perennial.platform.records;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Constraints of the database speak row by row: when a set-based statement is refused, the set is halved until the
 * rows at fault are alone, and the others are written.
 */
@Component
class Refusals {

    private final TransactionTemplate savepoint;

    Refusals(PlatformTransactionManager transactions) {
        this.savepoint = new TransactionTemplate(transactions);
        this.savepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    <T> void apply(List<T> rows, Consumer<List<T>> statement, BiConsumer<T, BadValue> refused) {
        if (rows.isEmpty()) {
            return;
        }
        try {
            savepoint.executeWithoutResult(status -> statement.accept(rows));
        } catch (DataIntegrityViolationException e) {
            if (rows.size() == 1) {
                refused.accept(rows.getFirst(), explained(e));
                return;
            }
            int half = rows.size() / 2;
            apply(rows.subList(0, half), statement, refused);
            apply(rows.subList(half, rows.size()), statement, refused);
        }
    }

    private static BadValue explained(DataIntegrityViolationException violation) {
        ServerErrorMessage server =
                violation.getMostSpecificCause() instanceof PSQLException e ? e.getServerErrorMessage() : null;
        String state = server == null ? "" : String.valueOf(server.getSQLState());
        String rule = server == null || server.getConstraint() == null ? "" : " (rule " + server.getConstraint() + ")";
        return switch (state) {
            case "23505" -> new BadValue("not_unique", "Another record already holds this value" + rule + ".");
            case "23503" -> new BadValue("unknown_reference", "Points to a record that does not exist" + rule + ".");
            case "23502" -> new BadValue("required", "A needed value is missing" + rule + ".");
            case "22003" -> new BadValue("out_of_range", "A number is too large.");
            default -> new BadValue("not_allowed", "These values do not go together" + rule + ".");
        };
    }
}
