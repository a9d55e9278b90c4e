package io.perennial.platform.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The PostgreSQL process of a directory, as its own file names it: recognised by the directory, never by its name. */
final class Postmaster {

    private Postmaster() {}

    /** Whoever works in the directory now, even if it answers nobody yet. */
    static Optional<ProcessHandle> of(Path cluster) {
        Path pidFile = cluster.resolve("postmaster.pid");
        try {
            if (!Files.exists(pidFile)) {
                return Optional.empty();
            }
            var lines = Files.readAllLines(pidFile);
            return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                    .filter(ProcessHandle::isAlive)
                    .filter(process -> worksIn(process, cluster));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty(); // half-written pid file: PostgreSQL itself decides what to do with it
        }
    }

    private static boolean worksIn(ProcessHandle process, Path cluster) {
        String directory = cluster.toString();
        return process.info()
                        .commandLine()
                        .map(line -> line.contains(directory))
                        .orElse(false)
                || workingDirectory(process).map(cluster::equals).orElse(false);
    }

    private static Optional<Path> workingDirectory(ProcessHandle process) {
        try {
            return Optional.of(
                    Path.of("/proc", Long.toString(process.pid()), "cwd").toRealPath());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** As the fourth line of its own file says; empty while that is being written. */
    static Optional<Integer> port(Path cluster) {
        try {
            return Optional.of(Integer.valueOf(
                    Files.readAllLines(cluster.resolve("postmaster.pid")).get(3).strip()));
        } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }
}
