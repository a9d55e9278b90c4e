package io.perennial.platform.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One open page. Names wait here until its own thread has written them, so a slow reader delays nobody; a name that
 * waits already is not added again, and past {@link #MOST_WAITING} names one word says "everything".
 */
final class OpenPage {

    static final int MOST_WAITING = 200;
    static final String EVERYTHING = "*";

    private final String session;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Set<String> waiting = new LinkedHashSet<>();
    private boolean closed;

    OpenPage(String session) {
        this.session = session;
    }

    String session() {
        return session;
    }

    void tell(Collection<String> topics) {
        lock.lock();
        try {
            waiting.addAll(topics);
            if (waiting.size() > MOST_WAITING) {
                waiting.clear();
                waiting.add(EVERYTHING);
            }
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for news no longer than {@code limit}; an empty list means that none came. */
    List<String> next(Duration limit) throws InterruptedException {
        lock.lock();
        try {
            long left = limit.toNanos();
            while (waiting.isEmpty() && !closed && left > 0) {
                left = arrived.awaitNanos(left);
            }
            List<String> news = new ArrayList<>(waiting);
            waiting.clear();
            return news;
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }
}
