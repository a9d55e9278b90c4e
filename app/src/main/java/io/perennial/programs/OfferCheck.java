package io.perennial.programs;

import io.perennial.programs.Catalogue.NotPossible;
import io.perennial.programs.Offer.Benefit;
import io.perennial.programs.Offer.Unit;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Currency;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an offer must keep to before it is stored. */
final class OfferCheck {

    static final int MOST = 50;
    private static final int LONGEST = 200;
    private static final int LONGEST_TEXT = 1_000;
    private static final BigDecimal LARGEST = new BigDecimal("1000000000000");
    private static final Duration LONGEST_TARGET = Duration.ofDays(365);

    private OfferCheck() {}

    static void check(Offer offer) {
        text("summary", offer.summary(), LONGEST_TEXT);
        text("eligibility", offer.eligibility().note(), LONGEST_TEXT);
        amount("price", offer.price());
        currency(offer);
        if (offer.termMonths() < 1 || offer.termMonths() > 120) {
            throw new NotPossible("A term has 1 to 120 months.");
        }
        bounded("channels", offer.channels().size());
        bounded("segments", offer.eligibility().segments().size());
        offer.channels().forEach(channel -> text("channel", channel, LONGEST));
        offer.eligibility().segments().forEach(segment -> text("segment", segment, LONGEST));
        offer.targets().forEach(OfferCheck::target);
        units(offer);
        bounded("benefits", offer.benefits().size());
        offer.benefits().forEach(OfferCheck::benefit);
    }

    private static void currency(Offer offer) {
        String currency = offer.currency();
        boolean money = offer.price() != null
                || offer.value().signum() > 0
                || offer.units().stream().anyMatch(unit -> unit.worth() != null);
        if (currency == null && money) {
            throw new NotPossible("A price, or the worth of a benefit or unit, needs a currency, such as EUR.");
        }
        if (currency != null) {
            try {
                Currency.getInstance(currency);
            } catch (IllegalArgumentException e) {
                throw new NotPossible("There is no currency " + currency + ". Write its three letters, such as EUR.");
            }
        }
    }

    private static void target(Priority priority, Targets targets) {
        for (Duration each : new Duration[] {targets.firstResponse(), targets.update(), targets.resolution()}) {
            if (each != null && (each.isNegative() || each.isZero() || each.compareTo(LONGEST_TARGET) > 0)) {
                throw new NotPossible(priority.title() + ": a target is more than nothing and less than a year.");
            }
        }
        Duration first = targets.firstResponse();
        Duration solved = targets.resolution();
        if (first != null && solved != null && solved.compareTo(first) < 0) {
            throw new NotPossible(priority.title() + ": it cannot be solved before the first response.");
        }
    }

    private static void units(Offer offer) {
        bounded("units", offer.units().size());
        Set<String> names = new HashSet<>();
        for (Unit unit : offer.units()) {
            if (!unit.unit().matches("[a-z0-9][a-z0-9-]{0,59}")) {
                throw new NotPossible("A unit's name has small letters, digits and hyphens, such as expert-hours; not "
                        + unit.unit() + ".");
            }
            if (unit.title().isBlank()) {
                throw new NotPossible("The unit " + unit.unit() + " needs a title.");
            }
            text("title", unit.title(), LONGEST);
            amount("amount of " + unit.title(), unit.amount());
            amount("worth of one of " + unit.title(), unit.worth());
            if (!names.add(unit.unit())) {
                throw new NotPossible("The unit " + unit.unit() + " is there twice.");
            }
        }
    }

    private static void benefit(Benefit benefit) {
        if (benefit.title().isBlank()) {
            throw new NotPossible("A benefit needs a title.");
        }
        text("title", benefit.title(), LONGEST);
        text("reasoning", benefit.reasoning(), LONGEST_TEXT);
        amount("worth of " + benefit.title(), benefit.amount());
        if (benefit.tangible() && benefit.reasoning().isBlank()) {
            throw new NotPossible("Say how the worth of " + benefit.title()
                    + " comes about: a number without reasons convinces nobody.");
        }
    }

    private static void text(String what, String text, int longest) {
        if (text.length() > longest) {
            throw new NotPossible("The " + what + " has at most " + longest + " characters.");
        }
    }

    private static void amount(String what, @Nullable BigDecimal amount) {
        if (amount != null && (amount.signum() < 0 || amount.compareTo(LARGEST) > 0 || amount.scale() > 6)) {
            throw new NotPossible("The " + what + " is a number of zero or more.");
        }
    }

    private static void bounded(String what, int number) {
        if (number > MOST) {
            throw new NotPossible("There are at most " + MOST + " " + what + ".");
        }
    }
}
