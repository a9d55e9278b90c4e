package io.perennial.cases.tone;

import io.perennial.accounts.Changes;
import io.perennial.cases.ArrivedMessage;
import io.perennial.cases.MessageListener;
import io.perennial.platform.records.RecordListener;
import io.perennial.platform.records.RecordType;
import io.perennial.shared.AccountId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the tone of a customer's message in the transaction in which it arrives, however it arrives. */
@Component
class Listening implements MessageListener, RecordListener {

    private static final String PERSON = "customer";
    private static final String MESSAGES = "case-messages";

    private final ToneRows rows;
    private final JdbcClient database;
    private final Changes changes;

    Listening(ToneRows rows, JdbcClient database, Changes changes) {
        this.rows = rows;
        this.database = database;
        this.changes = changes;
    }

    @Override
    public void arrived(ArrivedMessage message) {
        if (message.kind().equals(PERSON)) {
            rows.read(List.of(new ToneRows.Heard(
                    message.message(), message.caseId(), message.at(), message.text(), message.language())));
            changes.mark(Set.of(message.account()));
        }
    }

    @Override
    public void written(RecordType type, Set<UUID> records, Set<AccountId> accounts) {
        if (type.name().equals(MESSAGES) && rows.read(rows.heard(records))) {
            changes.mark(database.sql("""
                    select distinct c.account_id from cases.message m join cases.support_case c on c.id = m.case_id
                    where m.id = any(:ids)
                    """)
                    .param("ids", records.toArray(UUID[]::new))
                    .query((row, number) -> new AccountId(row.getObject(1, UUID.class)))
                    .list());
        }
    }
}
