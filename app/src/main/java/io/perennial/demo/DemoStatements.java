package io.perennial.demo;

import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.shared.AccountId;
import io.perennial.statements.Period;
import io.perennial.statements.StatementWork;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What some customers of the demo company were told of the last quarter, and one draft that waits for a look. */
@Component
class DemoStatements {

    private static final List<String> SENT = List.of("oslo-ferry", "norda-bank", "cedar-vine");
    private static final String WAITS = "greyhaven";
    private static final int QUARTER = 3;

    private final StatementWork work;
    private final JdbcClient database;

    DemoStatements(StatementWork work, JdbcClient database) {
        this.work = work;
        this.database = database;
    }

    void load(LocalDate today) {
        Viewer ana = database.sql("select id, name from identity.team_member where external_id = 'ana'")
                .query((row, number) -> new Viewer(
                        row.getObject(1, UUID.class), row.getString(2), "ana@lumenworks.example", Role.LEADER, true))
                .single();
        Period quarter = Period.last(QUARTER, today);
        draft(WAITS, quarter, ana);
        for (String customer : SENT) {
            sent(draft(customer, quarter, ana), customer, quarter, ana);
        }
    }

    private UUID draft(String customer, Period quarter, Viewer viewer) {
        AccountId account = database.sql("select id from accounts.account where external_id = :id")
                .param("id", customer)
                .query((row, number) -> new AccountId(row.getObject(1, UUID.class)))
                .single();
        return work.draft(account, quarter.from(), quarter.lastDay(), viewer).statement();
    }

    /** As it would stand there; no letter leaves. */
    private void sent(UUID statement, String customer, Period quarter, Viewer viewer) {
        database.sql("""
                with told as (
                    update statements.statement set state = 'sent', approved_at = cast(:at as timestamptz), approved_by = :by
                    where id = :statement returning account_id, number
                )
                insert into statements.sending
                    (id, statement_id, account_id, number, edition, contact_id, contact_name, sent_at, sent_by)
                select gen_random_uuid(), :statement, t.account_id, t.number, 'business', c.id, c.name,
                    cast(:at as timestamptz), :by
                from told t join accounts.contact c on c.account_id = t.account_id and c.external_id = :contact
                """)
                .param("statement", statement)
                .param("contact", customer + "-champion")
                .param(
                        "at",
                        Timestamp.from(
                                quarter.until().atStartOfDay().plusHours(9).toInstant(ZoneOffset.UTC)))
                .param("by", viewer.name())
                .update();
    }
}
