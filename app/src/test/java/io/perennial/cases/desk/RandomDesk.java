package io.perennial.cases.desk;

import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.world.Book;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A desk with hundreds of cases of every kind, written and changed at random, and its people. */
final class RandomDesk {

    private static final List<String> WORDS = List.of(
            "export",
            "Month",
            "end",
            "zzebra",
            "12",
            "123",
            "2123",
            "a_b",
            "100%",
            "\u00dcbersicht",
            "it's",
            "\\",
            "R2",
            "again");

    private final JdbcClient database;
    private final Random random;
    private final Instant now;
    private final List<UUID> accounts = new ArrayList<>();
    private final List<UUID> members = new ArrayList<>();
    private final List<UUID> teams = new ArrayList<>();

    RandomDesk(JdbcClient database, Instant now, long seed) {
        this.database = database;
        this.now = now;
        this.random = new Random(seed);
    }

    List<Viewer> people() {
        List<Viewer> people = new ArrayList<>();
        for (UUID member : members) {
            people.add(new Viewer(member, "Somebody", "somebody@example.com", Role.SUPPORT, true));
            people.add(new Viewer(member, "Somebody", "somebody@example.com", Role.CSM, false));
        }
        return people;
    }

    void fill(int cases) {
        Book book = new Book(database);
        for (String team : List.of("Billing", "Desk")) {
            UUID id = UUID.randomUUID();
            database.sql("insert into identity.team (id, external_id, name, created_at, updated_at)"
                            + " values (:id, :name, :name, now(), now())")
                    .param("id", id)
                    .param("name", team)
                    .update();
            teams.add(id);
        }
        for (int i = 0; i < 3; i++) {
            UUID member = book.member("Member " + i);
            database.sql("update identity.team_member set team_id = :team where id = :id")
                    .param("team", i == 2 ? null : teams.get(i))
                    .param("id", member)
                    .update();
            members.add(member);
        }
        for (int i = 0; i < 12; i++) {
            UUID account = book.account("a-" + i, "Account " + i).value();
            database.sql("update accounts.account set owner_id = :owner where id = :id")
                    .param("owner", i == 0 ? members.getFirst() : perhaps(members, .7))
                    .param("id", account)
                    .update();
            accounts.add(account);
        }
        for (int i = 0; i < cases; i++) {
            insert(i);
        }
        database.sql("""
                insert into cases.follower (case_id, member_id)
                select c.id, m.id from cases.support_case c, identity.team_member m where abs(hashtext(c.id::text || m.id)) % 4 = 0
                """).update();
    }

    private void insert(int n) {
        Instant opened = now.minus(Duration.ofMinutes(random.nextInt(200 * 24 * 60) + 10_000));
        boolean over = random.nextDouble() < .3;
        Instant solved = opened.plus(Duration.ofMinutes(random.nextInt(10_000)));
        Instant due = random.nextDouble() < .3 ? null : hours(40);
        database.sql("""
                insert into cases.support_case (id, external_id, account_id, subject, opened_at, resolved_at, status, priority,
                    product, assignee, assignee_id, satisfaction, satisfaction_scale, next_due_at, next_risk_at, reopened_at,
                    team_id, tags, escalated_why, created_at, updated_at)
                values (:id, :external, :account, :subject, :opened, cast(:solved as timestamptz), :status, :priority,
                    :product, :assignee, cast(:member as uuid), :satisfaction, :scale, cast(:due as timestamptz),
                    cast(:risk as timestamptz), cast(:reopened as timestamptz), cast(:team as uuid), :tags, :why, now(), now())
                """)
                .param("id", UUID.randomUUID())
                .param("external", "c-" + n)
                .param("account", pick(accounts))
                .param("subject", random.nextDouble() < .05 ? null : subject())
                .param("opened", Timestamp.from(opened))
                .param("solved", over ? solved.toString() : null)
                .param("status", perhaps(List.of("open", "open", "pending", "on hold", "closed"), .9))
                .param("priority", perhaps(List.of("urgent", "high", "medium", "low"), .9))
                .param("product", perhaps(List.of("Plan", "plan", "Track"), .8))
                .param("assignee", perhaps(List.of("Somebody elsewhere"), .3))
                .param("member", random.nextDouble() < .5 ? pick(members) : null)
                .param("satisfaction", over ? perhaps(List.of(1, 2, 3, 4, 5), .8) : null)
                .param("scale", perhaps(List.of(5, 10), .5))
                .param("due", text(due))
                .param("risk", text(due == null || random.nextDouble() < .2 ? null : due.minus(Duration.ofHours(8))))
                .param("reopened", random.nextDouble() < .1 ? text(hours(40)) : null)
                .param("team", perhaps(teams, .3))
                .param("tags", perhaps(List.of("billing", "billing , Key Customer", "vip", " odd"), .3))
                .param("why", perhaps(List.of("Only operations can."), .1))
                .update();
    }

