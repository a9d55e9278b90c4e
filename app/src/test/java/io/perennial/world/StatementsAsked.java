package io.perennial.world;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The statements that one request asked the database, in order. Everything goes through Spring's template, which says each
 * statement to its log before it is asked. What the server does beside it in other threads does not count: the thread that asked
 * most is the one that answered.
 */
public final class StatementsAsked {

    private static final String SAID = "Executing prepared SQL statement [";

    private StatementsAsked() {}

    /** @param request a single one */
    public static List<String> by(Runnable request) {
        Logger log = (Logger) LoggerFactory.getLogger(JdbcTemplate.class);
        Level before = log.getLevel();
        boolean additive = log.isAdditive();
        ListAppender<ILoggingEvent> heard = new ListAppender<>();
        heard.start();
        log.addAppender(heard);
        log.setAdditive(false);
        log.setLevel(Level.DEBUG);
        try {
            request.run();
        } finally {
            log.setLevel(before);
            log.setAdditive(additive);
            log.detachAppender(heard);
            heard.stop();
        }
        Map<String, List<ILoggingEvent>> byThread = List.copyOf(heard.list).stream()
                .filter(event -> event.getFormattedMessage().startsWith(SAID))
                .collect(Collectors.groupingBy(ILoggingEvent::getThreadName));
        return byThread.values().stream().max(Comparator.comparingInt(List::size)).orElse(List.of()).stream()
                .map(event ->
                        event.getFormattedMessage().substring(SAID.length()).replaceAll("\\s+", " "))
                .toList();
    }
}
