package io.perennial.events;

import io.perennial.shared.SecretText;

/** The text of a source's write key: a {@link SecretText} that starts with {@code wk_}. It only writes; browsers show it. */
final class WriteKey {

    static final SecretText TEXT = new SecretText("wk_");

    private WriteKey() {}
}
