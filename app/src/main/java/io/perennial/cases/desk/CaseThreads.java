package io.perennial.cases.desk;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * {@code cases.thread}: which letters belong to which case. Identities of ours are random and theirs travel only among the
 * readers of a thread, so naming one is a proof of having been there.
 */
@Repository
class CaseThreads {

    /** Longer lists make headers that servers refuse. */
    private static final int MOST_REFERENCES = 20;

    private final JdbcClient database;

    CaseThreads(JdbcClient database) {
        this.database = database;
    }

    /** The first that named it keeps it: nobody moves a thread by borrowing an identity. */
    void add(String messageId, UUID caseId, boolean ours) {
        database.sql("""
                insert into cases.thread (message_id, case_id, ours) values (:message, :case, :ours)
                on conflict do nothing
                """)
                .param("message", messageId)
                .param("case", caseId)
                .param("ours", ours)
                .update();
    }

    /** @param references oldest first; the latest that is known decides */
    Optional<UUID> caseOf(List<String> references) {
        return references.isEmpty()
                ? Optional.empty()
                : database.sql("""
                        select t.case_id from cases.thread t where t.message_id = any(:references)
                        order by array_position(cast(:references as text[]), t.message_id) desc limit 1
                        """)
                        .param("references", references.toArray(String[]::new))
                        .query(UUID.class)
                        .optional();
    }

    /** Letters of the case, oldest first: the beginning of the thread and the latest of it. */
    List<String> of(UUID caseId) {
        List<String> all = database.sql("select message_id from cases.thread where case_id = :case order by n")
                .param("case", caseId)
                .query((row, number) -> row.getString(1))
                .list();
        if (all.size() <= MOST_REFERENCES) {
            return all;
        }
        List<String> shown = new ArrayList<>(List.of(all.getFirst()));
        shown.addAll(all.subList(all.size() - MOST_REFERENCES + 1, all.size()));
        return shown;
    }
}
