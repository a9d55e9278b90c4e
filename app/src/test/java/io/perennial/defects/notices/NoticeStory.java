package io.perennial.defects.notices;

import io.perennial.defects.Broken;
import io.perennial.defects.DefectCases;
import io.perennial.defects.DefectEditing;
import io.perennial.defects.notices.CustomerNotice.Text;
import io.perennial.defects.notices.Wishes.Choice;
import io.perennial.shared.AccountId;
import io.perennial.world.MovableClock;
import io.perennial.world.People;
import io.perennial.world.Visitor;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Harbor uses the planner. Tuesday, 24 November 2026, nine in the morning. */
abstract class NoticeStory {

    static final Audience PLANNER =
            new Audience(false, List.of("planner"), List.of(), List.of(), List.of(), null, false);

    @Autowired
    JdbcClient database;

    @Autowired
    DefectEditing editing;

    @Autowired
    DefectCases cases;

    @Autowired
    Notices notices;

    @Autowired
    NoticeDispatch dispatch;

    @Autowired
    NoticeSending sending;

    @Autowired
    WishGuard guard;

    @Autowired
    Wishes wishes;

    @Autowired
    TransactionOperations transactions;

    @Autowired
    MovableClock clock;

    @Autowired
    People people;

    Broken broken;
    AccountId harbor;

    @BeforeEach
    void harborUsesThePlanner() {
        broken = new Broken(database, editing, cases);
        harbor = broken.customer("harbor", "1200");
    }

    UUID draft(NoticeKind kind, Audience audience, String subject) {
        UUID notice = notices.begin(kind, null, subject.length() > 100 ? "k" : subject, broken.ana());
        notices.save(
                notice,
                1,
                new NoticeDraft(kind, Map.of("en", new Text(subject, "Text: " + subject)), "", "", "UTC", audience),
                broken.ana());
        return notice;
    }

    void send(UUID notice, long people) {
        CustomerNotice now = notices.find(notice).orElseThrow();
        dispatch.send(notice, now.version(), people, broken.ana());
    }

    void wants(UUID contact, boolean byMail, String knownIssue, String news) {
        wishes.change(contact, wishes.of(contact).version(), new Choice(byMail, knownIssue, news, ""), broken.ana());
        database.sql("""
                insert into defects.wish (id, changed_by, changed_at) values (:id, 'Ana Reyes', now()) on conflict do nothing
                """).param("id", contact).update();
    }

    List<String> letters() {
        return database.sql("select to_address from mail.letter")
                .query((row, number) -> row.getString(1))
                .list();
    }

    Visitor visitor() {
        return people.signIn(broken.ana().memberId(), "Ana Reyes");
    }
}
