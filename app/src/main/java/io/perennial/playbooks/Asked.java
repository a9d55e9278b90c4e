package io.perennial.playbooks;

import io.perennial.engagement.AlreadyAsked;
import io.perennial.playbooks.Running.Due;
import io.perennial.shared.AccountId;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Whether the module that knows a fact has asked somebody already. Modules ask more precisely than playbooks, with a name and a reason,
 * so the first task of a run gives way to theirs; what the run asks for later is another thing to do.
 */
@Component
class Asked {

    private final JdbcClient database;
    private final ObjectProvider<AlreadyAsked> modules;

    Asked(JdbcClient database, ObjectProvider<AlreadyAsked> modules) {
        this.database = database;
        this.modules = modules;
    }

    /** @return who has which task, in words; empty when the run asks itself */
    Optional<String> already(Due run) {
        return cause(run)
                .flatMap(cause -> modules.orderedStream()
                        .flatMap(module -> module.task(new AccountId(run.account()), cause).stream())
                        .findFirst()
                        .map(this::words));
    }

    /** Of the signal that started it, while it has asked for nothing. */
    private Optional<String> cause(Due run) {
        return database.sql("""
                select cause from health.signal where id = :signal
                  and not exists (select from playbooks.act where run_id = :run and kind = 'task')
                """)
                .param("signal", run.signal(), java.sql.Types.OTHER)
                .param("run", run.id())
                .query(String.class)
                .optional();
    }

    private String words(UUID task) {
        return database.sql("""
                select 'No task: ' || coalesce(m.name, 'nobody yet') || case when t.done_at is null then ' has' else ' had' end
                    || ' one for this already: ' || t.title
                from engagement.task t left join identity.team_member m on m.id = t.owner_id where t.id = :task
                """).param("task", task).query(String.class).single();
    }
}
