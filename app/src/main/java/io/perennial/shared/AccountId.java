package io.perennial.shared;

import java.util.UUID;

/** Identity of an account inside Perennial; customers' own identifiers are external ids. */
public record AccountId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
