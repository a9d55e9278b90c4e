package io.perennial.events;

import io.perennial.events.reading.ReplayShell;

/**
 * {@code perennial replay}: counts use anew from the events. First argument: the JDBC address. Exit code 0 when done, 1 when
 * it failed, 2 for wrong arguments.
 */
public final class ReplayCommand {

    private ReplayCommand() {}

    public static void main(String[] arguments) {
        System.exit(ReplayShell.run(arguments, System.out, System.err));
    }
}
