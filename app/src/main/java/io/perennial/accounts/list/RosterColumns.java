package io.perennial.accounts.list;

import io.perennial.accounts.list.HealthWeek.Standing;
import io.perennial.accounts.list.ListColumn.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The accounts by place, one array per column. Numbers, dates and yes or no are doubles, {@code NaN} for nothing; words
 * that repeat are numbered; names are kept as they are.
 */
final class RosterColumns {

    private static final int NOTHING = -1;
    private static final int FIRST_SIZE = 1_024;

    /** Weeks kept of each account, oldest first, the last is now. */
    static final int WEEKS = 13;

    private static final Standing[] STANDINGS = Standing.values();

    /** Not scored at all. */
    private static final byte NO_WEEK = -1;

    private final Map<ListColumn, double[]> numbers = new EnumMap<>(ListColumn.class);
    private final Map<ListColumn, Words> words = new EnumMap<>(ListColumn.class);
    private final Map<ListColumn, @Nullable String[]> texts = new EnumMap<>(ListColumn.class);
    private final Words owners = new Words(FIRST_SIZE);
    private final Words bandsBefore = new Words(FIRST_SIZE);
    private final RosterMoney money = new RosterMoney(FIRST_SIZE);
    private final Map<UUID, Integer> places = new HashMap<>();
    private final BitSet present = new BitSet();
    private UUID[] ids = new UUID[FIRST_SIZE];
    private @Nullable String[] lowerNames = new String[FIRST_SIZE];
    private byte[] weeks = new byte[FIRST_SIZE * WEEKS];
    private int used;
    private volatile int @Nullable [] order;
    private volatile int @Nullable [] nameOrder;

    RosterColumns() {
        for (ListColumn column : ListColumn.values()) {
            if (isNumber(column)) {
                numbers.put(column, new double[FIRST_SIZE]);
            } else if (isWord(column)) {
                words.put(column, new Words(FIRST_SIZE));
            } else if (isText(column)) {
                texts.put(column, new String[FIRST_SIZE]);
            }
        }
    }

    static boolean isNumber(ListColumn column) {
        return column.kind().numeric() || column.kind() == Kind.DATE || column.kind() == Kind.YES_NO;
    }

    /** Words that many accounts share. */
    static boolean isWord(ListColumn column) {
        return column.groupable() && (column.kind() == Kind.TEXT || column.kind() == Kind.BAND);
    }

    /** Texts of one account alone, as far as they are held; sentences are not. */
    static boolean isText(ListColumn column) {
        return column == ListColumn.NAME || column == ListColumn.EXTERNAL_ID;
    }

    static boolean holds(ListColumn column) {
        return isNumber(column) || isWord(column) || isText(column);
    }

    int size() {
        return places.size();
    }

    /** Places ever given; some may be empty again. */
    int used() {
        return used;
    }

    BitSet present() {
        return present;
    }

    UUID id(int place) {
        return ids[place];
    }

    double[] numbers(ListColumn column) {
        return Objects.requireNonNull(numbers.get(column));
    }

    Words words(ListColumn column) {
        return Objects.requireNonNull(words.get(column));
    }

    @Nullable
    String[] texts(ListColumn column) {
        return Objects.requireNonNull(texts.get(column));
    }

    @Nullable
    String[] lowerNames() {
        return lowerNames;
    }

    Words owners() {
        return owners;
    }

    /** Bands of 28 days ago. */
    Words bandsBefore() {
        return bandsBefore;
    }

    /** Null when the account was not scored at all. */
    @Nullable
    Standing week(int place, int week) {
        byte standing = weeks[place * WEEKS + week];
        return standing == NO_WEEK ? null : STANDINGS[standing];
    }

    /** @param kept see {@link HealthWeek}; empty when the account is not scored */
    void putWeeks(int place, short[] kept) {
        for (int back = 1; back <= WEEKS; back++) {
            weeks[(place + 1) * WEEKS - back] = kept.length < back
                    ? NO_WEEK
                    : (byte) HealthWeek.standing(kept[kept.length - back]).ordinal();
        }
    }

    RosterMoney money() {
        return money;
    }

    /** The account's place, a new one when it has none yet. */
    int placeOf(UUID id) {
        Integer known = places.get(id);
        if (known != null) {
            return known;
        }
        grow();
        int place = used++;
        ids[place] = id;
        places.put(id, place);
        present.set(place);
        order = null;
        nameOrder = null;
        return place;
    }

    void put(int place, ListColumn column, double number) {
        numbers(column)[place] = number;
    }

