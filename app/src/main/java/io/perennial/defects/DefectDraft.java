package io.perennial.defects;

import io.perennial.platform.web.FormValues;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What somebody typed about a defect, as typed. */
public record DefectDraft(
        String title,
        String description,
        String product,
        String feature,
        String cause,
        String severity,
        String workaround,
        String foundOn,
        String cost,
        String currency,
        String costNote) {

    private static final int LONGEST_TITLE = 300;
    private static final int LONGEST_WORD = 200;
    private static final int LONGEST_TEXT = 20_000;

    /** A field that a form does not have is empty. */
    public DefectDraft {
        title = Objects.requireNonNullElse(title, "");
        description = Objects.requireNonNullElse(description, "");
        product = Objects.requireNonNullElse(product, "");
        feature = Objects.requireNonNullElse(feature, "");
        cause = Objects.requireNonNullElse(cause, "");
        severity = Objects.requireNonNullElse(severity, "");
        workaround = Objects.requireNonNullElse(workaround, "");
        foundOn = Objects.requireNonNullElse(foundOn, "");
        cost = Objects.requireNonNullElse(cost, "");
        currency = Objects.requireNonNullElse(currency, "");
        costNote = Objects.requireNonNullElse(costNote, "");
    }

    public static DefectDraft empty(String title, String product) {
        return new DefectDraft(title, "", product, "", "", Severity.MAJOR.key(), "", "", "", "", "");
    }

    public static DefectDraft of(Defect defect) {
        BigDecimal cost = defect.cost();
        return new DefectDraft(
                defect.title(),
                defect.description(),
                defect.product(),
                defect.feature(),
                defect.cause(),
                defect.severity().key(),
                defect.workaround(),
                LocalDate.ofInstant(defect.foundAt(), ZoneOffset.UTC).toString(),
                cost == null ? "" : cost.toPlainString(),
                defect.costCurrency() == null ? "" : defect.costCurrency(),
                defect.costNote());
    }

    /** @throws DefectRefused with what is wrong */
    DefectDraft checked() {
        String line = title.strip().replaceAll("\\s+", " ");
        if (line.isEmpty() || line.length() > LONGEST_TITLE) {
            throw new DefectRefused("Say in a line of up to 300 characters what is wrong.");
        }
        if (Severity.find(severity).isEmpty()) {
            throw new DefectRefused("Choose how much it hurts.");
        }
        for (String word : new String[] {product, feature, cause, costNote}) {
            if (word.length() > LONGEST_WORD) {
                throw new DefectRefused("Product, feature, cause and remark have up to 200 characters each.");
            }
        }
        for (String text : new String[] {description, workaround}) {
            if (text.length() > LONGEST_TEXT) {
                throw new DefectRefused("Description and workaround have up to 20,000 characters each.");
            }
        }
        if ((line + description + product + feature + cause + workaround + costNote).indexOf('\0') >= 0) {
            throw new DefectRefused("The text has a character that cannot be stored. Type it again.");
        }
        day(foundOn, "the day on which it was found");
        money();
        return new DefectDraft(
                line,
                description.strip(),
                product.strip(),
                feature.strip(),
                cause.strip(),
                severity,
                workaround.replace("\r\n", "\n").strip(),
                foundOn.strip(),
                cost.strip(),
                currency.strip().toUpperCase(Locale.ROOT),
                costNote.strip());
    }

    @Nullable
    BigDecimal money() {
        String typed = cost.strip().replace(",", "");
        if (typed.isEmpty()) {
            return null;
        }
        if (!typed.matches("\\d{1,12}(\\.\\d{1,2})?")) {
            throw new DefectRefused("Write the cost as a number, such as 1,600.");
        }
        if (!currency.strip().toUpperCase(Locale.ROOT).matches("[A-Z]{3}")) {
            throw new DefectRefused("Say in which currency it costs that, such as EUR.");
        }
        return new BigDecimal(typed);
    }

    static @Nullable LocalDate day(String typed, String what) {
        return FormValues.day(typed, wrong -> new DefectRefused("Write " + what + " as 2026-11-24."));
    }
}
