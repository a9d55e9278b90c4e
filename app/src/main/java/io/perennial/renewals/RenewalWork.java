package io.perennial.renewals;

import io.perennial.identity.Viewer;
import io.perennial.platform.audit.ChangedRows.Row;
import io.perennial.platform.records.Currencies;
import io.perennial.platform.records.Ids;
import io.perennial.shared.Actor;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What people decide about a renewal: who is responsible, what it will cost, how far it is. Every verb can be undone. */
@Component
public class RenewalWork {

    private static final BigDecimal LARGEST = new BigDecimal("1000000000000");
    private static final int LONGEST_TITLE = 120;
    private static final int MOST_FEES = 20;

    private final JdbcClient database;
    private final Renewals renewals;
    private final RenewalLog log;
    private final Clock clock;

    RenewalWork(JdbcClient database, Renewals renewals, RenewalLog log, Clock clock) {
        this.database = database;
        this.renewals = renewals;
        this.log = log;
        this.clock = clock;
    }

    /** What the renewal brings beside the price. */
    public record Fee(UUID id, String title, BigDecimal amount) {}

    /**
     * One that the viewer may change, held until the transaction ends.
     *
     * @throws NoSuchElementException when it is not in the viewer's portfolio
     */
    Renewal writable(UUID id, Worker worker) {
        if (!worker.mayWork()) {
            throw new AccessDeniedException("Your role looks at renewals but does not work on them.");
        }
        Viewer viewer = worker.viewer();
        Renewal found = (viewer == null ? renewals.find(id) : renewals.find(id, viewer)).orElseThrow(RenewalWork::none);
        if (database.sql("select id from renewals.renewal where id = :id for update")
                .param("id", id)
                .query(UUID.class)
                .optional()
                .isEmpty()) {
            throw none();
        }
        return renewals.find(found.id()).orElseThrow(RenewalWork::none);
    }

    /** The same, and there is still something to be done for it. */
    Renewal open(UUID id, Worker worker) {
        Renewal found = writable(id, worker);
        if (!found.isOpen()) {
            throw new RenewalRefused("This renewal is over: "
                    + found.outcome().title().toLowerCase(java.util.Locale.ROOT) + ". Nothing was changed.");
        }
        return found;
    }

    public static boolean mayWork(Viewer viewer) {
        return viewer.role().mayWork();
    }

    static NoSuchElementException none() {
        return new NoSuchElementException("There is no such renewal in your portfolio.");
    }

    /** @param member null gives it back to the owner of the account */
    @Transactional
    public @Nullable UUID owner(UUID id, @Nullable UUID member, Worker worker) {
        Renewal renewal = writable(id, worker);
        String name = member == null
                ? "the owner of the account"
                : database.sql("select name from identity.team_member where id = :id and active")
                        .param("id", member)
                        .query(String.class)
                        .optional()
                        .orElseThrow(() -> new RenewalRefused("There is no such colleague. Nothing was changed."));
        return log.changed(
                renewal,
                "made " + name + " responsible",
                itself(renewal),
                worker.actor(),
                () -> set("owner_id", member, renewal));
    }

    /** @param percent as people write it, {@code 4.5}; empty lets the lines decide */
    @Transactional
    public @Nullable UUID uplift(UUID id, String percent, Worker worker) {
        Renewal renewal = open(id, worker);
        BigDecimal share = percent.isBlank()
                ? null
                : number(percent, "Write the uplift in percent, such as 4.5.").movePointLeft(2);
        if (share != null && (share.abs().compareTo(BigDecimal.ONE) > 0 || share.scale() > 8)) {
            throw new RenewalRefused("An uplift is between -100 and 100 percent, with at most six decimals.");
        }
        String what = share == null
                ? "let the contract decide about the uplift"
                : "set the uplift to " + percent.strip() + " %";
        return log.changed(renewal, what, itself(renewal), worker.actor(), () -> set("uplift", share, renewal));
    }

    @Transactional
    public @Nullable UUID addFee(UUID id, String title, String amount, Worker worker) {
        Renewal renewal = open(id, worker);
        NewFee fee = checked(title, amount, renewal);
        if (fees(id).size() >= MOST_FEES) {
            throw new RenewalRefused("A renewal has at most " + MOST_FEES + " fees. Put some of them together.");
        }
        return log.changed(
                renewal,
                "added the fee " + fee.title(),
                List.of(new Row(Thing.FEE, fee.id()), new Row(Thing.RENEWAL, id)),
                worker.actor(),
                () -> {
                    insert(id, fee, worker);
                    sumFees(id);
                });
    }

    /** A fee that a program sends. */
    public record SentFee(String title, String amount) {}

