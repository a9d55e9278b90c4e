package io.perennial.identity;

import io.perennial.platform.records.Column;
import io.perennial.platform.records.ColumnType;
import io.perennial.platform.records.RecordType;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Vendor staff as records: they come from files and the API long before they are invited to sign in. */
@Configuration(proxyBeanMethods = false)
class TeamMemberRecords {

    @Bean
    RecordType teamMembers() {
        return new RecordType(
                "team-members",
                "Team members",
                "The people of the company who look after customers.",
                "identity.team_member",
                List.of(
                        Column.of("name", ColumnType.TEXT, "Name as colleagues know it.", "Ana Reyes")
                                .requiredForNew()
                                .upTo(200)
                                .alsoKnownAs("full name", "full_name", "user name", "csm"),
                        Column.of(
                                        "email",
                                        ColumnType.EMAIL,
                                        "Work address; unique, letter case does not matter.",
                                        "ana@example.com")
                                .requiredForNew()
                                .alsoKnownAs("e-mail", "email address", "mail"),
                        Column.choice(
                                        "role",
                                        List.of("ADMIN", "LEADER", "CSM", "SUPPORT", "READ_ONLY"),
                                        "What the member may do; CSM when nothing is said.",
                                        "CSM")
                                .alsoKnownAs("user role"),
                        Column.choice(
                                "portfolio",
                                List.of("everything", "own"),
                                "Which accounts the member sees: all, or only those they own.",
                                "own"),
                        Column.of("time_zone", ColumnType.ZONE, "IANA time zone the member works in.", "Europe/Berlin")
                                .alsoKnownAs("timezone", "tz"),
                        Column.reference(
                                        "team",
                                        "teams",
                                        "team_id",
                                        "The team that the member works in.",
                                        "support-emea")
                                .alsoKnownAs("group", "group_id", "team_id")),
                null,
                null);
    }

    @Bean
    RecordType teams() {
        return new RecordType(
                "teams",
                "Teams",
                "Groups of colleagues, by which cases are given and figures are cut.",
                "identity.team",
                List.of(Column.of("name", ColumnType.TEXT, "Name as colleagues know it.", "Support EMEA")
                        .requiredForNew()
                        .upTo(200)
                        .alsoKnownAs("team", "group", "group name")),
                null,
                null);
    }
}
