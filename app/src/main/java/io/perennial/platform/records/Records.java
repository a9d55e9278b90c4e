package io.perennial.platform.records;

import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.records.RowOutcome.Result;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Everything a company brings goes through here, from files, over the API and from screens: validated, compared,
 * written set-based, audited, and told to those who listen, in one transaction.
 */
@Component
public class Records {

    private static final int TRIES = 5;

    private final RecordTypes types;
    private final TableShapes shapes;
    private final References references;
    private final RecordReads reads;
    private final Refusals refusals;
    private final JdbcClient database;
    private final Audit audit;
    private final Clock clock;
    private final ObjectProvider<RecordListener> listeners;
    private final ObjectProvider<RecordGuard> guards;
    private final TransactionTemplate transaction;
    private final TransactionTemplate savepoint;

    Records(
            RecordTypes types,
            TableShapes shapes,
            References references,
            RecordReads reads,
            Refusals refusals,
            JdbcClient database,
            Audit audit,
            Clock clock,
            ObjectProvider<RecordListener> listeners,
            ObjectProvider<RecordGuard> guards,
            PlatformTransactionManager transactions) {
        this.types = types;
        this.shapes = shapes;
        this.references = references;
        this.reads = reads;
        this.refusals = refusals;
        this.database = database;
        this.audit = audit;
        this.clock = clock;
        this.listeners = listeners;
        this.guards = guards;
        this.transaction = new TransactionTemplate(transactions);
        this.savepoint = new TransactionTemplate(transactions);
        this.savepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    /**
     * @param change audit change to add to, begun when it does not exist yet; null makes a new one when something was
     *     written. A batch that writes nothing leaves no change behind
     * @param summary one past sentence for Recent changes
     * @param formats how texts are read
     */
    public record Write(@Nullable UUID change, String summary, Formats formats) {}

    /**
     * @param datePattern such as {@code dd/MM/yyyy}; null means ISO 8601 only, which is always understood
     * @param decimalMark point or comma
     * @param zone of times without offset
     */
    public record Formats(@Nullable String datePattern, char decimalMark, ZoneId zone) {

        public static final Formats ISO = new Formats(null, '.', ZoneOffset.UTC);

        /** @throws IllegalArgumentException when the pattern or the mark is none; the message is for people */
        public Formats {
            if (decimalMark != '.' && decimalMark != ',') {
                throw new IllegalArgumentException("The decimal mark is a point or a comma");
            }
            if (datePattern != null) {
                Dates.formatter(datePattern);
            }
        }
    }

    /** In the order of their names. */
    public List<RecordType> types() {
        return types.all();
    }

    public Optional<RecordType> type(String name) {
        return types.named(name);
    }

    /** Whether records of this type can be listed and found by external id. */
    public boolean readable(RecordType type) {
        return shapes.of(type).conventional();
    }

    /**
     * Writes valid rows and reports the others; joins the caller's transaction or makes its own. Absent columns keep
     * their value, equal values are not written. The same external id twice in one batch: saying the same again is
     * fine, saying something else makes the later row invalid.
     *
     * @return one outcome per row, in order
     */
    public List<RowOutcome> upsert(RecordType type, List<RecordRow> rows, Actor actor, Write write) {
        // Inside a caller's transaction a deadlock has already ended it, so only our own can be tried again.
        int deadlocks = TransactionSynchronizationManager.isActualTransactionActive() ? 1 : TRIES;
        while (true) {
            try {
                return inTransaction(() -> writeOrRace(type, rows, actor, write));
            } catch (PessimisticLockingFailureException e) {
                if (--deadlocks == 0) {
                    throw e;
                }
            }
        }
    }

    private List<RowOutcome> inTransaction(Supplier<List<RowOutcome>> work) {
        return Objects.requireNonNull(transaction.execute(status -> work.get()));
    }

    private List<RowOutcome> writeOrRace(RecordType type, List<RecordRow> rows, Actor actor, Write write) {
        for (int left = TRIES; ; left--) {
            try {
                return Objects.requireNonNull(savepoint.execute(status -> write(type, rows, actor, write)));
            } catch (StandardWriter.LostRace e) {
                if (left == 1) {
                    throw e;
                }
            }
        }
    }

    private List<RowOutcome> write(RecordType type, List<RecordRow> rows, Actor actor, Write write) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        TableShape shape = shapes.of(type);
        Drafts rules = new Drafts(type, shape, write.formats());
        List<Draft> drafts = rules.read(rows);
        List<Draft> distinct =
                drafts.stream().filter(draft -> draft.sameAs == null).toList();
        references.resolve(type, distinct);
        References.refuseOrphans(type, distinct);
        askGuards(type, distinct, actor);
        References.refuseOrphans(type, distinct);
        RecordWriter own = type.writer();
        if (own != null) {
            List<RowOutcome> outcomes = writeByModule(type, own, distinct, actor, write, now);
            return mergedOutcomes(drafts, distinct, outcomes);
        }
        StandardWriter writer = new StandardWriter(type, shape, database, rules, refusals, now);
        writer.write(distinct);
        if (!writer.things().isEmpty()) {
            audit(actor, "records", write, writer.things());
            Set<UUID> written = new HashSet<>();
            writer.things().forEach(thing -> written.add(UUID.fromString(thing.id())));
            tell(type, written, writer.accounts());
        }
        return mergedOutcomes(
                drafts, distinct, distinct.stream().map(Draft::outcome).toList());
    }

