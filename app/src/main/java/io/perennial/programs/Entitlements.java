package io.perennial.programs;

import io.perennial.accounts.Changes;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The ledger of what accounts may use and have used. Every movement is an entry that is never changed; draws for one
 * account wait for each other, so that nothing is given twice. A command joins its caller's transaction; one that draws
 * for several accounts does so in the order of their ids.
 */
@Component
public class Entitlements {

    private final Ledger ledger;
    private final Balances balances;
    private final Changes changes;
    private final Clock clock;

    Entitlements(Ledger ledger, Balances balances, Changes changes, Clock clock) {
        this.ledger = ledger;
        this.balances = balances;
        this.changes = changes;
        this.clock = clock;
    }

    /** What happens to a request that goes beyond what is left. A request within it is always {@link #ALLOW}. */
    public enum Rule {
        /** Goes on, and is counted. */
        ALLOW,
        /** Goes on; both sides are told that it is beyond the program. */
        WARN,
        /** Waits until somebody approves it. */
        APPROVAL
    }

    /**
     * @param rule {@link Rule#APPROVAL}: nothing was reserved
     * @param sentence told to both sides
     * @param left after this request, below zero when it went beyond; null where the program sets no limit
     * @param reservation to consume or release; null when nothing was reserved or nothing is counted
     */
    public record Decision(
            Rule rule,
            String sentence,
            @Nullable BigDecimal left,
            @Nullable UUID reservation) {}

    /**
     * A unit of an account in its running terms.
     *
     * @param termEnds first day of the next term; the nearest one when several programs give the unit
     * @param forecast of use until the end of the term at the pace so far; null in the first two weeks
     */
    public record Balance(
            String unit,
            String title,
            BigDecimal granted,
            BigDecimal consumed,
            BigDecimal reserved,
            BigDecimal left,
            LocalDate termStarts,
            LocalDate termEnds,
            @Nullable BigDecimal forecast,
            Rule rule) {

        public BigDecimal used() {
            return consumed.add(reserved);
        }
    }

    /**
     * Asks for an amount and holds it. The same key again gives the same decision and reserves nothing more; a request
     * that needs approval leaves nothing behind and may be repeated.
     *
     * @param unit {@code cases} is unlimited where the program names no number; any other unit that the program does not
     *     give needs approval
     * @throws IllegalArgumentException for an amount that is not above zero, or a key that was used for something else
     */
    @Transactional
    public Decision reserve(
            AccountId account, String unit, BigDecimal amount, String purpose, String key, Actor actor) {
        Decision decision = ledger.reserve(account, unit, amount, purpose, key, false, actor, clock.instant());
        return told(account, decision);
    }

    /** The same when somebody has approved it: reserves also beyond what is left. */
    @Transactional
    public Decision reserveApproved(
            AccountId account, String unit, BigDecimal amount, String purpose, String key, Actor approvedBy) {
        Decision decision = ledger.reserve(account, unit, amount, purpose, key, true, approvedBy, clock.instant());
        return told(account, decision);
    }

    /**
     * Turns what is held into use. Less than was held may be consumed, step by step; more than is still held is consumed
     * as well and goes beyond. Not idempotent by itself: call it in the transaction of its cause.
     *
     * @throws IllegalArgumentException when there is no such reservation, or the amount is not above zero
     */
    @Transactional
    public void consume(UUID reservation, BigDecimal amount, Actor actor) {
        changes.mark(Set.of(ledger.consume(reservation, amount, actor, clock.instant())));
    }

    /** Gives back what is still held; nothing when nothing is held any more. */
    @Transactional
    public void release(UUID reservation, Actor actor) {
        changes.mark(Set.of(ledger.release(reservation, actor, clock.instant())));
    }

    /** Gives back what was consumed by mistake, and what is still held; nothing when nothing is. */
    @Transactional
    public void takeBack(UUID reservation, Actor actor) {
        changes.mark(Set.of(ledger.takeBack(reservation, actor, clock.instant())));
    }

    /** Reserves and consumes at once; the same key again changes nothing. */
    @Transactional
    public Decision draw(AccountId account, String unit, BigDecimal amount, String purpose, String key, Actor actor) {
        Decision decision = ledger.draw(account, unit, amount, purpose, key, actor, clock.instant());
        return told(account, decision);
    }

    /**
     * Gives more of a unit than the program does, for the running term.
     *
     * @return false when the account has no running term of this unit; an amount below zero takes an earlier grant back
     */
    @Transactional
    public boolean grant(AccountId account, String unit, BigDecimal amount, String reason, String key, Actor actor) {
        boolean granted = ledger.grant(account, unit, amount, reason, key, actor, clock.instant());
        changes.mark(Set.of(account));
        return granted;
    }

    /** Units of terms that run on that day, as far as entries were written until its end; by title. */
    @Transactional
    public List<Balance> balances(AccountId account, LocalDate on) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        boolean any = !on.equals(today) || ledger.refresh(account, clock.instant());
        return any ? balances.of(account, on) : List.of();
    }

    private Decision told(AccountId account, Decision decision) {
        if (decision.reservation() != null) {
            changes.mark(Set.of(account));
        }
        return decision;
    }
}
