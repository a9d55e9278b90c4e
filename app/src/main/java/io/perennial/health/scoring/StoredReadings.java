package io.perennial.health.scoring;

import io.perennial.health.model.AccountReadings;
import io.perennial.health.model.Reading;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The numbers a score was computed from, packed: the same bytes for the same readings, seen from their day. Words are
 * not among them; they follow from the facts. Measures are told apart by the hash of their id, which Java defines.
 *
 * <pre>
 * stage: length (-1 none), UTF-8 · readings: count, each measure int4, value float8, age in days int4
 * not applicable: count, measures int4 · not connected: the same            counts and lengths int2
 * </pre>
 */
final class StoredReadings {

    private static final int READING_BYTES = Integer.BYTES + Double.BYTES + Integer.BYTES;
    private static final int COUNTS = 4;

    private StoredReadings() {}

    static byte[] write(AccountReadings account, LocalDate today) {
        byte[] stage = account.stage() == null ? new byte[0] : account.stage().getBytes(StandardCharsets.UTF_8);
        ByteBuffer packed = ByteBuffer.allocate(COUNTS * Short.BYTES
                + stage.length
                + account.readings().size() * READING_BYTES
                + (account.notApplicable().size() + account.notConnected().size()) * Integer.BYTES);
        packed.putShort((short) (account.stage() == null ? -1 : stage.length)).put(stage);
        packed.putShort((short) account.readings().size());
        long day = today.toEpochDay();
        for (String measure : sorted(account.readings().keySet())) {
            Reading reading = account.readings().get(measure);
            if (reading != null) {
                packed.putInt(measure.hashCode()).putDouble(reading.value()).putInt((int)
                        (day - reading.observedOn().toEpochDay()));
            }
        }
        names(account.notApplicable(), packed);
        names(account.notConnected(), packed);
        return packed.array();
    }

    private static void names(Set<String> names, ByteBuffer into) {
        into.putShort((short) names.size());
        for (String name : sorted(names)) {
            into.putInt(name.hashCode());
        }
    }

    private static String[] sorted(Set<String> names) {
        String[] sorted = names.toArray(String[]::new);
        Arrays.sort(sorted);
        return sorted;
    }

    /** Measures by what they are told apart by. */
    static Map<Integer, String> byHash(Collection<String> measures) {
        Map<Integer, String> names = new HashMap<>();
        measures.forEach(name -> names.put(name.hashCode(), name));
        return names;
    }

    /**
     * @param known measures by hash; others are passed over
     * @param words puts the evidence of a measure into words
     */
    static Unpacked unpack(
            byte[] bytes, String segment, LocalDate today, Map<Integer, String> known, UnaryOperator<String> words) {
        if (bytes.length == 0) {
            return new Unpacked(new AccountReadings(segment, null, Map.of(), Set.of(), Set.of()), false, false);
        }
        ByteBuffer packed = ByteBuffer.wrap(bytes);
        short length = packed.getShort();
        String stage = length < 0 ? null : new String(bytes, Short.BYTES, length, StandardCharsets.UTF_8);
        packed.position(Short.BYTES + Math.max(0, length));
        int count = packed.getShort();
        Map<String, Reading> readings = HashMap.newHashMap(count);
        PastDays days = PastDays.of(today);
        for (int n = 0; n < count; n++) {
            String name = known.get(packed.getInt());
            double value = packed.getDouble();
            LocalDate observedOn = days.before(packed.getInt());
            if (name != null) {
                readings.put(name, new Reading(value, observedOn, () -> words.apply(name)));
            }
        }
        int inapplicable = packed.getShort(packed.position());
        Set<String> notApplicable = names(packed, known);
        int unconnected = packed.getShort(packed.position());
        Set<String> notConnected = names(packed, known);
        return new Unpacked(
                new AccountReadings(segment, stage, readings, notApplicable, notConnected),
                readings.size() == count && notApplicable.size() == inapplicable,
                notConnected.size() == unconnected);
    }

    /**
     * @param complete whether every reading is of a known measure
     * @param namesKnown whether every measure that was not connected is known
     */
    record Unpacked(AccountReadings readings, boolean complete, boolean namesKnown) {}

    /**
     * @param measures those that may occur; others are passed over
     * @param evidence the same account's readings with words, which are used where the number is the same
     */
    static AccountReadings read(
            byte[] bytes, String segment, LocalDate today, Collection<String> measures, Map<String, Reading> evidence) {
        AccountReadings numbers =
                unpack(bytes, segment, today, byHash(measures), name -> "").readings();
        Map<String, Reading> told = new HashMap<>();
        numbers.readings().forEach((name, number) -> {
            Reading reading = evidence.get(name);
            told.put(
                    name,
                    new Reading(
                            number.value(),
                            number.observedOn(),
                            () -> reading != null && reading.value() == number.value() ? reading.evidence() : ""));
        });
        return new AccountReadings(segment, numbers.stage(), told, numbers.notApplicable(), numbers.notConnected());
    }

    private static Set<String> names(ByteBuffer packed, Map<Integer, String> names) {
        Set<String> found = new HashSet<>();
        for (int n = packed.getShort(); n > 0; n--) {
            String name = names.get(packed.getInt());
            if (name != null) {
                found.add(name);
            }
        }
        return found;
    }
}
