package io.perennial.platform.live;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Keeps the open pages and passes them the names of what changed, after the commit that changed it. */
@Component
class OpenPages implements Live, SmartLifecycle {

    /** A browser needs one stream; more are tabs that could not agree on a leader. The oldest gives way. */
    static final int PER_SESSION = 6;

    /** Each open page costs one virtual thread and a socket. Further ones are asked to come back later. */
    static final int OVERALL = 5_000;

    private final Set<OpenPage> pages = ConcurrentHashMap.newKeySet();
    private final ConcurrentHashMap<String, Queue<OpenPage>> bySession = new ConcurrentHashMap<>();
    private volatile boolean running;

    @Override
    public void changed(String topic) {
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            pendingOfThisTransaction().add(topic);
        } else {
            tell(Set.of(topic));
        }
    }

    /** Empty when the house is full. */
    Optional<OpenPage> open(String session) {
        if (!running || pages.size() >= OVERALL) {
            return Optional.empty();
        }
        OpenPage page = new OpenPage(session);
        List<OpenPage> superseded = new ArrayList<>();
        bySession.compute(session, (key, open) -> {
            Queue<OpenPage> queue = open == null ? new ArrayDeque<>() : open;
            queue.add(page);
            while (queue.size() > PER_SESSION) {
                superseded.add(queue.remove());
            }
            return queue;
        });
        pages.add(page);
        superseded.forEach(this::close);
        return Optional.of(page);
    }

    void close(OpenPage page) {
        pages.remove(page);
        bySession.computeIfPresent(page.session(), (key, open) -> {
            open.remove(page);
            return open.isEmpty() ? null : open;
        });
        page.close();
    }

    int count() {
        return pages.size();
    }

    private void tell(Set<String> topics) {
        pages.forEach(page -> page.tell(topics));
    }

    @SuppressWarnings("unchecked")
    private Set<String> pendingOfThisTransaction() {
        Object bound = TransactionSynchronizationManager.getResource(this);
        if (bound != null) {
            return (Set<String>) bound;
        }
        Set<String> pending = new LinkedHashSet<>();
        TransactionSynchronizationManager.bindResource(this, pending);
        TransactionSynchronizationManager.registerSynchronization(new AfterCommit(pending));
        return pending;
    }

    private final class AfterCommit implements TransactionSynchronization {

        private final Set<String> pending;

        AfterCommit(Set<String> pending) {
            this.pending = pending;
        }

        @Override
        public void suspend() {
            TransactionSynchronizationManager.unbindResourceIfPossible(OpenPages.this);
        }

        @Override
        public void resume() {
            TransactionSynchronizationManager.bindResource(OpenPages.this, pending);
        }

        @Override
        public void afterCompletion(int status) {
            TransactionSynchronizationManager.unbindResourceIfPossible(OpenPages.this);
            if (status == STATUS_COMMITTED) {
                tell(Set.copyOf(pending));
            }
        }
    }

    @Override
    public void start() {
        running = true;
    }

    /** Streams never end by themselves, so they are closed before the web server waits for its last requests. */
    @Override
    public void stop() {
        running = false;
        List.copyOf(pages).forEach(this::close);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
