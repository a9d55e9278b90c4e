package io.perennial.playbooks;

import io.perennial.platform.web.Wording;
import io.perennial.playbooks.text.Step;
import io.perennial.playbooks.text.Step.AccountField;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whom a step is about and who does it. */
@Component
class Customers {

    /** Letters of one step at most: a playbook is no campaign. */
    private static final int MOST_PEOPLE = 20;

    private final JdbcClient database;

    Customers(JdbcClient database) {
        this.database = database;
    }

    /** A contact or a colleague. */
    record Person(UUID id, String name, @Nullable String email) {}

    /** @param places values for the texts of steps */
    record Customer(
            UUID id,
            String externalId,
            String name,
            @Nullable Person owner,
            Map<String, String> places) {}

    Customer of(UUID account, String evidence) {
        return database.sql("""
                select a.id, a.external_id, a.name, m.id as owner, m.name as owner_name, m.email as owner_email,
                       o.renews_on, o.score, o.arr, o.currency
                from accounts.account a
                left join accounts.overview o on o.account_id = a.id
                left join identity.team_member m on m.id = a.owner_id and m.active
                where a.id = :account
                """)
                .param("account", account)
                .query((row, number) -> {
                    UUID owner = row.getObject("owner", UUID.class);
                    String ownerName = row.getString("owner_name");
                    Map<String, String> places = new HashMap<>();
                    places.put("account", row.getString("name"));
                    places.put("owner", ownerName == null ? "your team" : ownerName);
                    places.put("evidence", evidence);
                    LocalDate renews = row.getObject("renews_on", LocalDate.class);
                    places.put("renews_on", renews == null ? "no date known" : Wording.day(renews));
                    BigDecimal score = row.getBigDecimal("score");
                    places.put("health", score == null ? "not known" : Wording.score(score.doubleValue()));
                    BigDecimal arr = row.getBigDecimal("arr");
                    places.put(
                            "arr", arr == null ? "not known" : Wording.amount(arr) + " " + row.getString("currency"));
                    return new Customer(
                            account,
                            row.getString("external_id"),
                            row.getString("name"),
                            owner == null || ownerName == null
                                    ? null
                                    : new Person(owner, ownerName, row.getString("owner_email")),
                            places);
                })
                .single();
    }

    /** Of a role: whoever has the fewest open tasks. Nobody when the account has no owner or the name is not in the team. */
    @Nullable
    Person who(Step.Who who, Customer customer) {
        return switch (who.kind()) {
            case OWNER -> customer.owner();
            case ROLE -> one("""
                    select m.id, m.name, m.email from identity.team_member m
                    where m.active and m.role = :said
                    order by (select count(*) from engagement.task t where t.owner_id = m.id and t.done_at is null), m.name, m.id
                    limit 1
                    """, who.role());
            case NAMED -> one("""
                    select m.id, m.name, m.email from identity.team_member m
                    where m.active and (lower(m.email) = lower(:said) or lower(m.name) = lower(:said) or m.external_id = :said)
                    order by lower(m.email) = lower(:said) desc, m.id limit 1
                    """, who.name());
        };
    }

    private @Nullable Person one(String sql, String said) {
        return database.sql(sql)
                .param("said", said)
                .query((row, number) -> new Person(row.getObject(1, UUID.class), row.getString(2), row.getString(3)))
                .optional()
                .orElse(null);
    }

    /** People still there with an address; one letter for each address. */
    List<Person> people(UUID account, String role, LocalDate today) {
        return database.sql("""
                select distinct on (lower(email)) id, name, email from accounts.contact
                where account_id = :account and email like '%_@_%' and (left_on is null or left_on > :today)
                    and (:role = 'everybody' or exists (
                        select from unnest(roles) r where replace(lower(r), ' ', '_') = :role))
                order by lower(email), id limit :most
                """)
                .param("account", account)
                .param("today", today)
                .param("role", role)
                .param("most", MOST_PEOPLE)
                .query((row, number) -> new Person(row.getObject(1, UUID.class), row.getString(2), row.getString(3)))
                .list();
    }

    @Nullable
    String field(UUID account, AccountField field) {
        return database.sql("select " + field.column() + "::text from accounts.account where id = :account")
                .param("account", account)
                .query((row, number) -> java.util.Optional.ofNullable(row.getString(1)))
                .single()
                .orElse(null);
    }
}