    void put(int place, ListColumn column, @Nullable String text) {
        if (isWord(column)) {
            words(column).put(place, text);
            return;
        }
        @Nullable String[] held = texts(column);
        if (!Objects.equals(held[place], text)) {
            held[place] = text;
            if (column == ListColumn.NAME) {
                lowerNames[place] = text == null ? null : text.toLowerCase(Locale.ROOT);
                nameOrder = null;
            }
        }
    }

    void remove(UUID id) {
        Integer place = places.remove(id);
        if (place != null) {
            present.clear(place);
        }
    }

    /** Position of each place in the order of ids, which decides between equals. */
    int[] order() {
        int[] known = order;
        if (known == null) {
            known = ranks(sorted((a, b) -> compare(ids[a], ids[b])));
            order = known;
        }
        return known;
    }

    /** Position of each place in the order of names, the same for the same name; places without a name last. */
    int[] nameOrder() {
        int[] known = nameOrder;
        if (known == null) {
            @Nullable String[] names = texts(ListColumn.NAME);
            Integer[] sorted = sorted((a, b) -> Words.compare(names[a], names[b]));
            known = new int[used];
            int rank = 0;
            for (int i = 0; i < used; i++) {
                rank += i > 0 && Words.compare(names[sorted[i - 1]], names[sorted[i]]) != 0 ? 1 : 0;
                known[sorted[i]] = names[sorted[i]] == null ? Integer.MAX_VALUE : rank;
            }
            nameOrder = known;
        }
        return known;
    }

    private Integer[] sorted(Comparator<Integer> by) {
        Integer[] sorted = new Integer[used];
        Arrays.setAll(sorted, place -> place);
        Arrays.sort(sorted, by);
        return sorted;
    }

    private static int[] ranks(Integer[] sorted) {
        int[] ranks = new int[sorted.length];
        for (int rank = 0; rank < sorted.length; rank++) {
            ranks[sorted[rank]] = rank;
        }
        return ranks;
    }

    /** As PostgreSQL compares them: byte by byte, without sign. */
    private static int compare(UUID one, UUID other) {
        int high = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits());
    }

    private void grow() {
        if (used < ids.length) {
            return;
        }
        int size = ids.length * 3 / 2;
        ids = Arrays.copyOf(ids, size);
        lowerNames = Arrays.copyOf(lowerNames, size);
        numbers.replaceAll((column, held) -> Arrays.copyOf(held, size));
        texts.replaceAll((column, held) -> Arrays.copyOf(held, size));
        words.values().forEach(held -> held.grow(size));
        owners.grow(size);
        bandsBefore.grow(size);
        weeks = Arrays.copyOf(weeks, size * WEEKS);
        money.grow(size);
    }

    /** A column of words that repeat: each is stored once. */
    static final class Words {

        private int[] codes;
        private final List<String> known = new ArrayList<>();
        private final Map<String, Integer> codeOf = new HashMap<>();

        Words(int size) {
            codes = new int[size];
        }

        void put(int place, @Nullable String word) {
            codes[place] = word == null
                    ? NOTHING
                    : codeOf.computeIfAbsent(word, added -> {
                        known.add(added);
                        return known.size() - 1;
                    });
        }

        /** Number of the word at a place; -1 for nothing. */
        int code(int place) {
            return codes[place];
        }

        @Nullable
        String word(int place) {
            return codes[place] < 0 ? null : known.get(codes[place]);
        }

        int codeOf(String word) {
            return codeOf.getOrDefault(word, NOTHING);
        }

        List<String> known() {
            return known;
        }

        /** Position of each word in the order of words. */
        int[] ranks() {
            Integer[] sorted = new Integer[known.size()];
            Arrays.setAll(sorted, code -> code);
            Arrays.sort(sorted, (a, b) -> compare(known.get(a), known.get(b)));
            return RosterColumns.ranks(sorted);
        }

        private void grow(int size) {
            codes = Arrays.copyOf(codes, size);
        }

        /** As the database sorts: by code point, nothing last. */
        static int compare(@Nullable String one, @Nullable String other) {
            if (one == null || other == null) {
                return Boolean.compare(one == null, other == null);
            }
            int length = Math.min(one.length(), other.length());
            for (int i = 0; i < length; i++) {
                char a = one.charAt(i);
                char b = other.charAt(i);
                if (a != b) {
                    // Halves of rare characters stand for something beyond every plain one.
                    return Character.isSurrogate(a) != Character.isSurrogate(b)
                            ? Boolean.compare(Character.isSurrogate(a), Character.isSurrogate(b))
                            : Character.compare(a, b);
                }
            }
            return Integer.compare(one.length(), other.length());
        }
    }
}
