package io.perennial.usage;

import io.perennial.usage.Catalogue.ProductUser;
import io.perennial.usage.counting.Count;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Counted use of one login and feature on one day, with the numbers that the tables know them by. */
record CountedRow(Key key, long events, BitSet slots, int firstSecond, int lastSecond) {

    /** In the order of the tables' keys, so that neighbours are written together and writers never wait in a circle. */
    static final Comparator<Key> ORDER = Comparator.comparing(
                    (Key key) -> key.on().account())
            .thenComparing(key -> key.on().day())
            .thenComparingInt(Key::feature)
            .thenComparingLong(Key::user)
            .thenComparing(Key::sourceRef);

    /** @param user 0 for none */
    record Key(AccountDay on, int feature, long user, String sourceRef) {}

    /** @param user of that account and day */
    record UserDay(AccountDay on, long user) {

        static final Comparator<UserDay> ORDER = Comparator.comparing(
                        (UserDay one) -> one.on().account())
                .thenComparing(one -> one.on().day())
                .thenComparingLong(UserDay::user);
    }

    static List<CountedRow> of(Collection<Count> counts, Map<String, Integer> features, Map<ProductUser, Long> users) {
        Map<Key, CountedRow> rows = new HashMap<>(counts.size() * 2);
        for (Count count : counts) {
            long user = count.user().isEmpty()
                    ? 0
                    : Objects.requireNonNull(
                            users.get(new ProductUser(count.account().value(), count.user())));
            Key key = new Key(
                    new AccountDay(count.account().value(), count.day()),
                    Objects.requireNonNull(features.get(count.feature())),
                    user,
                    count.sourceRef());
            rows.merge(
                    key,
                    new CountedRow(key, count.events(), count.slots(), count.firstSecond(), count.lastSecond()),
                    CountedRow::plus);
        }
        return rows.values().stream()
                .sorted(Comparator.comparing(CountedRow::key, ORDER))
                .toList();
    }

    private CountedRow plus(CountedRow other) {
        BitSet both = (BitSet) slots.clone();
        both.or(other.slots);
        int first = firstSecond < 0 || other.firstSecond < 0
                ? Math.max(firstSecond, other.firstSecond)
                : Math.min(firstSecond, other.firstSecond);
        return new CountedRow(key, events + other.events, both, first, Math.max(lastSecond, other.lastSecond));
    }

    /** As PostgreSQL reads a bit string: x and hexadecimal digits, the first five minutes of the day first. */
    static String bits(BitSet slots) {
        char[] text = new char[1 + Count.SLOTS / 4];
        Arrays.fill(text, '0');
        text[0] = 'x';
        for (int slot = slots.nextSetBit(0); slot >= 0; slot = slots.nextSetBit(slot + 1)) {
            int digit = 1 + slot / 4;
            text[digit] = Character.forDigit(Character.digit(text[digit], 16) | 8 >> slot % 4, 16);
        }
        return new String(text);
    }
}
