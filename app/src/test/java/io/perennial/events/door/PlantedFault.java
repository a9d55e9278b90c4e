package io.perennial.events.door;

/** For the control of the fuzz test: fails for one sequence of bytes that chance would not make. */
public final class PlantedFault {

    private PlantedFault() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length > 4 && input[0] == '[' && input[1] == '"') {
            if (input[2] == '<' && input[3] == '>') {
                if (input[4] == '"') {
                    throw new IllegalStateException("an alias of itself");
                }
            }
        }
    }
}
