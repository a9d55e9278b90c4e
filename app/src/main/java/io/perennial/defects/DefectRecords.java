package io.perennial.defects;

import io.perennial.platform.records.Column;
import io.perennial.platform.records.ColumnType;
import io.perennial.platform.records.RecordType;
import java.util.Arrays;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Declares the record type {@code defects}: what another tool knows comes in by import or API. */
@Configuration(proxyBeanMethods = false)
class DefectRecords {

    static final String TYPE = "defects";

    @Bean
    RecordType defects() {
        return new RecordType(
                TYPE,
                "Defects",
                "What is wrong with a product, how far its repair is, and what people can do meanwhile.",
                "defects.defect",
                List.of(
                        Column.of("title", ColumnType.TEXT, "What is wrong, in a line.", "Export stops at 10,000 rows")
                                .requiredForNew()
                                .upTo(300)
                                .alsoKnownAs("summary", "subject"),
                        Column.of(
                                        "description",
                                        ColumnType.TEXT,
                                        "What happens and when.",
                                        "Rows after 10,000 are missing.")
                                .upTo(20_000),
                        Column.of("product", ColumnType.TEXT, "The product concerned.", "Reports")
                                .upTo(200)
                                .alsoKnownAs("component"),
                        Column.of("feature", ColumnType.TEXT, "The part of the product.", "Export")
                                .upTo(200),
                        Column.of(
                                        "cause",
                                        ColumnType.TEXT,
                                        "Where it comes from: code, regression, design.",
                                        "regression")
                                .upTo(200)
                                .alsoKnownAs("root_cause"),
                        Column.choice(
                                        "severity",
                                        Arrays.stream(Severity.values())
                                                .map(Severity::key)
                                                .toList(),
                                        "How much it hurts.",
                                        "major")
                                .alsoReads("critical", "blocker", "s1", "sev1", "1")
                                .alsoReads("major", "high", "s2", "sev2", "2")
                                .alsoReads("minor", "medium", "normal", "s3", "sev3", "3")
                                .alsoReads("cosmetic", "trivial", "low", "s4", "sev4", "4"),
                        Column.choice(
                                        "state",
                                        Arrays.stream(DefectState.values())
                                                .map(DefectState::key)
                                                .toList(),
                                        "How far it is. A known issue needs its workaround, a fixed one its day, a"
                                                + " refused one its reason.",
                                        "confirmed")
                                .alsoReads("suspected", "new", "open", "reported")
                                .alsoReads("confirmed", "in progress", "accepted")
                                .alsoReads("known-issue", "known issue", "known error")
                                .alsoReads("fix-planned", "planned", "scheduled")
                                .alsoReads("fixed", "resolved", "done", "closed", "released")
                                .alsoReads("wont-fix", "won't fix", "rejected", "declined")
                                .alsoKnownAs("status"),
                        Column.of(
                                        "workaround",
                                        ColumnType.TEXT,
                                        "What people can do meanwhile, in Markdown.",
                                        "Export month by month.")
                                .upTo(20_000),
                        Column.of("planned_for", ColumnType.DATE, "When the fix is planned for.", "2026-12-10"),
                        Column.of("fixed_in", ColumnType.TEXT, "The version that has the fix.", "7.2.1")
                                .upTo(100)
                                .alsoKnownAs("fix_version"),
                        Column.of("fixed_on", ColumnType.DATE, "When the fix was released.", "2026-11-20"),
                        Column.of(
                                        "refusal",
                                        ColumnType.TEXT,
                                        "Why it will not be fixed.",
                                        "The old export goes in March.")
                                .upTo(2_000),
                        Column.of("cost", ColumnType.DECIMAL, "What it cost us, where that is known.", "1600"),
                        Column.of("cost_currency", ColumnType.TEXT, "Of the cost.", "EUR")
                                .upTo(3),
                        Column.of("found_at", ColumnType.INSTANT, "When it was found.", "2026-11-18T09:12:00Z")
                                .alsoKnownAs("created_at", "reported_at", "opened_at")),
                null,
                null);
    }
}
