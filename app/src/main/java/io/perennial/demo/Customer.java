package io.perennial.demo;

/**
 * A customer of the demo company in one line.
 *
 * @param id external id
 * @param owner external id of the CSM
 * @param arr yearly recurring revenue in whole units of the currency
 * @param since days ago the first contract began
 * @param renewsIn days until the running term ends
 * @param users people who use the product on a usual day
 * @param story what happens to this customer
 */
record Customer(
        String id,
        String name,
        String segment,
        String owner,
        String industry,
        String country,
        String zone,
        String currency,
        int arr,
        int seats,
        int since,
        int renewsIn,
        int users,
        Story story) {

    /** What a CSM would tell about the customer. */
    enum Story {
        /** Uses it, talks with us, renews. */
        STEADY,
        /** Uses more every month. */
        GROWING,
        /** Use fell by more than half four weeks ago. */
        USE_FELL,
        /** Nobody talked with them for months, and the decision maker left. */
        SILENT,
        /** Wrote a bad survey answer and nobody called. */
        DETRACTOR,
        /** Bought many seats, uses few. */
        SHELFWARE,
        /** Asks five times as much as usual. */
        FLOODED,
        /** Stopped asking while using less. */
        FADING,
        /** Healthy in every number, but an urgent case has been open for weeks. */
        GREEN_WITH_RED_FACT,
        /** Started a few weeks ago. */
        NEW,
        /** Cancelled in spring. */
        LOST
    }
}
