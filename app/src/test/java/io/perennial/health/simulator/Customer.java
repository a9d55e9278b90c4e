package io.perennial.health.simulator;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A customer as the company's systems of record see it, week by week and day by day, with the hidden truth beside it.
 * Week w is made of the days 7w to 7w + 6; what is known "in week w" is known at the end of its last day.
 */
public final class Customer {

    final int number;
    final Segment segment;
    final int beginWeek;
    final boolean supportKnown;
    final boolean usageKnown;
    final Truth truth;
    final short[] seats;
    final int[] events;
    final short[] activeUsers;
    final int[] features;
    final List<Ticket> tickets = new ArrayList<>();
    final List<Answer> answers = new ArrayList<>();
    final List<Invoice> invoices = new ArrayList<>();
    final List<Decision> decisions = new ArrayList<>();
    final boolean[] decides;

    Customer(
            int number,
            Segment segment,
            int beginWeek,
            boolean supportKnown,
            boolean usageKnown,
            Truth truth,
            int weeks) {
        this.number = number;
        this.segment = segment;
        this.beginWeek = beginWeek;
        this.supportKnown = supportKnown;
        this.usageKnown = usageKnown;
        this.truth = truth;
        this.seats = new short[weeks];
        this.events = new int[weeks * 7];
        this.activeUsers = new short[weeks];
        this.features = new int[weeks];
        this.decides = new boolean[weeks];
    }

    public int number() {
        return number;
    }

    public Segment segment() {
        return segment;
    }

    /** Week in which the relationship began; negative when before the first simulated week. */
    public int beginWeek() {
        return beginWeek;
    }

    /** Whether the support desk is connected for this customer; without it there are no tickets. */
    public boolean supportKnown() {
        return supportKnown;
    }

    /** Whether the product reports this customer's use; without it days and people say nothing. */
    public boolean usageKnown() {
        return usageKnown;
    }

    public Truth truth() {
        return truth;
    }

    public int seats(int week) {
        return seats[week];
    }

    /** Things done in the product on a day. */
    public int events(int day) {
        return events[day];
    }

    /** Different people who used the product in the four weeks that ended with this one. */
    public int activeUsers(int week) {
        return activeUsers[week];
    }

    /** Different features used in the four weeks that ended with this one. */
    public int featuresUsed(int week) {
        int used = 0;
        for (int w = Math.max(0, week - 3); w <= week; w++) {
            used |= features[w];
        }
        return Integer.bitCount(used);
    }

    public List<Ticket> tickets() {
        return tickets;
    }

    public List<Answer> answers() {
        return answers;
    }

    public List<Invoice> invoices() {
        return invoices;
    }

    /** Decisions taken within the simulation, oldest first; the last one may be the loss. */
    public List<Decision> decisions() {
        return decisions;
    }

    /**
     * Whether a decision falls due in this week, as the contract says; also after a loss, because the calendar is known
     * beforehand and the loss is not.
     */
    public boolean decidesIn(int week) {
        return week < decides.length && decides[week];
    }

    /** The week in which notice was given, or null while the customer stays. */
    public @Nullable Integer noticeWeek() {
        if (decisions.isEmpty() || !decisions.getLast().lost()) {
            return null;
        }
        return decisions.getLast().week();
    }

    /** Whether the customer is there at the end of the week and has given no notice. */
    public boolean staysAfter(int week) {
        Integer notice = noticeWeek();
        return beginWeek <= week && (notice == null || notice > week);
    }

    /** Whether the customer gives notice in one of these weeks. */
    public boolean lostIn(int from, int to) {
        Integer notice = noticeWeek();
        return notice != null && notice >= from && notice <= to;
    }

    /** Whether a decision falls due in one of these weeks. */
    public boolean dueIn(int from, int to) {
        for (int week = from; week <= to; week++) {
            if (decidesIn(week)) {
                return true;
            }
        }
        return false;
    }
}
