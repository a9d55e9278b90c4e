import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * CPU time that the server and its PostgreSQL have spent so far. On a machine that others use as well it tells what a
 * request costs when its waiting time cannot. Linux only.
 */
class ServerWork {

    private static final double TICKS_A_SECOND = 100;

    private final long server;
    private final long postmaster;

    ServerWork(Path data) throws IOException {
        server = Long.parseLong(Files.readString(data.resolve("perennial.pid")).strip());
        postmaster = Long.parseLong(Files.readAllLines(data.resolve("postgres/postmaster.pid")).getFirst().strip());
    }

    /** Milliseconds. */
    double spent() throws IOException {
        double ticks = ticks(server, false) + ticks(postmaster, true);
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            List<Long> children = processes
                    .map(process -> process.getFileName().toString())
                    .filter(name -> name.chars().allMatch(Character::isDigit))
                    .map(Long::valueOf)
                    .filter(process -> parent(process) == postmaster)
                    .toList();
            for (long child : children) {
                ticks += ticks(child, false);
            }
        }
        return 1_000 * ticks / TICKS_A_SECOND;
    }

    private static double ticks(long process, boolean withGoneChildren) {
        String[] fields = stat(process);
        double own = fields.length < 15 ? 0 : Double.parseDouble(fields[11]) + Double.parseDouble(fields[12]);
        return withGoneChildren && fields.length > 15 ? own + Double.parseDouble(fields[13]) + Double.parseDouble(fields[14]) : own;
    }

    private static long parent(long process) {
        String[] fields = stat(process);
        return fields.length < 2 ? 0 : Long.parseLong(fields[1]);
    }

    /** What follows the name of the process, which may contain anything. */
    private static String[] stat(long process) {
        try {
            String line = Files.readString(Path.of("/proc/" + process + "/stat"));
            return line.substring(line.lastIndexOf(')') + 2).split(" ");
        } catch (IOException gone) {
            return new String[0];
        }
    }
}