    /** Cases move on, many at once and one by one, and some are gone. */
    void change() {
        for (int i = 0; i < 25; i++) {
            String some = " where abs(hashtext(id::text || '%d')) %% %d = 0"
                    .formatted(random.nextInt(1000), 2 + random.nextInt(40));
            String statement = switch (random.nextInt(9)) {
                case 0 -> "update cases.support_case set status = 'pending'" + some;
                case 1 -> "update cases.support_case set status = 'open', resolved_at = null" + some;
                case 2 -> "update cases.support_case set resolved_at = opened_at + interval '1 hour'" + some;
                case 3 -> "update cases.support_case set assignee_id = '" + pick(members) + "'" + some;
                case 4 -> "update cases.support_case set assignee_id = null, assignee = null" + some;
                case 5 -> "update cases.support_case set escalated_why = 'Help'" + some;
                case 6 -> "update cases.support_case set escalated_why = null, next_due_at = null" + some;
                case 7 -> "update cases.support_case set next_risk_at = '" + hours(20) + "'" + some;
                default -> "delete from cases.support_case" + some + " and abs(hashtext(id::text)) % 5 = 0";
            };
            database.sql(statement).update();
        }
    }

    String words() {
        return switch (random.nextInt(4)) {
            case 0 -> pick(WORDS) + " " + pick(WORDS);
            case 1 -> "\"" + pick(WORDS) + " " + pick(WORDS) + "\"";
            case 2 ->
                pick(List.of(
                        "zz", "R", "xport", "1", "EXPORT end", "nothing like this", "\u00fcb", "#7", "\"", "%", "_"));
            default -> pick(WORDS);
        };
    }

    QueueFilter filter() {
        return new QueueFilter(
                chosen(List.of("plan", "Track", "Unknown")),
                chosen(List.of("urgent", "low")),
                chosen(List.of("billing", "Desk", "Nobody")),
                chosen(List.of("billing", "key customer", "VIP", "odd")),
                random.nextDouble() < .6 ? words() : "");
    }

    private String chosen(List<String> some) {
        return random.nextDouble() < .25 ? pick(some) : "";
    }

    private String subject() {
        List<String> words = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(4); i++) {
            // The latest words of the list are rare.
            words.add(WORDS.get((int) (WORDS.size() * random.nextDouble() * random.nextDouble())));
        }
        return String.join(" ", words);
    }

    private Instant hours(int most) {
        // Few different times, so that many cases are due at the same.
        return now.plus(Duration.ofHours(random.nextInt(2 * most) - most));
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }

    private <T> @Nullable T perhaps(List<T> some, double chance) {
        return random.nextDouble() < chance ? pick(some) : null;
    }

    private <T> T pick(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    /** Every case as it is written down, for being looked through without any index. */
    List<WrittenCase> all() {
        return database.sql("""
                select c.*, a.owner_id,
                    coalesce((select t.name from identity.team t where t.id = coalesce(c.team_id, m.team_id)), '') as whose,
                    array(select f.member_id from cases.follower f where f.case_id = c.id) as followers
                from cases.support_case c join accounts.account a on a.id = c.account_id
                left join identity.team_member m on m.id = c.assignee_id
                """)
                .query((row, number) -> new WrittenCase(
                        row.getObject("id", UUID.class),
                        row.getLong("number"),
                        row.getString("state"),
                        row.getString("subject"),
                        row.getString("product"),
                        row.getString("priority"),
                        row.getString("whose"),
                        row.getString("tags"),
                        row.getString("assignee"),
                        row.getObject("assignee_id", UUID.class),
                        row.getString("escalated_why"),
                        row.getObject("owner_id", UUID.class),
                        Queue.instant(row, "next_due_at"),
                        Queue.instant(row, "next_risk_at"),
                        Queue.instant(row, "reopened_at"),
                        Queue.instant(row, "resolved_at"),
                        row.getBigDecimal("satisfaction"),
                        row.getBigDecimal("satisfaction_scale"),
                        Arrays.stream((Object[]) row.getArray("followers").getArray())
                                .map(UUID.class::cast)
                                .toList()))
                .list();
    }
}
