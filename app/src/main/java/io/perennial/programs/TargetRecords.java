package io.perennial.programs;

import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.platform.records.Column;
import io.perennial.platform.records.ColumnType;
import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.RecordType;
import io.perennial.platform.records.RecordWriter;
import io.perennial.platform.records.RowOutcome;
import io.perennial.platform.records.RowOutcome.Result;
import io.perennial.programs.Program.Version;
import io.perennial.shared.Actor;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Service level policies as help desks export them: a row for each target. They become drafts of programs, for a person to
 * look at and publish; nobody is promised anything by a file.
 */
@Configuration(proxyBeanMethods = false)
class TargetRecords {

    @Bean
    RecordType serviceTargets(Catalogue catalogue) {
        return new RecordType(
                "service-targets",
                "Service targets",
                "What a program promises for a priority. Goes into the program's draft, which somebody publishes.",
                "programs.version",
                List.of(
                        Column.of("program", ColumnType.TEXT, "Name of the program.", "Gold")
                                .requiredForNew()
                                .upTo(100)
                                .alsoKnownAs("policy", "sla_policy_id", "sla_policy"),
                        Column.choice(
                                        "priority",
                                        List.of("urgent", "high", "medium", "low"),
                                        "Priority of cases that it is for.",
                                        "urgent")
                                .requiredForNew()
                                .alsoReads("medium", "normal"),
                        Column.choice(
                                        "promise",
                                        List.of("first-response", "update", "resolution"),
                                        "What is promised.",
                                        "first-response")
                                .requiredForNew()
                                .alsoReads("first-response", "first_reply_time")
                                .alsoReads("update", "next_reply_time", "periodic_update_time")
                                .alsoReads("resolution", "requester_wait_time", "total_resolution_time")
                                .alsoKnownAs("metric"),
                        Column.of("minutes", ColumnType.DECIMAL, "Within so many minutes of working time.", "60")
                                .requiredForNew()
                                .alsoKnownAs("target")),
                null,
                new Writer(catalogue));
    }

    private record Writer(Catalogue catalogue) implements RecordWriter {

        private static final BigDecimal MOST_MINUTES = BigDecimal.valueOf(366L * 24 * 60);

        @Override
        public List<RowOutcome> write(List<RecordRow> rows, Actor actor, Instant now) {
            List<RowOutcome> outcomes = new ArrayList<>(rows.size());
            rows.forEach(row -> outcomes.add(write(row, actor)));
            return outcomes;
        }

        @Override
        public List<String> identity() {
            return List.of("program", "priority", "promise");
        }

        private RowOutcome write(RecordRow row, Actor actor) {
            BigDecimal minutes = row.values().get("minutes") instanceof BigDecimal said ? said : BigDecimal.ZERO;
            if (minutes.signum() <= 0 || minutes.compareTo(MOST_MINUTES) > 0) {
                return RowOutcome.refused(
                        row, "minutes", "not_usable", "A target is more than nothing and at most a year.");
            }
            String name = text(row, "program");
            try {
                Viewer importer = new Viewer(
                        actor.id() == null ? new UUID(0, 0) : actor.id(), actor.name(), "", Role.LEADER, true);
                Program known = catalogue.programs().stream()
                        .filter(program -> program.name().equalsIgnoreCase(name))
                        .findFirst()
                        .orElse(null);
                UUID program = known == null ? catalogue.create(importer, name).program() : known.id();
                Version newest = catalogue.versions(program).getFirst();
                Offer offer = with(newest.offer(), row, Duration.ofSeconds(minutes.longValue() * 60));
                if (offer.equals(newest.offer())) {
                    return outcome(row, Result.UNCHANGED);
                }
                Version draft = catalogue.draft(importer, program);
                catalogue.save(importer, program, draft.edits(), offer);
                return outcome(row, known == null ? Result.CREATED : Result.UPDATED);
            } catch (Catalogue.NotPossible e) {
                return RowOutcome.refused(
                        row,
                        "program",
                        "not_usable",
                        Objects.requireNonNullElse(e.getMessage(), "That cannot be kept."));
            }
        }

        private static Offer with(Offer offer, RecordRow row, Duration target) {
            Priority priority = Priority.of(text(row, "priority")).orElse(Priority.MEDIUM);
            Targets before = offer.targets(priority);
            Map<Priority, Targets> targets = new EnumMap<>(Priority.class);
            targets.putAll(offer.targets());
            targets.put(
                    priority,
                    switch (text(row, "promise")) {
                        case "first-response" -> new Targets(target, before.update(), before.resolution());
                        case "update" -> new Targets(before.firstResponse(), target, before.resolution());
                        default -> new Targets(before.firstResponse(), before.update(), target);
                    });
            return new Offer(
                    offer.summary(),
                    offer.price(),
                    offer.currency(),
                    offer.calendar(),
                    offer.channels(),
                    targets,
                    offer.termMonths(),
                    offer.units(),
                    offer.eligibility(),
                    offer.benefits());
        }

        private static String text(RecordRow row, String column) {
            return String.valueOf(row.values().get(column));
        }

        private static RowOutcome outcome(RecordRow row, Result result) {
            return new RowOutcome(row.number(), row.externalId(), result, null, List.of());
        }
    }
}
