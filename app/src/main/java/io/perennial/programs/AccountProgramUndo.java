package io.perennial.programs;

import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.audit.Undoable;
import io.perennial.programs.AccountProgram.Choice;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import java.math.BigDecimal;
import java.util.ArrayList;
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

    private final ObjectProvider<AccountProgram> programs;
    private final Enrolments enrolments;
    private final Terms terms;
    private final Entitlements entitlements;

    AccountProgramUndo(
            ObjectProvider<AccountProgram> programs, Enrolments enrolments, Terms terms, Entitlements entitlements) {
        this.programs = programs;
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
        int restored = 0;
        List<String> leftAlone = new ArrayList<>();
        for (ChangedThing thing : things) {
            String why = undo(thing, actor);
            if (why == null) {
                restored++;
            } else {
                leftAlone.add(why);
            }
        }
        return new UndoResult(restored, leftAlone);
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
        AccountProgram program = programs.getObject();
        terms.lock(List.of(account));
        UUID id = UUID.fromString(thing.id());
        Choice now = program.choice(id, account);
        if (!now.equals(JSON.readValue(after, Choice.class))) {
            return "a program that was changed again since";
        }
        program.store(
                id,
                thing.before() == null ? new Choice(null, null, null) : JSON.readValue(thing.before(), Choice.class));
        enrolments.renew(List.of(account), actor);
        return null;
    }
}
