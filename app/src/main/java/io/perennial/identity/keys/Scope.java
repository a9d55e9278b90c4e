package io.perennial.identity.keys;

import java.util.Locale;
import java.util.Optional;

/** What a key may do. A key may have several scopes. */
public enum Scope {
    /** Read every record. */
    READ,
    /** Read and write every record. */
    WRITE,
    /** Send files and bulk records, and see how those jobs went. Reads nothing else. */
    IMPORT;

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Scope> of(String text) {
        for (Scope scope : values()) {
            if (scope.text().equals(text.strip().toLowerCase(Locale.ROOT))) {
                return Optional.of(scope);
            }
        }
        return Optional.empty();
    }
}
