package io.perennial.programs;

import io.perennial.programs.Entitlements.Decision;
import io.perennial.programs.Entitlements.Rule;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Writes entries and keeps the totals of pots. Every command first locks the enrolments of the account; what it reads
 * after that nobody else changes.
 */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class Ledger {

    private static final String UNLIMITED_UNLESS_COUNTED = "cases";
    private static final int LONGEST_KEY = 200;

    private final JdbcClient database;
    private final Terms terms;
    private final Pots pots;

    Ledger(JdbcClient database, Terms terms, Pots pots) {
        this.database = database;
        this.terms = terms;
        this.pots = pots;
    }

    /** @return false when the account never had a program and so has no terms */
    boolean refresh(AccountId account, Instant now) {
        boolean any = terms.lock(Set.of(account));
        if (any) {
            terms.renew(Set.of(account), now, Actor.SYSTEM);
            terms.expire(Set.of(account), now);
        }
        return any;
    }

    Decision reserve(
            AccountId account,
            String unit,
            BigDecimal amount,
            String purpose,
            String key,
            boolean approved,
            Actor actor,
            Instant now) {
        check(amount, key);
        refresh(account, now);
        Decision before = known(account, unit, amount, key).orElse(null);
        if (before != null) {
            return before;
        }
        List<Pot> running = pots.running(account, unit, LocalDate.ofInstant(now, ZoneOffset.UTC));
        Decision decision = Wordings.decide(unit, amount, running, approved, UNLIMITED_UNLESS_COUNTED);
        if (running.isEmpty() || decision.rule() == Rule.APPROVAL) {
            return decision;
        }
        UUID reservation = UUID.randomUUID();
        Decision kept = new Decision(decision.rule(), decision.sentence(), decision.left(), reservation);
        keep(kept, account, unit, amount, purpose, key, now);
        split(running, amount)
                .forEach((pot, part) -> pots.write(pot, account, reservation, "reserved", part, purpose, actor, now));
        return kept;
    }

    Decision draw(
            AccountId account, String unit, BigDecimal amount, String purpose, String key, Actor actor, Instant now) {
        check(amount, key);
        refresh(account, now);
        boolean again = known(account, unit, amount, key).isPresent();
        Decision decision = reserve(account, unit, amount, purpose, key, false, actor, now);
        if (!again && decision.reservation() != null) {
            consume(decision.reservation(), amount, actor, now);
        }
        return decision;
    }

    AccountId consume(UUID reservation, BigDecimal amount, Actor actor, Instant now) {
        positive(amount);
        Held held = held(reservation);
        BigDecimal rest = amount;
        UUID last = null;
        for (Map.Entry<UUID, BigDecimal> pot : held.parts().entrySet()) {
            last = pot.getKey();
            BigDecimal part = rest.min(pot.getValue());
            if (part.signum() > 0) {
                pots.write(last, held.account(), reservation, "consumed", part, held.purpose(), actor, now);
                rest = rest.subtract(part);
            }
        }
        if (rest.signum() > 0 && last != null) {
            // More than was held: held and consumed at once, so that what is held never falls below zero.
            pots.write(last, held.account(), reservation, "reserved", rest, held.purpose(), actor, now);
            pots.write(last, held.account(), reservation, "consumed", rest, held.purpose(), actor, now);
        }
        return held.account();
    }

    AccountId release(UUID reservation, Actor actor, Instant now) {
        Held held = held(reservation);
        held.parts().forEach((pot, part) -> {
            if (part.signum() > 0) {
                pots.write(pot, held.account(), reservation, "released", part, held.purpose(), actor, now);
            }
        });
        // What comes back after its term is over is of no use any more.
        terms.expire(Set.of(held.account()), now);
        return held.account();
    }

    AccountId takeBack(UUID reservation, Actor actor, Instant now) {
        Held held = held(reservation);
        Map<UUID, BigDecimal> consumed = new LinkedHashMap<>();
        database.sql("""
                select pot_id, sum(amount) as consumed from programs.entry
                where reservation_id = :id and kind = 'consumed' group by pot_id order by min(n)
                """).param("id", reservation).query(row -> {
            consumed.put(row.getObject("pot_id", UUID.class), row.getBigDecimal("consumed"));
        });
        consumed.forEach((pot, amount) -> {
            if (amount.signum() > 0) {
                String why = "Taken back: " + held.purpose();
                pots.write(pot, held.account(), reservation, "consumed", amount.negate(), why, actor, now);
                pots.write(pot, held.account(), reservation, "released", amount, why, actor, now);
            }
        });
        return release(reservation, actor, now);
    }

    boolean grant(
            AccountId account, String unit, BigDecimal amount, String reason, String key, Actor actor, Instant now) {
        if (amount.signum() == 0) {
            throw new IllegalArgumentException("Nothing is granted.");
        }
        checkKey(key);
        refresh(account, now);
        boolean known = database.sql("select exists (select from programs.entry where key = :key)")
                .param("key", key)
                .query(Boolean.class)
                .single();
        if (known) {
            return true;
        }
        List<Pot> running = pots.running(account, unit, LocalDate.ofInstant(now, ZoneOffset.UTC));
        if (running.isEmpty()) {
            return false;
        }
        pots.grant(running.getLast().id(), account, amount, reason, key, actor, now);
        return true;
    }

    /** @param parts what is still held, by pot, in the order in which it was reserved */
    private record Held(AccountId account, String purpose, Map<UUID, BigDecimal> parts) {}

    private Held held(UUID reservation) {
        record Owner(AccountId account, String purpose) {}
        Owner owner = database.sql("select account_id, purpose from programs.reservation where id = :id")
                .param("id", reservation)
                .query((row, number) ->
                        new Owner(new AccountId(row.getObject("account_id", UUID.class)), row.getString("purpose")))
                .optional()
                .orElseThrow(() -> new IllegalArgumentException("There is no reservation " + reservation + "."));
        terms.lock(Set.of(owner.account()));
        Map<UUID, BigDecimal> parts = new LinkedHashMap<>();
        database.sql("""
                select pot_id, sum(case when kind = 'reserved' then amount else -amount end) as held
                from programs.entry where reservation_id = :id group by pot_id order by min(n)
                """).param("id", reservation).query(row -> {
            parts.put(row.getObject("pot_id", UUID.class), row.getBigDecimal("held"));
        });
        return new Held(owner.account(), owner.purpose(), parts);
    }

    private Optional<Decision> known(AccountId account, String unit, BigDecimal amount, String key) {
        record Kept(AccountId account, String unit, BigDecimal amount, Decision decision) {}
        Optional<Kept> kept = database.sql("select * from programs.reservation where key = :key")
                .param("key", key)
                .query((row, number) -> new Kept(
                        new AccountId(row.getObject("account_id", UUID.class)),
                        row.getString("unit"),
                        row.getBigDecimal("amount"),
                        new Decision(
                                Rule.valueOf(row.getString("rule")),
                                row.getString("sentence"),
                                row.getBigDecimal("left_after"),
                                row.getObject("id", UUID.class))))
                .optional();
        if (kept.isPresent()
                && !(kept.get().account().equals(account)
                        && kept.get().unit().equals(unit)
                        && kept.get().amount().compareTo(amount) == 0)) {
            throw new IllegalArgumentException("The key " + key + " belongs to another request.");
        }
        return kept.map(Kept::decision);
    }

    private void keep(
            Decision decision,
            AccountId account,
            String unit,
            BigDecimal amount,
            String purpose,
            String key,
            Instant now) {
        database.sql("""
                insert into programs.reservation
                    (id, key, account_id, unit, amount, purpose, rule, sentence, left_after, made_at)
                values (:id, :key, :account, :unit, :amount, :purpose, :rule, :sentence, :left, :now)
                """)
                .param("id", decision.reservation())
                .param("key", key)
                .param("account", account.value())
                .param("unit", unit)
                .param("amount", amount)
                .param("purpose", purpose)
                .param("rule", decision.rule().name())
                .param("sentence", decision.sentence())
                .param("left", decision.left())
                .param("now", Timestamp.from(now))
                .update();
    }

    /** First what ends first; what goes beyond everything stands with the last. */
    private static Map<UUID, BigDecimal> split(List<Pot> running, BigDecimal amount) {
        Map<UUID, BigDecimal> parts = new LinkedHashMap<>();
        BigDecimal rest = amount;
        List<Pot> open = new ArrayList<>(running);
        Pot last = open.removeLast();
        for (Pot pot : open) {
            BigDecimal part = rest.min(pot.left());
            if (part.signum() > 0) {
                parts.put(pot.id(), part);
                rest = rest.subtract(part);
            }
        }
        if (rest.signum() > 0) {
            parts.put(last.id(), rest);
        }
        return parts;
    }

    private static void check(BigDecimal amount, String key) {
        positive(amount);
        checkKey(key);
    }

    private static void positive(@Nullable BigDecimal amount) {
        if (amount == null || amount.signum() <= 0) {
            throw new IllegalArgumentException("An amount above zero is needed.");
        }
    }

    private static void checkKey(String key) {
        if (key.isBlank() || key.length() > LONGEST_KEY) {
            throw new IllegalArgumentException("A key has 1 to " + LONGEST_KEY + " characters.");
        }
    }
}
