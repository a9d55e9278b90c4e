package io.perennial.accounts.list;

import io.perennial.accounts.list.HealthWeek.Standing;
import io.perennial.identity.Viewer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What a viewer's accounts come to by health, from memory; empty where {@link Roster} leaves the answer to the database.
 */
@Component
public class Portfolio {

    private static final ListView ALL = ListView.parse(null, null, null, null, null);

    private final Roster roster;

    Portfolio(Roster roster) {
        this.roster = roster;
    }

    /**
     * Accounts that were in one band 28 days ago and are in another, or the same, now.
     *
     * @param before and now: null where there was no score
     * @param currency null for accounts without revenue
     */
    public record Move(
            @Nullable String before,
            @Nullable String now,
            @Nullable String currency,
            long accounts,
            BigDecimal arr) {}

    /** Accounts by band at the end of a week, without those who had left; {@code ago} 0 is now. */
    public record Week(int ago, long healthy, long watch, long atRisk, long unknown) {}

    public Optional<List<Move>> moves(Viewer viewer) {
        return roster.ask(ALL, viewer, asked -> moves(asked.columns(), asked.matching()));
    }

    /** Oldest first. */
    public Optional<List<Week>> weeks(Viewer viewer) {
        return roster.ask(ALL, viewer, asked -> weeks(asked.columns(), asked.matching()));
    }

    private static List<Move> moves(RosterColumns columns, int[] places) {
        RosterColumns.Words before = columns.bandsBefore();
        RosterColumns.Words now = columns.words(ListColumn.BAND);
        RosterColumns.Words currencies = columns.words(ListColumn.CURRENCY);
        int bands = now.known().size() + 1;
        int kinds = currencies.known().size() + 1;
        @Nullable Group[] groups = new Group[(before.known().size() + 1) * bands * kinds];
        for (int place : places) {
            int at = ((before.code(place) + 1) * bands + now.code(place) + 1) * kinds + currencies.code(place) + 1;
            Group group = groups[at];
            if (group == null) {
                group = new Group(place, columns.money().new Sum());
                groups[at] = group;
            }
            group.add(place);
        }
        List<Move> moves = new ArrayList<>();
        for (@Nullable Group group : groups) {
            if (group == null) {
                continue;
            }
            BigDecimal arr = group.sum.total();
            moves.add(new Move(
                    before.word(group.first),
                    now.word(group.first),
                    currencies.word(group.first),
                    group.accounts,
                    arr == null ? BigDecimal.ZERO : arr));
        }
        return moves;
    }

    private static final class Group {

        private final int first;
        private final RosterMoney.Sum sum;
        private long accounts;

        Group(int first, RosterMoney.Sum sum) {
            this.first = first;
            this.sum = sum;
        }

        void add(int place) {
            accounts++;
            sum.add(place);
        }
    }

    private static List<Week> weeks(RosterColumns columns, int[] places) {
        long[][] counts = new long[RosterColumns.WEEKS][Standing.values().length];
        for (int place : places) {
            for (int week = 0; week < RosterColumns.WEEKS; week++) {
                Standing standing = columns.week(place, week);
                if (standing != null) {
                    counts[week][standing.ordinal()]++;
                }
            }
        }
        List<Week> weeks = new ArrayList<>();
        for (int week = 0; week < counts.length; week++) {
            long[] count = counts[week];
            weeks.add(new Week(
                    RosterColumns.WEEKS - 1 - week,
                    count[Standing.HEALTHY.ordinal()],
                    count[Standing.WATCH.ordinal()],
                    count[Standing.AT_RISK.ordinal()],
                    count[Standing.UNKNOWN.ordinal()]));
        }
        return weeks;
    }
}
