import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Milliseconds, sorted. */
record Times(double[] sorted, int errors) {

    static Times of(double[] all, int errors) {
        double[] sorted = all.clone();
        Arrays.sort(sorted);
        return new Times(sorted, errors);
    }

    double at(double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
    }

    /** What else the machine is doing: its load over the last minute. */
    static String load() {
        try {
            return Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
        } catch (IOException e) {
            return "?";
        }
    }
}
