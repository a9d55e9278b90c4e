package io.perennial.cases.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.identity.Viewer;
import io.perennial.world.MovableClock;
import io.perennial.world.PerennialTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** However a list is found and counted, it shows the cases that belong to it, each once, in its order. */
@PerennialTest
class QueueListsTests {

    @Autowired
    JdbcClient database;

    @Autowired
    TransactionOperations transactions;

    @Autowired
    OpenSums sums;

    @Autowired
    MovableClock clock;

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void everyListIsWhatAPlainLookThroughAllCasesFinds(long seed) {
        RandomDesk desk = new RandomDesk(database, clock.instant(), seed);
        desk.fill(400);
        desk.change();
        List<WrittenCase> all = desk.all();
        int found = 0;
        for (int far : List.of(60, 25_000)) {
            Queue queue = queue(new NewestFirst(database, transactions, far, .1));
            for (Viewer viewer : desk.people()) {
                for (Queue.View view : Queue.View.values()) {
                    for (QueueFilter filter : List.of(QueueFilter.NONE, desk.filter())) {
                        List<Long> shown = read(queue, new Queue.Question(view, filter, ""), viewer);
                        assertThat(shown)
                                .as("%s of %s for %s, %d far", view, filter, viewer, far)
                                .isEqualTo(all.stream()
                                        .filter(one -> one.isIn(view, viewer, clock.instant()) && one.fits(filter))
                                        .sorted(WrittenCase.order(view))
                                        .map(WrittenCase::number)
                                        .toList());
                        found += shown.size();
                    }
                }
            }
        }
        assertThat(found).as("there was something to find").isGreaterThan(1_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12})
    void wordsAreFoundByAWalkAndByTheirIndexAlike(long seed) {
        RandomDesk desk = new RandomDesk(database, clock.instant(), seed);
        desk.fill(300);
        List<WrittenCase> all = desk.all();
        Viewer everybody = desk.people().getFirst();
        int found = 0;
        for (int i = 0; i < 60; i++) {
            QueueFilter filter = new QueueFilter("", "", "", "", desk.words());
            List<Long> expected = all.stream()
                    .filter(one -> one.fits(filter))
                    .sorted(WrittenCase.order(Queue.View.ALL))
                    .map(WrittenCase::number)
                    .toList();
            // Nothing is common: by the index. Everything is: by a walk that may be too short.
            for (NewestFirst newest : List.of(
                    new NewestFirst(database, transactions, 10, 2),
                    new NewestFirst(database, transactions, 100, 0),
                    new NewestFirst(database, transactions))) {
                assertThat(read(queue(newest), new Queue.Question(Queue.View.ALL, filter, ""), everybody))
                        .as("%s", filter)
                        .isEqualTo(expected);
            }
            found += expected.size();
        }
        assertThat(found).isGreaterThan(500);
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22})
    void theNumbersOfTheTabsAreThoseOfARecount(long seed) {
        RandomDesk desk = new RandomDesk(database, clock.instant(), seed);
        desk.fill(250);
        Queue queue = queue(new NewestFirst(database, transactions));
        for (int round = 0; round < 4; round++) {
            List<WrittenCase> all = desk.all();
            for (Viewer viewer : desk.people()) {
                Map<Queue.View, Long> counts = queue.counts(viewer);
                for (Queue.View view : Queue.View.values()) {
                    if (view.isOpen()) {
                        assertThat(counts)
                                .as("%s for %s, round %d", view, viewer, round)
                                .containsEntry(
                                        view,
                                        all.stream()
                                                .filter(one -> one.isIn(view, viewer, clock.instant()))
                                                .count());
                    }
                }
            }
            desk.change();
            if (round == 1) {
                sums.fold(0);
            }
        }
    }

    @Test
    void manySmallSumsBecomeAFew() {
        RandomDesk desk = new RandomDesk(database, clock.instant(), 31);
        desk.fill(120);
        long before = sums();

        sums.fold(1_000);
        assertThat(sums()).as("a few are left alone").isEqualTo(before);
        sums.fold(10);

        assertThat(before).isGreaterThan(60);
        assertThat(sums()).isLessThanOrEqualTo(2 * 2 * 2 * 4);
    }

    @Test
    void changesThatHappenSideBySideAreAllCounted() throws Exception {
        RandomDesk desk = new RandomDesk(database, clock.instant(), 41);
        desk.fill(80);
        List<UUID> ids = desk.all().stream().map(WrittenCase::id).toList();
        try (ExecutorService hands = Executors.newFixedThreadPool(4)) {
            List<Future<?>> work = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                int hand = i;
                work.add(hands.submit(() -> {
                    for (int n = hand; n < 200; n += 4) {
                        database.sql("""
                                update cases.support_case set resolved_at = case when resolved_at is null then opened_at end,
                                    escalated_why = case when :even then 'Help' end
                                where id = :id
                                """)
                                .param("even", n % 2 == 0)
                                .param("id", ids.get(n % ids.size()))
                                .update();
                        if (n % 25 == 0) {
                            sums.fold(0);
                        }
                    }
                }));
            }
            for (Future<?> one : work) {
                one.get();
            }
        }
        Viewer everybody = desk.people().getFirst();
        assertThat(queue(new NewestFirst(database, transactions)).counts(everybody))
                .containsEntry(Queue.View.ESCALATED, counted(desk, Queue.View.ESCALATED, everybody))
                .containsEntry(Queue.View.DUE, counted(desk, Queue.View.DUE, everybody));
    }

    private long counted(RandomDesk desk, Queue.View view, Viewer viewer) {
        return desk.all().stream()
                .filter(one -> one.isIn(view, viewer, clock.instant()))
                .count();
    }

    private Queue queue(NewestFirst newest) {
        return new Queue(database, new OpenLists(database), newest, sums, clock);
    }

    /** All pages, one after the other. */
    private static List<Long> read(Queue queue, Queue.Question question, Viewer viewer) {
        List<Long> numbers = new ArrayList<>();
        String after = "";
        while (true) {
            Queue.Page page = queue.page(new Queue.Question(question.view(), question.filter(), after), viewer);
            page.rows().forEach(row -> numbers.add(row.number()));
            if (page.next() == null) {
                return numbers;
            }
            assertThat(page.rows()).hasSize(Queue.PAGE);
            after = page.next();
        }
    }

    private long sums() {
        return database.sql("select count(*) from cases.open_sum")
                .query(Long.class)
                .single();
    }
}
