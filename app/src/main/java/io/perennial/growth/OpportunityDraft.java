package io.perennial.growth;

import io.perennial.platform.web.FormValues;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What somebody typed about an opportunity, as typed. */
public record OpportunityDraft(
        String name,
        String kind,
        String product,
        String program,
        String amount,
        String currency,
        String probability,
        String expectedOn,
        String sourcedBy,
        String description) {

    /** Who may have found it. */
    public static final List<String> SOURCES =
            List.of("success", "support", "sales", "marketing", "partner", "customer");

    /** The same with blanks gone, when it can be kept. */
    OpportunityDraft checked() {
        OpportunityDraft clean = new OpportunityDraft(
                name.strip(),
                kind,
                product.strip(),
                program.strip(),
                amount.strip(),
                currency.strip().toUpperCase(Locale.ROOT),
                probability.strip(),
                expectedOn.strip(),
                sourcedBy,
                description.replace("\r\n", "\n").strip());
        String all = clean.name + clean.product + clean.program + clean.description;
        if (all.indexOf('\0') >= 0) {
            throw new GrowthRefused("The text has a character that cannot be stored. Type it again.");
        }
        if (clean.name.isEmpty() || clean.name.length() > 200) {
            throw new GrowthRefused("Say in up to 200 characters what the customer could buy.");
        }
        if (clean.product.length() > 200 || clean.program.length() > 100 || clean.description.length() > 4_000) {
            throw new GrowthRefused(
                    "A product has up to 200 characters, a program up to 100, a description up to 4,000.");
        }
        if (OpportunityKind.find(kind).isEmpty()) {
            throw new GrowthRefused("Choose what kind of business it is.");
        }
        if (!sourcedBy.isEmpty() && !SOURCES.contains(sourcedBy)) {
            throw new GrowthRefused("Choose who found it.");
        }
        BigDecimal money = clean.money();
        if (money != null && clean.currency.isEmpty()) {
            throw new GrowthRefused("Say in which currency the amount is.");
        }
        if (!clean.currency.isEmpty() && !FormValues.isCurrency(clean.currency)) {
            throw new GrowthRefused("A currency has three letters, such as EUR.");
        }
        clean.percent();
        clean.day();
        return clean;
    }

    @Nullable
    BigDecimal money() {
        return money(amount, "The amount is a number not below zero, such as 6000.");
    }

    static @Nullable BigDecimal money(String typed, String refusal) {
        BigDecimal money = FormValues.number(typed, refusal, refusal, GrowthRefused::new);
        if (money != null && money.signum() < 0) {
            throw new GrowthRefused(refusal);
        }
        return money;
    }

    @Nullable
    BigDecimal percent() {
        BigDecimal percent = money(
                probability.replace("%", ""),
                "A probability is a number from 0 to 100; empty takes that of the stage.");
        if (percent != null && percent.compareTo(BigDecimal.valueOf(100)) > 0) {
            throw new GrowthRefused("A probability is a number from 0 to 100; empty takes that of the stage.");
        }
        return percent;
    }

    @Nullable
    LocalDate day() {
        return day(expectedOn);
    }

    static @Nullable LocalDate day(String typed) {
        return FormValues.day(typed, GrowthRefused::new);
    }
}
