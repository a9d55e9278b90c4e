package io.perennial.events.reading;

import io.perennial.platform.jobs.JobShell;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The replay command without Spring: it hands the work to the server and shows how it goes. */
public final class ReplayShell {

    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int MISUSED = 2;
    private static final String USAGE = """
            perennial replay --account EXTERNAL-ID              counts the use of one account anew from the events
            perennial replay --day 2026-11-01..2026-11-30       ... of everybody on these days (or one day)
            perennial replay --source NAME                      ... of everybody on the days that a source speaks about
            perennial replay --account EXTERNAL-ID --day DAY    ... of one account on these days""";

    private ReplayShell() {}

    /** @return exit code: 0 done, 1 failed, 2 not understood */
    public static int run(String[] arguments, PrintStream out, PrintStream problems) {
        ObjectNode parameters = arguments.length < 3 ? null : parameters(arguments);
        if (parameters == null) {
            problems.println(USAGE);
            return MISUSED;
        }
        try (Connection database = DriverManager.getConnection(arguments[0])) {
            JobShell jobs = new JobShell(database);
            var job = jobs.submit(ReplayJob.KIND, "Counting use anew", parameters.toString());
            return jobs.follow(job, out) ? DONE : FAILED;
        } catch (SQLException e) {
            problems.println("The database did not answer: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            problems.println("Stopped watching; the work itself goes on.");
        }
        return FAILED;
    }

    private static @Nullable ObjectNode parameters(String[] arguments) {
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 1; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length
                    || !List.of("--account", "--day", "--source").contains(arguments[i])
                    || options.put(arguments[i].substring(2), arguments[i + 1]) != null) {
                return null;
            }
        }
        if (options.containsKey("source") && options.size() > 1) {
            return null;
        }
        ObjectNode parameters = JsonNodeFactory.instance.objectNode();
        String days = options.remove("day");
        options.forEach(parameters::put);
        if (days != null) {
            String[] ends = days.split("\\.\\.", 2);
            try {
                LocalDate first = LocalDate.parse(ends[0]);
                LocalDate last = ends.length == 1 ? first : LocalDate.parse(ends[1]);
                if (last.isBefore(first)) {
                    return null;
                }
                parameters.put("first", first.toString()).put("last", last.toString());
            } catch (DateTimeException e) {
                return null;
            }
        }
        return parameters;
    }
}
