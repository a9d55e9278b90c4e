package io.perennial.accounts;

import io.perennial.shared.AccountId;
import java.util.Collection;

/** The queue of accounts whose facts changed: a set, coalescing, written in the transaction of the fact. */
public interface Changes {

    void mark(Collection<AccountId> accounts);

    /** @return how many accounts wait to be judged anew, counted up to {@code atMost} */
    int waiting(int atMost);
}
