package io.perennial.programs;

import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.audit.Undoable;
import io.perennial.programs.ProgramChoice.Choice;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Takes back what a person did with an account's program. The ledger keeps both: what was written, and its reversal. */
@Component
class AccountProgramUndo implements Undoable {

    static final String KIND = "account-program";
    static final String ENROLMENT = "enrolment";
    private static final String DRAWN = "draw";
    private static final String GRANTED = "grant";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ObjectProvider<ProgramChoice> choices;
    private final Enrolments enrolments;
    private final Terms terms;
    private final Entitlements entitlements;

    AccountProgramUndo(
            ObjectProvider<ProgramChoice> choices, Enrolments enrolments, Terms terms, Entitlements entitlements) {
        this.choices = choices;
        this.enrolments = enrolments;
        this.terms = terms;
        this.entitlements = entitlements;
    }

    /** What was drawn or granted. */
    record Movement(String unit, BigDecimal amount) {}

    static String json(Choice choice) {
        return JSON.writeValueAsString(choice);
    }

    static ChangedThing drawn(UUID reservation, AccountId account, String unit, BigDecimal amount) {
        return new ChangedThing(
                DRAWN, reservation.toString(), account, null, JSON.writeValueAsString(new Movement(unit, amount)));
    }

    static ChangedThing granted(String key, AccountId account, String unit, BigDecimal amount) {
        return new ChangedThing(GRANTED, key, account, null, JSON.writeValueAsString(new Movement(unit, amount)));
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public UndoResult undo(List<ChangedThing> things, Actor actor) {
        return UndoResult.of(things, thing -> undo(thing, actor));
    }

    private @Nullable String undo(ChangedThing thing, Actor actor) {
        if (thing.account() == null || thing.after() == null) {
            return "an account that is gone";
        }
        if (thing.type().equals(ENROLMENT)) {
            return choice(thing, thing.account(), thing.after(), actor);
        }
        if (thing.type().equals(DRAWN)) {
            entitlements.takeBack(UUID.fromString(thing.id()), actor);
            return null;
        }
        Movement movement = JSON.readValue(thing.after(), Movement.class);
        boolean done = entitlements.grant(
                thing.account(),
                movement.unit(),
                movement.amount().negate(),
                "Taken back",
                "undo-" + thing.id(),
                actor);
        return done ? null : "units of a term that is over";
    }

    private @Nullable String choice(ChangedThing thing, AccountId account, String after, Actor actor) {
        ProgramChoice choices = this.choices.getObject();
        terms.lock(List.of(account));
        UUID id = UUID.fromString(thing.id());
        Choice now = choices.choice(id, account);
        if (!now.equals(JSON.readValue(after, Choice.class))) {
            return "a program that was changed again since";
        }
        choices.store(
                id,
                thing.before() == null ? new Choice(null, null, null) : JSON.readValue(thing.before(), Choice.class));
        enrolments.renew(List.of(account), actor);
        return null;
    }
}
