package io.perennial.platform.web;

import java.util.Optional;

/** Something that works badly now and that an administrator can mend; shown on top of Today while it lasts. */
public interface AdminWarning {

    /** @return a sentence that says what is wrong, what follows and what to do; empty when all is well */
    Optional<String> warning();
}