    /** All fees at once; who sends the same again changes nothing. */
    @Transactional
    public @Nullable UUID fees(UUID id, List<SentFee> sent, Worker worker) {
        Renewal renewal = open(id, worker);
        if (sent.size() > MOST_FEES) {
            throw new RenewalRefused("A renewal has at most " + MOST_FEES + " fees. Put some of them together.");
        }
        List<NewFee> wanted = new ArrayList<>(sent.stream()
                .map(one -> checked(one.title(), one.amount(), renewal))
                .toList());
        List<Fee> gone = new ArrayList<>();
        for (Fee known : fees(id)) {
            NewFee same = wanted.stream()
                    .filter(one ->
                            one.title().equals(known.title()) && one.money().compareTo(known.amount()) == 0)
                    .findFirst()
                    .orElse(null);
            if (same == null) {
                gone.add(known);
            } else {
                wanted.remove(same);
            }
        }
        List<Row> rows = new ArrayList<>(itself(renewal));
        gone.forEach(fee -> rows.add(new Row(Thing.FEE, fee.id())));
        wanted.forEach(fee -> rows.add(new Row(Thing.FEE, fee.id())));
        return log.changed(renewal, "set the fees", rows, worker.actor(), () -> {
            gone.forEach(fee -> delete(id, fee.id()));
            wanted.forEach(fee -> insert(id, fee, worker));
            sumFees(id);
        });
    }

    private record NewFee(UUID id, String title, BigDecimal money) {}

    private static NewFee checked(String title, String amount, Renewal renewal) {
        String named = title.strip();
        if (named.isEmpty() || named.length() > LONGEST_TITLE || named.indexOf('\0') >= 0) {
            throw new RenewalRefused("Say what the fee is for, in at most " + LONGEST_TITLE + " characters.");
        }
        BigDecimal money = number(amount, "Write the fee of a year as a number, such as 1200.");
        int decimals = Currencies.decimalsOf(renewal.currency()).orElse(2);
        if (money.abs().compareTo(LARGEST) > 0 || money.stripTrailingZeros().scale() > decimals) {
            throw new RenewalRefused("A fee in " + renewal.currency() + " has at most " + decimals
                    + " decimals, and twelve digits before them.");
        }
        return new NewFee(Ids.next(), named, money);
    }

    private void insert(UUID renewal, NewFee fee, Worker worker) {
        database.sql("""
                insert into renewals.fee (id, renewal_id, title, amount, added_by, added_on)
                values (:id, :renewal, :title, :amount, :by, :today)
                """)
                .param("id", fee.id())
                .param("renewal", renewal)
                .param("title", fee.title())
                .param("amount", fee.money())
                .param("by", worker.name())
                .param("today", today())
                .update();
    }

    private void delete(UUID renewal, UUID fee) {
        database.sql("delete from renewals.fee where id = :fee and renewal_id = :id")
                .param("fee", fee)
                .param("id", renewal)
                .update();
    }

    @Transactional
    public @Nullable UUID removeFee(UUID id, UUID fee, Worker worker) {
        Renewal renewal = open(id, worker);
        return log.changed(
                renewal,
                "took a fee away",
                List.of(new Row(Thing.FEE, fee), new Row(Thing.RENEWAL, id)),
                worker.actor(),
                () -> {
                    delete(id, fee);
                    sumFees(id);
                });
    }

    public List<Fee> fees(UUID renewal) {
        return database.sql(
                        "select id, title, amount from renewals.fee where renewal_id = :id order by title, id limit 100")
                .param("id", renewal)
                .query((row, number) -> new Fee(
                        row.getObject(1, UUID.class), row.getString(2), Objects.requireNonNull(row.getBigDecimal(3))))
                .list();
    }

    @Transactional
    public @Nullable UUID move(UUID id, Stage stage, Worker worker) {
        Renewal renewal = open(id, worker);
        return log.changed(
                renewal,
                "moved it to " + stage.title(),
                itself(renewal),
                worker.actor(),
                () -> set("stage", stage.key(), renewal));
    }

    /** Forward only: what happened says that it has come at least so far. */
    void reached(UUID renewal, Stage stage) {
        List<String> before = java.util.Arrays.stream(Stage.values())
                .filter(one -> one.compareTo(stage) < 0)
                .map(Stage::key)
                .toList();
        database.sql("update renewals.renewal set stage = :stage where id = :id and stage = any(:before)")
                .param("stage", stage.key())
                .param("id", renewal)
                .param("before", before.toArray(String[]::new))
                .update();
    }

    static List<Row> itself(Renewal renewal) {
        return List.of(new Row(Thing.RENEWAL, renewal.id()));
    }

    private void set(String column, @Nullable Object value, Renewal renewal) {
        String type = switch (column) {
            case "owner_id" -> "uuid";
            case "uplift" -> "numeric";
            default -> "text";
        };
        database.sql("update renewals.renewal set " + column + " = cast(:value as " + type + ") where id = :id")
                .param("value", value)
                .param("id", renewal.id())
                .update();
    }

    private void sumFees(UUID renewal) {
        database.sql("""
                update renewals.renewal set fees = coalesce((select sum(amount) from renewals.fee where renewal_id = :id), 0)
                where id = :id
                """).param("id", renewal).update();
    }

    private static BigDecimal number(String text, String otherwise) {
        String plain = text.strip();
        if (!plain.matches("-?\\d{1,15}(\\.\\d{1,10})?")) {
            throw new RenewalRefused(otherwise);
        }
        return new BigDecimal(plain);
    }

    /** For what is done without a person. */
    static Actor machine() {
        return new Actor(Actor.Kind.SYSTEM, null, "Renewals");
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
