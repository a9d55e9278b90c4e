package io.perennial.engagement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.audit.Undoable.UndoResult;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import io.perennial.world.Book;
import io.perennial.world.PerennialTest;
import java.time.LocalDate;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;

@PerennialTest
class TasksTests {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

    @Autowired
    JdbcClient database;

    @Autowired
    Tasks tasks;

    @Autowired
    TaskUndo undo;

    @Autowired
    io.perennial.world.People staff;

    private AccountId harbor;
    private Viewer ana;

    @BeforeEach
    void anaLooksAfterHarborFreight() {
        harbor = new Book(database).account("harbor", "Harbor Freight Lines");
        ana = viewer("Ana Reyes", Role.CSM, true);
    }

    @Test
    void anOpenTaskIsOwedByWhoAddedIt() {
        tasks.create(harbor, Tasks.NewTask.of("Send the roll-out plan", TODAY.plusDays(2)), ana);

        assertThat(tasks.openFor(ana.memberId(), ana, TODAY, 10))
                .singleElement()
                .satisfies(task -> {
                    assertThat(task.title()).isEqualTo("Send the roll-out plan");
                    assertThat(task.accountName()).isEqualTo("Harbor Freight Lines");
                    assertThat(task.ownerName()).isEqualTo("Ana Reyes");
                });
    }

    @Test
    void aDoneTaskIsOwedNoMoreUntilItIsOpenedAgain() {
        UUID task = add();

        tasks.complete(task, "Sent", ana);
        assertThat(tasks.openOf(harbor, ana, TODAY)).isEmpty();
        assertThat(tasks.complete(task, "Sent", ana)).isNull();

        tasks.reopen(task, ana);
        assertThat(tasks.openOf(harbor, ana, TODAY)).hasSize(1);
    }

    @Test
    void aSnoozedTaskLeavesTheWorkListUntilItsDay() {
        UUID task = add();

        tasks.snooze(task, TODAY.plusDays(7), "Waiting for their answer", ana);

        assertThat(tasks.openFor(ana.memberId(), ana, TODAY, 10)).isEmpty();
        assertThat(tasks.openFor(ana.memberId(), ana, TODAY.plusDays(7), 10)).hasSize(1);
        assertThatThrownBy(() -> tasks.snooze(task, TODAY, null, ana)).hasMessageContaining("still to come");
    }

    @Test
    void whatWasDoneCanBeTakenBack() {
        UUID task = add();
        UUID change = Objects.requireNonNull(tasks.complete(task, "Sent", ana));

        assertThat(takeBack(change)).isEqualTo(new UndoResult(1, List.of()));

        assertThat(tasks.openOf(harbor, ana, TODAY)).hasSize(1);
        assertThat(database.sql("select outcome is null from engagement.task")
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    @Test
    void whatWasAddedCanBeTakenBack() {
        UUID change = tasks.create(harbor, Tasks.NewTask.of("Send the roll-out plan", null), ana)
                .change();

        takeBack(change);

        assertThat(tasks.openOf(harbor, ana, TODAY)).isEmpty();
    }

    @Test
    void whatSomebodyWentOnWithIsLeftAlone() {
        UUID task = add();
        UUID change = Objects.requireNonNull(tasks.snooze(task, TODAY.plusDays(7), null, ana));
        tasks.complete(task, "Done anyway", ana);

        assertThat(takeBack(change)).isEqualTo(new UndoResult(0, List.of(task.toString())));
    }

    @Test
    void somebodyElsesCustomerDoesNotExist() {
        UUID task = add();
        Viewer ben = viewer("Ben Ito", Role.CSM, false);

        assertThat(tasks.openOf(harbor, ben, TODAY)).isEmpty();
        assertThatThrownBy(() -> tasks.complete(task, null, ben)).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(() -> tasks.create(harbor, Tasks.NewTask.of("Call", null), ben))
                .isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void whoMayOnlyLookAddsNothing() {
        Viewer rita = viewer("Rita Reader", Role.READ_ONLY, true);

        assertThatThrownBy(() -> tasks.create(harbor, Tasks.NewTask.of("Call", null), rita))
                .isInstanceOf(AccessDeniedException.class);
    }

    private UUID add() {
        return tasks.create(harbor, Tasks.NewTask.of("Send the roll-out plan", TODAY), ana)
                .task();
    }

    private Viewer viewer(String name, Role role, boolean everything) {
        return new Viewer(staff.member(name, role, everything), name, name + "@perennial.example", role, everything);
    }

    private UndoResult takeBack(UUID change) {
        List<ChangedThing> things = database.sql("""
                select thing_id, account_id, before::text as before, after::text as after
                from platform.change_row where change_id = ?
                """)
                .param(change)
                .query((row, number) -> new ChangedThing(
                        "task",
                        row.getString("thing_id"),
                        new AccountId(row.getObject("account_id", UUID.class)),
                        orNull(row.getString("before")),
                        orNull(row.getString("after"))))
                .list();
        return undo.undo(things, Actor.SYSTEM);
    }

    private static @Nullable String orNull(@Nullable String text) {
        return text;
    }
}
