package io.perennial.shared;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The same accounts asked about at many instants, one after another: who reads facts may read them once for all of
 * them, up to the last, and find out for each instant what was known then. Belongs to one thread.
 */
public final class Span {

    private final List<AccountId> accounts;
    private final Instant last;
    private final Map<Object, Object> known = new HashMap<>();
    private final Map<Object, Object> everybodys;

    /**
     * @param last no instant that is asked for lies after it
     * @param everybodys what is the same whoever is asked about, shared with other spans; safe for several threads
     */
    public Span(Collection<AccountId> accounts, Instant last, ConcurrentMap<Object, Object> everybodys) {
        this.accounts = List.copyOf(accounts);
        this.last = last;
        this.everybodys = everybodys;
    }

    /** Everybody who is asked about; single questions may be about some of them. */
    public List<AccountId> accounts() {
        return accounts;
    }

    public Instant last() {
        return last;
    }

    /**
     * Those of these accounts about whom there is anything to read at any of the instants.
     *
     * @param question as in {@link #of}
     * @param fresh finds them among {@link #accounts}
     */
    public List<AccountId> among(
            Collection<AccountId> wanted, Object question, Function<List<AccountId>, Set<AccountId>> fresh) {
        Set<AccountId> any = of(question, () -> fresh.apply(accounts));
        return any.isEmpty() ? List.of() : wanted.stream().filter(any::contains).toList();
    }

    /** @param question the same object each time, equal to no other */
    @SuppressWarnings("unchecked") // what is kept under a question was made by its own supplier
    public <T> T of(Object question, Supplier<T> fresh) {
        Object value = known.get(question);
        if (value == null) {
            value = fresh.get();
            known.put(question, value);
        }
        return (T) value;
    }

    /**
     * The same for what does not depend on the accounts and does not change while anybody asks.
     *
     * @param question equal to another only where the answer is
     */
    @SuppressWarnings("unchecked")
    public <T> T ofEverybody(Object question, Supplier<T> fresh) {
        Object value = everybodys.get(question);
        if (value == null) {
            value = fresh.get();
            everybodys.put(question, value);
        }
        return (T) value;
    }
}
