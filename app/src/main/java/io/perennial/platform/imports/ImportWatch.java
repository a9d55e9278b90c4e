package io.perennial.platform.imports;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Follows an import to its end and tells what became of it. A server that restarts meanwhile is waited for. */
final class ImportWatch {

    private static final Duration POLL = Duration.ofMillis(300);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final ImportServer server;
    private final PrintStream out;
    private final PrintStream err;

    ImportWatch(ImportServer server, PrintStream out, PrintStream err) {
        this.server = server;
        this.out = out;
        this.err = err;
    }

    /** @return the exit code */
    int follow(String id, boolean allowProblems) throws IOException, InterruptedException {
        long silentSince = 0;
        while (true) {
            JsonNode now = null;
            try {
                now = server.answer(server.to("/api/v1/imports/" + id).GET().build());
                silentSince = 0;
            } catch (IOException silent) {
                silentSince = waited(silentSince, silent);
            }
            if (now != null) {
                progress(now);
                String state = now.path("state").asString();
                if (!state.equals("queued") && !state.equals("running")) {
                    return finish(id, state, now, allowProblems);
                }
            }
            Thread.sleep(POLL);
        }
    }

    private long waited(long since, IOException silent) throws IOException {
        if (since == 0) {
            err.println("The server does not answer. The import goes on when it is back; waiting for it.");
            return System.nanoTime();
        }
        if (System.nanoTime() - since > PATIENCE.toNanos()) {
            throw silent;
        }
        return since;
    }

    private void progress(JsonNode now) {
        if (System.console() != null) {
            out.printf(
                    Locale.ENGLISH,
                    "\r%,d of %,d rows",
                    now.path("done").asLong(),
                    now.path("rows").asLong());
            out.flush();
        }
    }

    private int finish(String id, String state, JsonNode now, boolean allowProblems) {
        if (System.console() != null) {
            out.println();
        }
        JsonNode outcome = now.path("outcome");
        long problems = outcome.path("withProblems").asLong();
        out.println(new Counts(
                        outcome.path("created").asLong(),
                        outcome.path("changed").asLong(),
                        outcome.path("unchanged").asLong(),
                        problems,
                        outcome.path("gathered").asLong(),
                        outcome.path("leftOut").asLong())
                .sentence());
        now.path("remarks").forEach(kind -> out.println(told("Remark", kind)));
        if (!state.equals("done")) {
            err.println(
                    state.equals("cancelled")
                            ? "The import was cancelled."
                            : now.path("error").asString());
            return 1;
        }
        if (problems == 0) {
            return 0;
        }
        now.path("problems").forEach(kind -> err.println(told("Problem", kind)));
        err.println("All of them: " + server.address("/imports/" + id + "/errors.csv"));
        return allowProblems ? 0 : 1;
    }

    /** What happened a thousand times is told once, with its first line. */
    private static String told(String word, JsonNode kind) {
        return String.format(
                Locale.ENGLISH,
                "%s: %,d rows: %s%s (first on line %d: %s)",
                word,
                kind.path("rows").asLong(),
                column(kind),
                kind.path("reason").asString(),
                kind.path("firstLine").asLong(),
                plain(kind.path("firstValue").asString()));
    }

    private static String column(JsonNode told) {
        String column = told.path("column").asString();
        return column.isEmpty() ? "" : column + ": ";
    }

    private static String plain(String value) {
        return value.replaceAll("\\p{Cntrl}", " ");
    }
}
