package io.perennial.onboarding;

import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedRows;
import io.perennial.platform.audit.ChangedRows.Row;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.audit.Chronicle;
import io.perennial.platform.live.Live;
import io.perennial.shared.Actor;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What happened in onboardings, in words; what people did can be undone as long as nobody went on with it. */
@Component
class OnboardingLog {

    private final Chronicle chronicle;
    private final ChangedRows rows;
    private final Audit audit;
    private final Live live;

    OnboardingLog(JdbcClient database, ChangedRows rows, Audit audit, Live live, Clock clock) {
        this.chronicle = new Chronicle(database, clock, "onboarding.event", "onboarding_id");
        this.rows = rows;
        this.audit = audit;
        this.live = live;
    }

    /**
     * Runs a change and writes down what it changed.
     *
     * @return the change, for undo; null when nothing changed
     */
    @Nullable
    UUID changed(Onboarding onboarding, String what, List<Row> rows, Actor actor, Runnable change) {
        List<ChangedThing> things = this.rows.changed(rows, onboarding.account(), change);
        if (things.isEmpty()) {
            return null;
        }
        UUID id = audit.record(
                actor, OnboardingUndo.KIND, "Onboarding of " + onboarding.accountName() + ": " + what, things);
        write(onboarding.id(), what, actor, id);
        return id;
    }

    void write(UUID onboarding, String what, Actor actor, @Nullable UUID change) {
        chronicle.write(onboarding, what, actor, change);
        live.changed("onboarding:" + onboarding);
        live.changed("onboardings");
    }

    List<Chronicle.Entry> of(UUID onboarding) {
        return chronicle.of(onboarding);
    }
}
