package io.perennial.playbooks;

import io.perennial.identity.Viewer;
import io.perennial.playbooks.Run.Act;
import io.perennial.playbooks.text.Program;
import io.perennial.shared.AccountId;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Runs as pages and programs read them, within the portfolio of whoever looks. */
@Component
public class Runs {

    public static final int PAGE = 50;

    private static final String RUN = """
            select r.*, p.key, v.name, v.number, v.text, a.name as account_name, a.external_id, x.*
            from playbooks.run r
            join playbooks.playbook p on p.id = r.playbook_id
            join playbooks.version v on v.id = r.version_id
            join accounts.account a on a.id = r.account_id
            left join lateral (
                select array_agg(s.position order by s.position) as positions, array_agg(s.kind order by s.position) as kinds,
                       array_agg(s.words order by s.position) as said, array_agg(s.at order by s.position) as ats
                from playbooks.act s where s.run_id = r.id) x on true
            where (:everything or a.owner_id = :member)
            """;

    private final JdbcClient database;
    private final Playbooks playbooks;

    Runs(JdbcClient database, Playbooks playbooks) {
        this.database = database;
        this.playbooks = playbooks;
    }

    /** @param next the last of this page, to go on after it; null at the end */
    public record Page(List<Run> runs, @Nullable UUID next) {}

    /**
     * The newest first.
     *
     * @param state empty for all
     * @param after last of the page before, or null
     */
    public Page of(String playbook, String state, @Nullable UUID after, int limit, Viewer viewer) {
        List<Run> runs = new ArrayList<>(database.sql(RUN + """
                 and p.key = :key and (:state = '' or r.state = :state)
                 and (cast(:after as uuid) is null
                    or (r.queued_at, r.id) < (select x.queued_at, x.id from playbooks.run x where x.id = :after))
                order by r.queued_at desc, r.id desc limit :limit
                """)
                .param("key", playbook)
                .param("state", state)
                .param("after", after)
                .param("limit", limit + 1)
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .query((row, number) -> run(row))
                .list());
        boolean more = runs.size() > limit;
        List<Run> page = List.copyOf(more ? runs.subList(0, limit) : runs);
        return new Page(page, more ? page.getLast().id() : null);
    }

    /** The newest first; those that still go on before all others. */
    public List<Run> of(AccountId account, int limit, Viewer viewer) {
        return database.sql(RUN + """
                 and r.account_id = :account and r.state <> 'held_out'
                order by r.state in ('running', 'queued') desc, r.queued_at desc, r.id desc limit :limit
                """)
                .param("account", account.value())
                .param("limit", limit)
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .query((row, number) -> run(row))
                .list();
    }

    public Optional<Run> find(UUID id, Viewer viewer) {
        return database.sql(RUN + " and r.id = :id")
                .param("id", id)
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .query((row, number) -> run(row))
                .optional();
    }

    private static List<Act> acts(ResultSet row) throws SQLException {
        Array positions = row.getArray("positions");
        if (positions == null) {
            return List.of();
        }
        Integer[] places = (Integer[]) positions.getArray();
        String[] kinds = (String[]) row.getArray("kinds").getArray();
        String[] said = (String[]) row.getArray("said").getArray();
        Timestamp[] ats = (Timestamp[]) row.getArray("ats").getArray();
        List<Act> acts = new ArrayList<>();
        for (int i = 0; i < places.length; i++) {
            acts.add(new Act(places[i], kinds[i], said[i], ats[i].toInstant()));
        }
        return List.copyOf(acts);
    }

    private Run run(ResultSet row) throws SQLException {
        return new Run(
                row.getObject("id", UUID.class),
                row.getString("key"),
                row.getString("name"),
                row.getInt("number"),
                row.getObject("account_id", UUID.class),
                row.getString("account_name"),
                row.getString("external_id"),
                row.getString("evidence"),
                row.getTimestamp("moment_at").toInstant(),
                row.getString("state"),
                row.getBoolean("shadow"),
                row.getBigDecimal("money"),
                row.getString("currency"),
                row.getTimestamp("queued_at").toInstant(),
                Playbooks.instant(row.getTimestamp("started_at")),
                Playbooks.instant(row.getTimestamp("due_at")),
                Playbooks.instant(row.getTimestamp("ended_at")),
                row.getString("because"),
                row.getInt("position"),
                Program.of(playbooks.parsed(row.getString("text")).steps()).size(),
                acts(row));
    }
}
