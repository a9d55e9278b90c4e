package io.perennial.scenarios;

import io.perennial.mail.in.MailboxPoller;
import io.perennial.platform.background.Loop;
import io.perennial.platform.background.Rounds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One server that works, or several at once over the same database. Each begins without any memory of tests before. */
final class Servers implements AutoCloseable {

    /** No events, cases or searches come in here, nobody looks at figures, and reading none of them takes time. */
    private static final String IDLE = "io\\.perennial\\.(events|cases|knowledge|metrics|growth|statements|defects).*";

    private final ConfigurableApplicationContext first;
    private final JdbcClient database;
    private final List<Workers> working = new ArrayList<>();
    private final List<AnotherServer> others = new ArrayList<>();
    private boolean mailCame;

    Servers(ConfigurableApplicationContext first, JdbcClient database) {
        this.first = first;
        this.database = database;
    }

    /** @param mailbox asked when letters came only, for it takes the longest */
    private record Workers(Rounds mailbox, Rounds others) {

        static Workers of(List<Loop> loops) {
            return new Workers(
                    new Rounds(loops, loop -> loop instanceof MailboxPoller),
                    new Rounds(
                            loops,
                            loop -> !(loop instanceof MailboxPoller)
                                    && !loop.getClass().getPackageName().matches(IDLE)));
        }
    }

    /** So many more. */
    void start(int many) {
        for (int server = 1; server <= many; server++) {
            AnotherServer one = new AnotherServer(first);
            others.add(one);
            working.add(Workers.of(one.loops()));
        }
    }

    /** The one that works longest stops, and a new one begins in its place. */
    void restart() {
        working.removeFirst();
        others.removeFirst().close();
        start(1);
    }

    void mailCame() {
        mailCame = true;
    }

    /** Until nothing is left: the loops of all at once, the jobs that they begin, and what these leave. */
    void work() {
        boolean mail = mailCame;
        mailCame = false;
        atOnce(working.stream()
                .map(one -> (Runnable) () -> patiently(one, mail))
                .toList());
        boolean worked = false;
        for (int wait = 0; wait < 600 && jobs(); wait++) {
            worked = true;
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        if (worked || working.size() > 1) {
            patiently(working.getFirst(), mail);
        }
    }

    /** Whom the database ends because of another begins again, as loops do. */
    private static void patiently(Workers server, boolean mail) {
        for (int again = 0; ; again++) {
            try {
                if (mail) {
                    server.mailbox().workOff();
                }
                server.others().workOff();
                return;
            } catch (TransientDataAccessException crossed) {
                if (again == 5) {
                    throw crossed;
                }
            }
        }
    }

    private boolean jobs() {
        return database.sql("select exists (select from platform.job where state in ('queued', 'running'))")
                .query(Boolean.class)
                .single();
    }

    static void atOnce(List<Runnable> all) {
        CompletableFuture.allOf(all.stream().map(CompletableFuture::runAsync).toArray(CompletableFuture[]::new))
                .join();
    }

    @Override
    public void close() {
        working.clear();
        others.forEach(AnotherServer::close);
        others.clear();
    }
}
