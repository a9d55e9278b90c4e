package io.perennial.health.simulator;

import java.util.ArrayList;
import java.util.List;

/**
 * A customer on a date at which a decision lies ahead, and whether it went against us. Only customers with a decision
 * due are in; those who had given notice before are out, and so is the week right after, in which nobody could act.
 */
public record Snapshot(Customer customer, int week, boolean lost) {

    /** First and last week ahead in which the decision may fall. */
    public static final int FROM = 2;

    public static final int TO = 13;

    /** Snapshots every four weeks from one week to another, both included. */
    public static List<Snapshot> of(Company company, int firstWeek, int lastWeek) {
        List<Snapshot> snapshots = new ArrayList<>();
        for (int week = firstWeek; week <= lastWeek; week += 4) {
            for (Customer customer : company.customers()) {
                if (customer.staysAfter(week + FROM - 1)
                        && customer.dueIn(week + FROM, week + TO)
                        && customer.beginWeek() <= week) {
                    snapshots.add(new Snapshot(customer, week, customer.lostIn(week + FROM, week + TO)));
                }
            }
        }
        return snapshots;
    }

    /** What the oracle says. */
    public double oracle() {
        return Oracle.loss(customer, week, week + FROM, week + TO);
    }

    public static boolean[] outcomes(List<Snapshot> snapshots) {
        boolean[] lost = new boolean[snapshots.size()];
        for (int i = 0; i < lost.length; i++) {
            lost[i] = snapshots.get(i).lost();
        }
        return lost;
    }
}
