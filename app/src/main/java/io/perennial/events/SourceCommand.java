package io.perennial.events;

/**
 * {@code source create NAME}, {@code list}, {@code rotate} and {@code close} from the command line, straight in the
 * database: whoever holds its password is trusted. First argument: the JDBC address.
 */
public final class SourceCommand {

    private SourceCommand() {}

    public static void main(String[] arguments) {
        System.exit(SourceShell.run(arguments, System.out, System.err));
    }
}
