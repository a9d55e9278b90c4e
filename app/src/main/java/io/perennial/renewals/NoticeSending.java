package io.perennial.renewals;

import io.perennial.platform.background.Loop;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Sends what the rule asks for, one renewal in a transaction: letter and proof are there together or not at all, so that neither a
 * kill nor a second server writes to anybody twice.
 */
@Component
class NoticeSending extends Loop {

    private static final Duration LOOK_AGAIN = Duration.ofMinutes(5);

    /** Days after a confirmation in which the rule catches up with it. */
    private static final int LATELY = 30;

    private final JdbcClient database;
    private final Renewals renewals;
    private final Notices notices;
    private final TransactionOperations transactions;
    private final Clock clock;

    NoticeSending(
            JdbcClient database,
            Renewals renewals,
            Notices notices,
            TransactionOperations transactions,
            Clock clock,
            @Value("${perennial.mail.loops:true}") boolean enabled) {
        super("renewal-notices", LOOK_AGAIN, enabled);
        this.database = database;
        this.renewals = renewals;
        this.notices = notices;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    protected Duration step() {
        return one() ? Duration.ZERO : LOOK_AGAIN;
    }

    /** Everything that is due, as the loop would. */
    void drain() {
        while (one()) {
            // each renewal is committed by itself
        }
    }

    private boolean one() {
        return Boolean.TRUE.equals(transactions.execute(transaction -> notice() || latecomer() || reminder()));
    }

    /** Who has an address and a row of that step already is done with, whether a letter could be written or not. */
    private boolean notice() {
        List<UUID> due = database.sql("""
                select r.id from renewals.renewal r join renewals.rule u on u.notices
                where r.outcome = 'open' and r.noticed_on is null and r.notice_on >= u.since
                  and r.notice_on <= :today + :early and r.due_on > :today
                  and exists (
                    select from renewals.person p join accounts.contact c on c.id = p.contact_id
                    where p.renewal_id = r.id and p.confirmed_on is not null and c.email like '%_@_%'
                      and (c.left_on is null or c.left_on > :today)
                      and not exists (
                        select from renewals.letter l
                        where l.renewal_id = r.id and l.step = 'notice' and l.contact_id = p.contact_id))
                order by r.notice_on, r.id limit 1 for update of r skip locked
                """)
                .param("today", today())
                .param("early", NoticeRule.DAYS_EARLY)
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
        due.forEach(id -> notices.sendByRule(renewals.find(id).orElseThrow(), Step.NOTICE));
        return !due.isEmpty();
    }

    /** Who is confirmed when the others have had the notice gets it, too: each of them plans a budget. */
    private boolean latecomer() {
        List<UUID> due = database.sql("""
                select r.id from renewals.rule u
                join renewals.person p on p.confirmed_on >= :today - :lately
                join renewals.renewal r on r.id = p.renewal_id and r.outcome = 'open' and r.noticed_on is not null
                  and r.notice_on >= u.since and r.due_on > :today
                join accounts.contact c on c.id = p.contact_id and c.email like '%_@_%'
                  and (c.left_on is null or c.left_on > :today)
                where u.notices and not exists (
                    select from renewals.letter l
                    where l.renewal_id = r.id and l.step = 'notice' and l.contact_id = p.contact_id)
                order by r.notice_on, r.id limit 1 for update of r skip locked
                """)
                .param("today", today())
                .param("lately", LATELY)
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
        due.forEach(id -> notices.sendByRule(renewals.find(id).orElseThrow(), Step.NOTICE));
        return !due.isEmpty();
    }

    private boolean reminder() {
        List<Object[]> due = database.sql("""
                select r.id, s.step from renewals.renewal r join renewals.rule u on u.reminders
                cross join lateral (
                    select case count(*) filter (where l.step = 'reminder1') when 0 then 'reminder1' else 'reminder2' end as step,
                        max(l.sent_on) as last_on
                    from renewals.letter l where l.renewal_id = r.id) s
                where r.outcome = 'open' and r.noticed_on >= u.since and r.due_on > :today and s.last_on <= :today - :between
                  and not exists (select from renewals.answer a where a.renewal_id = r.id)
                  and exists (
                    select from renewals.letter n
                    join renewals.person p on p.renewal_id = n.renewal_id and p.contact_id = n.contact_id
                    where n.renewal_id = r.id and n.step = 'notice' and n.letter_id is not null and p.confirmed_on is not null
                      and not exists (
                        select from renewals.letter l
                        where l.renewal_id = r.id and l.step = s.step and l.contact_id = n.contact_id))
                order by r.due_on, r.id limit 1 for update of r skip locked
                """)
                .param("today", today())
                .param("between", Step.DAYS_BETWEEN)
                .query((row, number) -> new Object[] {row.getObject(1, UUID.class), row.getString(2)})
                .list();
        due.forEach(one -> notices.sendByRule(
                renewals.find((UUID) one[0]).orElseThrow(),
                Step.find(Objects.toString(one[1])).orElseThrow()));
        return !due.isEmpty();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
