package io.perennial.training;

import io.perennial.accounts.Accounts;
import io.perennial.identity.Viewer;
import io.perennial.shared.AccountId;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who may change what people of an account learn. */
@Component
class TrainingGate {

    private final Accounts accounts;

    TrainingGate(Accounts accounts) {
        this.accounts = accounts;
    }

    /** @param viewer null for a program that was checked at the door @throws Refused when the role only looks */
    void requireWork(AccountId account, @Nullable Viewer viewer) {
        if (viewer == null) {
            return;
        }
        if (!viewer.role().mayWork()) {
            throw new Refused("Your role looks at training and changes none.");
        }
        if (!accounts.isVisible(account, viewer)) {
            throw new NoSuchElementException("There is no such account in your portfolio.");
        }
    }
}
