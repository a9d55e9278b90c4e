package io.perennial.engagement;

import static io.perennial.platform.records.ColumnType.BOOLEAN;
import static io.perennial.platform.records.ColumnType.INSTANT;
import static io.perennial.platform.records.ColumnType.TEXT;

import io.perennial.platform.records.Column;
import io.perennial.platform.records.RecordType;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What a company may bring about who talked with whom. */
@Configuration(proxyBeanMethods = false)
class EngagementRecords {

    @Bean
    RecordType touchpointsType() {
        return new RecordType(
                "touchpoints",
                "Touchpoints",
                "Calls, meetings, mails and notes; conversations count apart from what was sent by a machine.",
                "engagement.touchpoint",
                List.of(
                        Column.reference("account", "accounts", "account_id", "External id of the account.", "acme")
                                .requiredForNew()
                                .alsoKnownAs("account_id", "account_external_id", "company_id", "customer_id"),
                        Column.reference("contact", "contacts", "contact_id", "External id of the person.", "mia")
                                .alsoKnownAs("contact_id", "contact_external_id", "person"),
                        Column.of("at", INSTANT, "When it happened.", "2026-11-20T14:30:00+01:00")
                                .requiredForNew()
                                .alsoKnownAs("date", "happened_at", "activity_date", "timestamp", "created_at"),
                        Column.choice(
                                        "kind",
                                        List.of("call", "meeting", "mail", "note", "event", "automated"),
                                        "What it was.",
                                        "call")
                                .requiredForNew()
                                .alsoKnownAs("type", "activity_type"),
                        Column.choice("direction", List.of("in", "out", "both"), "Who spoke to whom.", "both"),
                        Column.of(
                                        "two_way",
                                        BOOLEAN,
                                        "Whether both sides took part; calls and meetings do when nothing is said.",
                                        "true")
                                .alsoKnownAs("conversation", "is_two_way"),
                        Column.of("subject", TEXT, "What it was about.", "Roll-out in Rotterdam")
                                .upTo(300)
                                .alsoKnownAs("title", "topic"),
                        Column.of("body", TEXT, "What was said.", "Go-live moved to January.")
                                .upTo(20_000)
                                .alsoKnownAs("notes", "description", "text", "comments"),
                        Column.of("sentiment", TEXT, "How it felt; your own word.", "content")
                                .upTo(60)
                                .alsoKnownAs("mood"),
                        Column.reference(
                                        "member",
                                        "team-members",
                                        "member_id",
                                        "External id or e-mail of the team member who took part.",
                                        "ana.reyes@example.com")
                                .alsoKnownAs("team_member", "owner", "user", "csm")),
                "account_id",
                null);
    }
}
