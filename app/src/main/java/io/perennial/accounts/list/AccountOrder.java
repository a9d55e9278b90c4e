package io.perennial.accounts.list;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * The whole result of a view in order, as it was at one moment: one place per account and, in a grouped view, one per
 * heading. Sixteen bytes an account, so that any window of it is found without counting through what lies before.
 */
public final class AccountOrder {

    /** Something at one place: an account, or the heading of the group that begins there. */
    public sealed interface Line {}

    public record Heading(String value) implements Line {}

    public record Account(UUID id) implements Line {}

    private final UUID id;
    private final AccountWindows.Question question;
    private final long[] accounts;
    private final int[] headingPlaces;
    private final List<String> headings;

    AccountOrder(
            UUID id, AccountWindows.Question question, long[] accounts, int[] headingPlaces, List<String> headings) {
        this.id = id;
        this.question = question;
        this.accounts = accounts;
        this.headingPlaces = headingPlaces;
        this.headings = headings;
    }

    /** Names this order in later requests. */
    public UUID id() {
        return id;
    }

    boolean answers(AccountWindows.Question asked) {
        return question.equals(asked);
    }

    /** Places, headings included. */
    public int size() {
        return accounts.length / 2 + headings.size();
    }

    /** The lines of a window; fewer at the end. */
    public List<Line> lines(int offset, int limit) {
        int end = (int) Math.min(size(), (long) offset + limit);
        return IntStream.range(Math.min(offset, end), end).mapToObj(this::line).toList();
    }

    private Line line(int place) {
        int found = Arrays.binarySearch(headingPlaces, place);
        if (found >= 0) {
            return new Heading(headings.get(found));
        }
        int headingsBefore = -found - 1;
        int account = 2 * (place - headingsBefore);
        return new Account(new UUID(accounts[account], accounts[account + 1]));
    }
}
