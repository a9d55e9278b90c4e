package io.perennial.events.reading;

import io.perennial.platform.jobs.JobHandler;
import io.perennial.platform.jobs.JobRun;
import io.perennial.shared.AccountId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** {@code perennial replay}: counts an account, some days or the days of a source anew from the events. */
@Component
class ReplayJob implements JobHandler {

    static final String KIND = "events-replay";

    private static final LocalDate EVER = LocalDate.of(2000, 1, 1);
    private static final int DAYS_AT_ONCE = 7;

    private final Replay replay;
    private final JdbcClient database;

    ReplayJob(Replay replay, JdbcClient database) {
        this.replay = replay;
        this.database = database;
    }

    private record Stretch(LocalDate first, LocalDate last) {}

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String run(JobRun run) {
        JsonNode parameters = Saying.JSON.readTree(run.parameters());
        Replay.Account account = account(parameters.path("account").asString(""));
        List<Stretch> stretches = stretches(account, parameters);
        int different = 0;
        for (int done = 0; done < stretches.size() && !run.cancelled(); done++) {
            run.progress("Counting anew, part", done, stretches.size());
            Stretch stretch = stretches.get(done);
            different += replay.days(account, stretch.first(), stretch.last());
        }
        run.progress("Counting anew, part", stretches.size(), stretches.size());
        return different == 0
                ? "Everything was right; nothing was changed."
                : "%,d days of accounts were different and are right now.".formatted(different);
    }

    private Replay.@Nullable Account account(String externalId) {
        if (externalId.isEmpty()) {
            return null;
        }
        UUID id = database.sql("select id from accounts.account where external_id = :id")
                .param("id", externalId)
                .query(UUID.class)
                .optional()
                .orElseThrow(() -> new JobFailed("There is no account " + externalId + "."));
        return new Replay.Account(new AccountId(id), externalId);
    }

    private List<Stretch> stretches(Replay.@Nullable Account account, JsonNode parameters) {
        LocalDate whole = replay.firstWhole();
        if (parameters.has("first")) {
            LocalDate first = LocalDate.parse(parameters.path("first").asString());
            LocalDate last = LocalDate.parse(parameters.path("last").asString());
            if (first.isBefore(whole)) {
                throw new JobFailed("Events are kept for a set time only; all of them are there from " + whole
                        + " on. What was counted before stays as it is.");
            }
            return account == null
                    ? cut(first.datesUntil(last.plusDays(1)).toList())
                    : List.of(new Stretch(first, last));
        }
        List<LocalDate> days = replay.days(source(parameters)).stream()
                .filter(day -> !day.isBefore(whole))
                .toList();
        if (account == null) {
            return cut(days);
        }
        return List.of(new Stretch(whole.isBefore(EVER) ? EVER : whole, LocalDate.of(9999, 12, 31)));
    }

    private @Nullable Integer source(JsonNode parameters) {
        String name = parameters.path("source").asString("");
        if (name.isEmpty()) {
            return null;
        }
        return database.sql("select id from events.source where name = :name or id::text = :name order by id limit 1")
                .param("name", name)
                .query(Integer.class)
                .optional()
                .orElseThrow(() -> new JobFailed("There is no source " + name + "."));
    }

    /** Neighbouring days together, as each stretch reads the inbox once. */
    private static List<Stretch> cut(List<LocalDate> days) {
        List<Stretch> stretches = new ArrayList<>();
        for (LocalDate day : days) {
            Stretch open = stretches.isEmpty() ? null : stretches.getLast();
            if (open != null && day.isBefore(open.first().plusDays(DAYS_AT_ONCE))) {
                stretches.set(stretches.size() - 1, new Stretch(open.first(), day));
            } else {
                stretches.add(new Stretch(day, day));
            }
        }
        return stretches;
    }
}
