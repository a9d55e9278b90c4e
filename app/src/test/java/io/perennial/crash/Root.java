package io.perennial.crash;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.opentest4j.TestAbortedException;

/** What only the system's administrator may do: disks for tests. */
final class Root {

    private Root() {}

    /** @throws TestAbortedException with the reason where it cannot be done */
    static void needed(String... tools) throws IOException, InterruptedException {
        for (String tool : tools) {
            if (!tell("sh", "-c", "command -v " + tool).good()) {
                throw new TestAbortedException("There is no " + tool + " here; see docs/operations.md.");
            }
        }
        if (!tell("id", "-u").said().strip().equals("0")) {
            throw new TestAbortedException("Only root may mount a disk for the test.");
        }
    }

    record Said(boolean good, String said) {}

    static void must(String... command) throws IOException, InterruptedException {
        Said said = tell(command);
        if (!said.good()) {
            throw new IOException(String.join(" ", command) + ": " + said.said());
        }
    }

    static Said tell(String... command) throws InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().merge("PATH", "/usr/sbin:/sbin", (path, more) -> path + ":" + more);
        try {
            Process process = builder.start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Said(process.waitFor() == 0, said);
        } catch (IOException noSuchCommand) {
            return new Said(false, String.valueOf(noSuchCommand.getMessage()));
        }
    }
}
