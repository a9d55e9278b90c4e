package io.perennial.renewals;

import io.perennial.platform.records.Currencies;
import io.perennial.shared.AccountId;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A term that ends on an agreed day, from its first day to what came of it.
 *
 * @param ownerId who is responsible for it among us: named, or else the owner of the account
 * @param product the first of its products by name; {@code products} says how many there are
 * @param annual what it brings in a year now
 * @param proposed what it would bring with uplift and fees, rounded to the currency
 * @param uplift share that people set instead of what the lines agree; null while they did not
 * @param fees what comes beside the price, a year
 * @param dueOn the first day no longer covered
 * @param automatic whether it goes on by itself
 * @param noticeOn the last day on which notice is in time
 * @param confirmedOn when the right person was last confirmed
 * @param decider who decides at the customer; null while nobody is named
 * @param deciderLeft whether that person is gone
 */
public record Renewal(
        UUID id,
        AccountId account,
        String accountExternalId,
        String accountName,
        @Nullable String segment,
        @Nullable UUID ownerId,
        @Nullable String ownerName,
        @Nullable UUID contractId,
        String product,
        int products,
        String currency,
        BigDecimal annual,
        BigDecimal proposed,
        @Nullable BigDecimal uplift,
        BigDecimal fees,
        LocalDate startsOn,
        LocalDate dueOn,
        boolean automatic,
        LocalDate noticeOn,
        @Nullable LocalDate renewedOn,
        Outcome outcome,
        Stage stage,
        @Nullable LocalDate confirmedOn,
        @Nullable LocalDate noticedOn,
        @Nullable LocalDate quotedOn,
        @Nullable Double score,
        @Nullable String band,
        int openSignals,
        @Nullable String decider,
        boolean deciderLeft,
        Forecast forecast,
        int version) {

    /** Notice has to be given at least so long before. */
    public static final int LEAST_NOTICE = 60;

    /** As people call it. */
    public String title() {
        return products > 1 ? product + " and " + (products - 1) + " more" : product;
    }

    public String address() {
        return "/renewals/" + id;
    }

    public long daysLeft(LocalDate today) {
        return ChronoUnit.DAYS.between(today, dueOn);
    }

    public boolean isOpen() {
        return outcome.isOpen();
    }

    /** What has to be known before anybody can be told. */
    public boolean rightPersonConfirmed() {
        return confirmedOn != null && !deciderLeft;
    }

    public boolean noticeLate(LocalDate today) {
        return outcome == Outcome.OPEN && noticedOn == null && noticeOn.isBefore(today);
    }

    /** What it brings in a year now, as it is shown: rounded to the currency. Sums of many are made of {@link #annual}. */
    public BigDecimal now() {
        return annual.setScale(Currencies.decimalsOf(currency).orElse(2), RoundingMode.HALF_UP);
    }

    /** By how much the price of a year moves. */
    public BigDecimal change() {
        return proposed.subtract(now());
    }
}
