package io.perennial.identity;

import io.perennial.identity.keys.KeyShell;

/**
 * {@code key create NAME --scope write}, {@code key list} and {@code key revoke PREFIX} from the command line, straight
 * in the database: whoever holds its password is trusted. Works with the server running or stopped, as long as
 * PostgreSQL runs. First argument: the JDBC address.
 */
public final class KeyCommand {

    private KeyCommand() {}

    public static void main(String[] arguments) {
        System.exit(KeyShell.run(arguments, System.out, System.err));
    }
}
