package io.perennial.programs;

import io.perennial.programs.Entitlements.Rule;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** {@code programs.pot} and its entries: a total never changes without the entry that says why. */
@Repository
class Pots {

    private final JdbcClient database;

    Pots(JdbcClient database) {
        this.database = database;
    }

    /** Those whose term runs, what ends first first. */
    List<Pot> running(AccountId account, String unit, LocalDate today) {
        return database.sql("""
                select * from programs.pot
                where account_id = :account and unit = :unit and starts_on <= :today and ends_on > :today
                order by ends_on, starts_on, id
                """)
                .param("account", account.value())
                .param("unit", unit)
                .param("today", today)
                .query((row, number) -> new Pot(
                        row.getObject("id", UUID.class),
                        row.getString("unit"),
                        row.getString("title"),
                        Rule.valueOf(row.getString("rule")),
                        row.getString("program"),
                        row.getObject("starts_on", LocalDate.class),
                        row.getObject("ends_on", LocalDate.class),
                        row.getBigDecimal("granted"),
                        row.getBigDecimal("reserved"),
                        row.getBigDecimal("consumed"),
                        row.getBigDecimal("expired")))
                .list();
    }

    void write(
            UUID pot,
            AccountId account,
            UUID reservation,
            String kind,
            BigDecimal amount,
            String purpose,
            Actor actor,
            Instant now) {
        BigDecimal reserved = kind.equals("reserved") ? amount : amount.negate();
        BigDecimal consumed = kind.equals("consumed") ? amount : BigDecimal.ZERO;
        database.sql(
                        "update programs.pot set reserved = reserved + :reserved, consumed = consumed + :consumed where id = :pot")
                .param("reserved", reserved)
                .param("consumed", consumed)
                .param("pot", pot)
                .update();
        entry(pot, account, reservation, kind, amount, purpose, null, actor, now);
    }

    void grant(UUID pot, AccountId account, BigDecimal amount, String reason, String key, Actor actor, Instant now) {
        database.sql("update programs.pot set granted = granted + :amount where id = :pot")
                .param("amount", amount)
                .param("pot", pot)
                .update();
        entry(pot, account, null, "granted", amount, reason, key, actor, now);
    }

    private void entry(
            UUID pot,
            AccountId account,
            @Nullable UUID reservation,
            String kind,
            BigDecimal amount,
            String purpose,
            @Nullable String key,
            Actor actor,
            Instant now) {
        database.sql("""
                insert into programs.entry (pot_id, account_id, reservation_id, kind, amount, purpose, at, actor_kind,
                    actor_id, actor_name, key)
                values (:pot, :account, :reservation, :kind, :amount, :purpose, :now, :actorKind, :actorId, :actorName, :key)
                """)
                .param("pot", pot)
                .param("account", account.value())
                .param("reservation", reservation)
                .param("kind", kind)
                .param("amount", amount)
                .param("purpose", purpose)
                .param("now", Timestamp.from(now))
                .param("actorKind", actor.kind().name())
                .param("actorId", actor.id())
                .param("actorName", actor.name())
                .param("key", key)
                .update();
    }
}
