package io.perennial.accounts.edit;

import io.perennial.accounts.list.AccountList;
import io.perennial.accounts.list.ListView;
import io.perennial.identity.TeamMembers;
import io.perennial.identity.Viewer;
import io.perennial.platform.jobs.Jobs;
import io.perennial.platform.records.Ids;
import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.RecordType;
import io.perennial.platform.records.Records;
import io.perennial.platform.records.RowOutcome;
import io.perennial.platform.web.Wording;
import io.perennial.shared.Actor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Sets one field of accounts. A few at once; many as a visible job. Either way one change, undone as one. */
@Component
public class AccountEdits {

    /** More accounts than this are changed by a job. */
    static final int AT_ONCE = 200;

    static final int BATCH = 1_000;

    private final JdbcClient database;
    private final Records records;
    private final Jobs jobs;
    private final AccountList list;
    private final TeamMembers team;
    private final JsonMapper json;

    AccountEdits(JdbcClient database, Records records, Jobs jobs, AccountList list, TeamMembers team, JsonMapper json) {
        this.database = database;
        this.records = records;
        this.jobs = jobs;
        this.list = list;
        this.team = team;
        this.json = json;
    }

    /**
     * What came of an edit.
     *
     * @param job the job that goes on with it, when there are many accounts; else null
     * @param change to undo it by, when something was changed at once; else null
     * @param words one sentence for the page
     */
    public record Edited(@Nullable UUID job, @Nullable UUID change, String words) {}

    /** An edit that cannot be done; the message says why and what would be right. */
    public static final class CannotEdit extends RuntimeException {
        CannotEdit(String message) {
            super(message);
        }
    }

    /** Edits the chosen accounts, as far as the viewer may see them. */
    public Edited edit(Collection<UUID> accounts, Field field, String value, Viewer viewer) {
        requireMayWork(viewer);
        return start(visible(accounts, viewer), field, value, viewer);
    }

    /** Edits every account of a view except these. */
    public Edited editAll(ListView view, Set<UUID> except, Field field, String value, Viewer viewer) {
        requireMayWork(viewer);
        List<UUID> accounts = list.ids(view, viewer).stream()
                .filter(account -> !except.contains(account))
                .toList();
        return start(accounts, field, value, viewer);
    }

    private static void requireMayWork(Viewer viewer) {
        if (!viewer.role().mayWork()) {
            throw new CannotEdit("Your role may look at accounts but not change them.");
        }
    }

    private Edited start(List<UUID> accounts, Field field, String value, Viewer viewer) {
        if (accounts.isEmpty()) {
            throw new CannotEdit("No account is selected.");
        }
        String stored = stored(field, value);
        if (accounts.size() > AT_ONCE) {
            String title = summary(accounts.size(), field, shown(field, value));
            var parameters = json.writeValueAsString(new BulkEditJob.Parameters(accounts, field, stored, title));
            UUID job = jobs.submit(BulkEditJob.KIND, title, parameters, viewer.actor());
            return new Edited(job, null, "Started: " + title + ".");
        }
        UUID change = Ids.next();
        String summary = summary(accounts.size(), field, shown(field, value));
        Tally tally = write(accounts, field, stored, change, viewer.actor(), summary);
        return new Edited(null, tally.changedAny() ? change : null, tally.words(field));
    }

    /** People type names; records refer to colleagues by external id. */
    String stored(Field field, String value) {
        return field != Field.OWNER || value.isBlank()
                ? value.strip()
                : meant(value).externalId();
    }

    /** What the cell will show once the value is stored: for a colleague typed in any way, the name. */
    String shown(Field field, String value) {
        return field != Field.OWNER || value.isBlank()
                ? value.strip()
                : meant(value).name();
    }

    private TeamMembers.Colleague meant(String text) {
        return team.meant(text)
                .orElseThrow(() ->
                        new CannotEdit("Nobody in the team is called \"" + text + "\". Choose a name from the list."));
    }

    private static String summary(int accounts, Field field, String value) {
        String what = accounts == 1 ? "one account" : Wording.count(accounts) + " accounts";
        return field.title() + " of " + what + (value.isBlank() ? " cleared" : " set to " + value.strip());
    }

    Tally write(List<UUID> accounts, Field field, String value, @Nullable UUID change, Actor actor, String summary) {
        RecordType type = records.type("accounts").orElseThrow();
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put(field.column(), value.isBlank() ? null : value);
        List<RecordRow> rows = new ArrayList<>();
        for (String externalId : externalIds(accounts)) {
            rows.add(new RecordRow(rows.size() + 1, externalId, values, Map.of()));
        }
        Tally tally = new Tally();
        records.upsert(type, rows, actor, new Records.Write(change, summary, Records.Formats.ISO))
                .forEach(tally::add);
        return tally;
    }

    private List<String> externalIds(List<UUID> accounts) {
        return database.sql("select external_id from accounts.account where id = any(:accounts) order by id")
                .param("accounts", accounts.toArray(UUID[]::new))
                .query((row, number) -> row.getString(1))
                .list();
    }

    private List<UUID> visible(Collection<UUID> accounts, Viewer viewer) {
        return database.sql("""
                        select id from accounts.account
                        where id = any(:accounts) and (:everything or owner_id = :member) order by id
                        """)
                .param("accounts", accounts.toArray(UUID[]::new))
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
    }

    /** Counts outcomes and keeps the first reason. */
    static final class Tally {

        private int changed;
        private int unchanged;
        private int refused;
        private String reason = "";

        void add(RowOutcome outcome) {
            switch (outcome.result()) {
                case CREATED, UPDATED -> changed++;
                case UNCHANGED -> unchanged++;
                case INVALID -> {
                    refused++;
                    if (reason.isEmpty() && !outcome.problems().isEmpty()) {
                        reason = outcome.problems().getFirst().message();
                    }
                }
            }
        }

        void add(Tally other) {
            changed += other.changed;
            unchanged += other.unchanged;
            refused += other.refused;
            reason = reason.isEmpty() ? other.reason : reason;
        }

        boolean changedAny() {
            return changed > 0;
        }

        /** Why nothing of it was written; empty when something was, or was there already. */
        Optional<String> refusal() {
            return refused == 0 || changed + unchanged > 0 ? Optional.empty() : Optional.of(reason);
        }

        String words(Field field) {
            String words = field.title() + ": " + changed + " changed";
            if (unchanged > 0) {
                words += ", " + unchanged + " had it already";
            }
            if (refused > 0) {
                words += ", " + refused + " refused (" + reason + ")";
            }
            return words + ".";
        }
    }
}