    /** Rows of a type with a writer of its own are facts in number: the change is recorded, not every row of it. */
    private List<RowOutcome> writeByModule(
            RecordType type, RecordWriter writer, List<Draft> drafts, Actor actor, Write write, Instant now) {
        List<Draft> valid = drafts.stream().filter(Draft::valid).toList();
        List<RowOutcome> written = valid.isEmpty()
                ? List.of()
                : writer.write(valid.stream().map(Draft::parsed).toList(), actor, now);
        Set<UUID> ids = new HashSet<>();
        Set<AccountId> accounts = new HashSet<>();
        boolean something = false;
        for (int i = 0; i < written.size(); i++) {
            RowOutcome outcome = written.get(i);
            if (outcome.result() == Result.CREATED || outcome.result() == Result.UPDATED) {
                something = true;
                if (outcome.id() != null) {
                    ids.add(outcome.id());
                }
                addAccount(type, valid.get(i), accounts);
            }
        }
        if (something) {
            audit(actor, "facts", write, List.of());
            tell(type, ids, accounts);
        }
        Iterator<RowOutcome> next = written.iterator();
        return drafts.stream()
                .map(draft -> draft.valid() ? next.next() : draft.outcome())
                .toList();
    }

    private static void addAccount(RecordType type, Draft draft, Set<AccountId> accounts) {
        for (Column column : type.columns()) {
            if (column.storedIn().equals(type.accountColumn())
                    && draft.values.get(column.name()) instanceof UUID account) {
                accounts.add(new AccountId(account));
            }
        }
    }

    private static List<RowOutcome> mergedOutcomes(
            List<Draft> drafts, List<Draft> distinct, List<RowOutcome> outcomes) {
        Map<Draft, RowOutcome> byDraft = new IdentityHashMap<>();
        for (int i = 0; i < distinct.size(); i++) {
            byDraft.put(distinct.get(i), outcomes.get(i));
        }
        return drafts.stream()
                .map(draft -> {
                    Draft first = draft.sameAs;
                    if (first == null) {
                        return Objects.requireNonNull(byDraft.get(draft));
                    }
                    RowOutcome said = Objects.requireNonNull(byDraft.get(first));
                    Result result = said.result() == Result.INVALID ? Result.INVALID : Result.UNCHANGED;
                    return new RowOutcome(draft.row.number(), said.externalId(), result, said.id(), said.problems());
                })
                .toList();
    }

    private void askGuards(RecordType type, List<Draft> drafts, Actor actor) {
        List<Draft> valid = drafts.stream().filter(Draft::valid).toList();
        if (valid.isEmpty()) {
            return;
        }
        List<RecordRow> rows = valid.stream().map(Draft::parsed).toList();
        for (RecordGuard guard : guards) {
            guard.refuse(type, rows, actor)
                    .forEach((index, reason) -> valid.get(index)
                            .refuse("", "forbidden", reason, rows.get(index).externalId()));
        }
    }

    private void audit(Actor actor, String kind, Write write, List<ChangedThing> things) {
        UUID change = write.change();
        if (change == null) {
            audit.record(actor, kind, write.summary(), things);
        } else {
            audit.record(change, actor, kind, write.summary(), things);
        }
    }

    private void tell(RecordType type, Set<UUID> records, Set<AccountId> accounts) {
        listeners.orderedStream().forEach(listener -> listener.written(type, records, accounts));
    }

    /** @see RecordQuery */
    public RecordPage list(RecordQuery query) {
        return reads.list(query);
    }

    /** The record by public column names, in the order of documentation; references as external ids. */
    public Optional<Map<String, @Nullable Object>> find(RecordType type, String externalId) {
        return reads.find(type, externalId);
    }

    /** Version of a record, which nobody can change before the caller's transaction ends; empty when there is none. */
    public Optional<Integer> lockedVersion(RecordType type, String externalId) {
        return database.sql("select version from " + type.table() + " where external_id = :id for no key update")
                .param("id", externalId)
                .query(Integer.class)
                .optional();
    }
}
