package io.perennial.health.scoring;

import io.perennial.platform.background.Loop;
import io.perennial.shared.AccountId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Keeps scores as fresh as the facts: woken by every commit that changed a customer's facts, it takes what is marked,
 * one batch and one transaction at a time. An account that cannot be scored is found by halving its batch and parked
 * with its error; the others go on.
 */
@Component
public class LiveScoring extends Loop {

    static final int BATCH = 1_000;
    /** Every other batch serves the newest changes, so that a person's edit does not wait behind an import. */
    static final int NEWEST = 100;

    /** Signals whose order is made cheaper leave room for whoever works. */
    private static final Duration BETWEEN = Duration.ofMillis(50);

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(2);
    private static final Logger log = LoggerFactory.getLogger(LiveScoring.class);

    private final ChangedQueue queue;
    private final Rescoring rescoring;
    private final Parked parked;
    private final DayRollover rollover;
    private final Stakes stakes;
    private final TransactionOperations transactions;
    private boolean newestFirst;

    LiveScoring(
            ChangedQueue queue,
            Rescoring rescoring,
            Parked parked,
            DayRollover rollover,
            Stakes stakes,
            TransactionOperations transactions,
            @Value("${perennial.health.live:true}") boolean enabled) {
        super("live scoring", PAUSE_AFTER_FAILURE, enabled);
        this.queue = queue;
        this.rescoring = rescoring;
        this.parked = parked;
        this.rollover = rollover;
        this.stakes = stakes;
        this.transactions = transactions;
    }

    /** Asked for by a reader who had to look at many signals to find the dearest; done when there is nothing to score. */
    public void tightenStakes() {
        stakes.tightenAll();
        wake();
    }

    /** @return whether there is more to do */
    private boolean tighten() {
        return stakes.wantTightening()
                && Boolean.TRUE.equals(transactions.execute(transaction -> {
                    queue.alone();
                    return stakes.tightenNext();
                }));
    }

    /**
     * Scores everything that is marked now and returns when nothing is left.
     *
     * @return how many accounts were taken
     */
    public int drain() {
        int taken = 0;
        rollover.check();
        for (int batch = batch(); batch > 0; batch = batch()) {
            taken += batch;
            if (queue.isEmpty()) {
                rollover.sealFirstNorms();
            }
        }
        while (tighten()) {
            // The next thousand.
        }
        return taken;
    }

    private synchronized int batch() {
        newestFirst = !newestFirst;
        List<AccountId> taken = new ArrayList<>();
        try {
            transactions.executeWithoutResult(transaction -> {
                queue.alone();
                taken.addAll(queue.take(newestFirst ? NEWEST : BATCH, newestFirst));
                if (!taken.isEmpty()) {
                    rescoring.rescore(taken);
                }
            });
        } catch (RuntimeException e) {
            if (taken.isEmpty() || passing(e)) {
                throw e;
            }
            halve(taken, e);
        }
        return taken.size();
    }

    private void halve(List<AccountId> accounts, RuntimeException why) {
        if (accounts.size() == 1) {
            log.warn("Account {} could not be scored and is parked", accounts.getFirst(), why);
            transactions.executeWithoutResult(transaction -> {
                queue.take(accounts);
                parked.park(accounts.getFirst(), why);
            });
            return;
        }
        int middle = accounts.size() / 2;
        again(accounts.subList(0, middle));
        again(accounts.subList(middle, accounts.size()));
    }

    private void again(List<AccountId> accounts) {
        try {
            transactions.executeWithoutResult(transaction -> {
                queue.alone();
                queue.take(accounts);
                rescoring.rescore(accounts);
            });
        } catch (RuntimeException e) {
            if (passing(e)) {
                throw e;
            }
            halve(accounts, e);
        }
    }

    /** No account is to blame for a lost connection or a deadlock: the whole batch comes again. */
    private static boolean passing(RuntimeException e) {
        return e instanceof TransientDataAccessException
                || e instanceof DataAccessResourceFailureException
                || e instanceof TransactionException;
    }

    @Override
    protected Duration step() {
        rollover.check();
        if (batch() > 0) {
            return Duration.ZERO;
        }
        rollover.sealFirstNorms();
        return tighten() ? BETWEEN : POLL;
    }
}
