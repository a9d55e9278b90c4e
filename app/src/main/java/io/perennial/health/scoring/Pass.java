package io.perennial.health.scoring;

import io.perennial.shared.AccountId;
import java.util.ArrayDeque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/**
 * Goes over all accounts a chunk at a time, several chunks at once: while one waits for the database another computes.
 * Chunks are finished in their order, so that a checkpoint after one stands for all before it.
 */
@Component
class Pass {

    /** One for each core: the database works for one while the other computes. One more only takes turns with them. */
    private static final int WORKERS = Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 4);

    private final AllAccounts accounts;

    Pass(AllAccounts accounts) {
        this.accounts = accounts;
    }

    /**
     * @param work done for each chunk on a thread of its own
     * @param finished told after each chunk, in order, on the caller's thread
     */
    void run(UUID last, Consumer<List<AccountId>> work, Consumer<List<AccountId>> finished, BooleanSupplier cancelled) {
        run(last, AllAccounts.CHUNK, work, finished, cancelled);
    }

    /** The same with so many accounts a chunk. */
    void run(
            UUID last,
            int size,
            Consumer<List<AccountId>> work,
            Consumer<List<AccountId>> finished,
            BooleanSupplier cancelled) {
        ArrayDeque<Running> running = new ArrayDeque<>();
        try (ExecutorService workers = Executors.newFixedThreadPool(WORKERS)) {
            try {
                List<AccountId> chunk = accounts.after(last, size);
                while (!chunk.isEmpty() && !cancelled.getAsBoolean()) {
                    List<AccountId> present = chunk;
                    running.add(new Running(present, workers.submit(() -> work.accept(present))));
                    if (running.size() > WORKERS) {
                        running.remove().await(finished);
                    }
                    chunk = accounts.after(present.getLast().value(), size);
                }
                while (!running.isEmpty()) {
                    running.remove().await(finished);
                }
            } finally {
                running.forEach(rest -> rest.result().cancel(false));
            }
        }
    }

    private record Running(List<AccountId> chunk, Future<?> result) {

        void await(Consumer<List<AccountId>> finished) {
            try {
                result.get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException cause
                        ? cause
                        : new IllegalStateException("Accounts could not be scored", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while scoring accounts", e);
            }
            finished.accept(chunk);
        }
    }
}
