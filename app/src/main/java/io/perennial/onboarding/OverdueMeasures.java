package io.perennial.onboarding;

import io.perennial.accounts.AccountIds;
import io.perennial.health.measures.Measure;
import io.perennial.health.measures.MeasureQuery;
import io.perennial.health.measures.MeasureSource;
import io.perennial.health.measures.Moments;
import io.perennial.health.measures.Readings;
import io.perennial.shared.AccountId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whether a customer is stuck on the way to first value. */
@Component
class OverdueMeasures implements MeasureSource {

    static final String OVERDUE = "milestone_overdue";

    private final JdbcClient database;

    OverdueMeasures(JdbcClient database) {
        this.database = database;
    }

    @Override
    public List<Measure> measures() {
        return List.of(new Measure(
                OVERDUE,
                "Milestone overdue",
                "days",
                "onboarding",
                "Days by which the milestone of a running onboarding that is overdue longest is late; 0 when none is. A"
                        + " milestone is overdue after the days in which four of five customers before reached it, or the"
                        + " days that its template expects while there are fewer than " + Pace.ENOUGH + " of those."));
    }

    @Override
    public boolean connected(LocalDate asOf) {
        return database.sql("select exists (select from onboarding.onboarding where started_on <= :day)")
                .param("day", asOf)
                .query(Boolean.class)
                .single();
    }

    /** The day after the last on which a milestone is in time. */
    @Override
    public void moments(Instant from, Instant to, Moments into) {
        database.sql("""
                select account_id, max(due_on) from onboarding.milestone
                where reached_on is null and opened_on is not null
                  and due_on >= cast(:first as date) - 1 and due_on < cast(:last as date)
                group by account_id
                """)
                .param("first", LocalDate.ofInstant(from, ZoneOffset.UTC))
                .param("last", LocalDate.ofInstant(to, ZoneOffset.UTC).plusDays(1))
                .query(row -> {
                    Instant moment = row.getObject(2, LocalDate.class)
                            .plusDays(1)
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant();
                    if (!moment.isBefore(from) && moment.isBefore(to)) {
                        into.at(new AccountId(row.getObject(1, UUID.class)), moment);
                    }
                });
    }

    @Override
    public void read(MeasureQuery query, Readings into) {
        if (query.accounts().isEmpty()) {
            return;
        }
        LocalDate day = query.today();
        Set<AccountId> running = new HashSet<>();
        database.sql("""
                select o.account_id, late.name, late.due_on, late.opened_on
                from onboarding.onboarding o
                left join lateral (
                    select m.name, m.due_on, m.opened_on from onboarding.milestone m
                    where m.onboarding_id = o.id and m.opened_on < :day and m.due_on < :day
                      and (m.reached_on is null or m.reached_on >= :known)
                    order by m.due_on, m.position limit 1) late on true
                where o.account_id = any(:accounts) and o.started_on < :known
                  and (o.finished_on is null or o.finished_on >= :known) and (o.stopped_on is null or o.stopped_on >= :known)
                order by late.due_on nulls last, o.id
                """)
                .param("accounts", AccountIds.array(query.accounts()))
                .param("day", day)
                // What happened on the day itself is known once the day has begun.
                .param(
                        "known",
                        query.asOf().atOffset(ZoneOffset.UTC).toLocalTime().equals(LocalTime.MIDNIGHT)
                                ? day
                                : day.plusDays(1))
                .query(row -> {
                    AccountId account = new AccountId(row.getObject("account_id", UUID.class));
                    if (!running.add(account)) {
                        return; // the worst of its onboardings came first
                    }
                    LocalDate due = row.getObject("due_on", LocalDate.class);
                    if (due == null) {
                        into.read(account, OVERDUE, 0, day, "every milestone is in time");
                        return;
                    }
                    long late = day.toEpochDay() - due.toEpochDay();
                    String name = row.getString("name");
                    into.read(
                            account,
                            OVERDUE,
                            late,
                            day,
                            () -> "onboarding stands at \"" + name + "\", overdue for " + late
                                    + (late == 1 ? " day" : " days"));
                });
        query.accounts().stream()
                .filter(account -> !running.contains(account))
                .forEach(account -> into.notApplicable(account, OVERDUE));
    }
}
