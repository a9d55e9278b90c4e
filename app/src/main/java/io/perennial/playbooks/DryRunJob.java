package io.perennial.playbooks;

import io.perennial.accounts.list.AccountCondition;
import io.perennial.accounts.list.ListColumn;
import io.perennial.platform.jobs.JobHandler;
import io.perennial.platform.jobs.JobRun;
import io.perennial.platform.jobs.Jobs;
import io.perennial.platform.live.Live;
import io.perennial.platform.records.Ids;
import io.perennial.platform.web.Wording;
import io.perennial.playbooks.Rehearsal.Moment;
import io.perennial.playbooks.text.Playbook;
import io.perennial.shared.Actor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/**
 * A dry run over the past year: who, when, how many a day, with what money. Moments are read with the statement that starts
 * playbooks; entries into a segment by asking its conditions week by week with the health and the dates of that week.
 */
@Component
public class DryRunJob implements JobHandler {

    static final String KIND = "playbook-dry-run";
    private static final int WEEKS = 53;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** The score and band that stood at a moment. */
    private static final String PAST = """
            (select x.account_id, %1$s, h.score, h.band, b.score as score_before
             from accounts.overview x
             left join lateral (select cast(c.score as numeric) as score, c.band from health.score_change c
                where c.account_id = x.account_id and c.at <= %2$s order by c.at desc limit 1) h on true
             left join lateral (select cast(c.score as numeric) as score from health.score_change c
                where %3$s and c.account_id = x.account_id and c.at <= %2$s - interval '28 days'
                order by c.at desc limit 1) b on true
             where %4$s)
            """;

    private final JdbcClient database;
    private final Playbooks playbooks;
    private final PlaybookEditing editing;
    private final Moments moments;
    private final Jobs jobs;
    private final TransactionOperations transactions;
    private final Live live;
    private final Clock clock;

    DryRunJob(
            JdbcClient database,
            Playbooks playbooks,
            PlaybookEditing editing,
            Moments moments,
            Jobs jobs,
            TransactionOperations transactions,
            Live live,
            Clock clock) {
        this.database = database;
        this.playbooks = playbooks;
        this.editing = editing;
        this.moments = moments;
        this.jobs = jobs;
        this.transactions = transactions;
        this.live = live;
        this.clock = clock;
    }

    /** What the job is told. */
    record Parameters(UUID rehearsal) {}

    /** A dry run and where it stands; result is null while it runs. */
    public record Made(
            UUID id,
            int version,
            @Nullable UUID job,
            @Nullable DryRun result,
            String by) {}

    @Override
    public String kind() {
        return KIND;
    }

    /** Of the newest version. @return the job */
    @Transactional
    public UUID ask(String key, Actor actor) {
        UUID playbook = editing.idOf(key, actor);
        PlaybookCard card = playbooks.find(key).orElseThrow(PlaybookEditing::none);
        UUID rehearsal = Ids.next();
        UUID job = jobs.submit(
                KIND,
                "Dry run of \"" + card.name() + "\" over the past year",
                JSON.writeValueAsString(new Parameters(rehearsal)),
                actor);
        database.sql("""
                insert into playbooks.rehearsal (id, playbook_id, version_id, job_id, made_by)
                select :id, :playbook, v.id, :job, :by from playbooks.version v
                where v.playbook_id = :playbook order by v.number desc limit 1
                """)
                .param("id", rehearsal)
                .param("playbook", playbook)
                .param("job", job)
                .param("by", actor.name())
                .update();
        return job;
    }

    /** The newest one. */
    public Optional<Made> latest(String key) {
        return database.sql("""
                select r.id, v.number, r.job_id, r.result, r.made_by from playbooks.rehearsal r
                join playbooks.playbook p on p.id = r.playbook_id join playbooks.version v on v.id = r.version_id
                where p.key = :key order by r.id desc limit 1
                """)
                .param("key", key)
                .query((row, number) -> new Made(
                        row.getObject(1, UUID.class),
                        row.getInt(2),
                        row.getObject(3, UUID.class),
                        row.getString(4) == null ? null : JSON.readValue(row.getString(4), DryRun.class),
                        row.getString(5)))
                .optional();
    }

    private record Asked(UUID playbook, String text) {}

    @Override
    public String run(JobRun run) {
        UUID rehearsal = JSON.readValue(run.parameters(), Parameters.class).rehearsal();
        Asked asked = database.sql("""
                select r.playbook_id, v.text from playbooks.rehearsal r join playbooks.version v on v.id = r.version_id
                where r.id = :id
                """)
                .param("id", rehearsal)
                .query((row, number) -> new Asked(row.getObject(1, UUID.class), row.getString(2)))
                .optional()
                .orElseThrow(() -> new JobFailed("The playbook is gone."));
        DryRun result = play(asked.playbook(), playbooks.parsed(asked.text()), (done, total) -> {
            run.progress("Weeks", done, total);
            return !run.cancelled();
        });
        database.sql("update playbooks.rehearsal set result = :result, made_at = :now where id = :id")
                .param("result", JSON.writeValueAsString(result))
                .param("now", Timestamp.from(clock.instant()))
                .param("id", rehearsal)
                .update();
        live.changed("playbooks");
        return Wording.count(result.starts()) + " runs at " + Wording.count(result.accounts())
                + " accounts in a year; nothing was done.";
    }

    /** Told how far it is; answers whether to go on. */
    interface Progress {
        boolean goOn(long done, long total);
    }

    /** Reads only. */
    DryRun play(UUID playbook, Playbook text, Progress progress) {
        long began = System.nanoTime();
        LocalDate to = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        LocalDate from = to.minusYears(1).plusDays(1);
        Rehearsal rehearsal = new Rehearsal(playbook, text);
        progress.goOn(0, WEEKS);
        transactions.executeWithoutResult(transaction -> {
            database.sql("select set_config('jit', 'off', true)")
                    .query((row, number) -> 0)
                    .list();
            if (text.start().isSegment()) {
                entries(text, from, to, rehearsal, progress);
            } else {
                moments(text, from, to, rehearsal);
            }
        });
        progress.goOn(WEEKS, WEEKS);
        return rehearsal.play(from, to, (System.nanoTime() - began) / 1e9, remarks(text));
    }

    private static List<String> remarks(Playbook text) {
        List<String> remarks = new ArrayList<>();
        List<AccountCondition> conditions = text.start().onlyIf();
        List<String> asToday = conditions.stream()
                .filter(one -> !one.ofHealth() && !one.movesWithTime())
                .map(AccountCondition::words)
                .toList();
        if (!asToday.isEmpty()) {
            remarks.add("The past of these facts is not known, so they are taken as they are today: "
                    + String.join(", ", asToday) + ".");
        }
        if (text.start().isSegment()) {
            remarks.add("Entries are looked for once a week; an account that came and went within a week is missing.");
        }
        if (!text.stops().isEmpty()) {
            remarks.add("What ends a run early is not played, so tasks and letters are the most there could be.");
        }
        return remarks;
    }

    private void moments(Playbook text, LocalDate from, LocalDate to, Rehearsal rehearsal) {
        Playbook.Start start = text.start();
        Map<String, Object> parameters = new HashMap<>();
        String day = "cast(m.at + make_interval(days => :shift) as date)";
        String condition = AccountCondition.sqlOn(start.onlyIf(), day, to, parameters);
        boolean health = start.onlyIf().stream().anyMatch(AccountCondition::ofHealth);
        boolean change = start.onlyIf().stream().anyMatch(one -> one.column() == ListColumn.SCORE_CHANGE);
        String accounts = health
                ? "cross join lateral "
                        + PAST.formatted(
                                AccountCondition.otherColumns("x"), "m.at", change, "x.account_id = m.account_id")
                        + " o"
                : "join accounts.overview o on o.account_id = m.account_id";
        parameters.put("shift", start.shiftDays());
        parameters.put("name", start.of());
        parameters.put("from", Timestamp.from(from.atStartOfDay().toInstant(ZoneOffset.UTC)));
        parameters.put("to", Timestamp.from(clock.instant()));
        String sql = """
                select m.account_id, %s as day, o.name, o.arr, o.currency, m.evidence
                from (%s) m %s
                where (:name = '' or m.name = :name) and m.at >= cast(:from as timestamptz) - make_interval(days => :shift)
                    and m.at <= cast(:to as timestamptz) - make_interval(days => :shift) and %s and %s
                """.formatted(
                        day,
                        moments.of(start.when()).select(),
                        accounts,
                        condition,
                        Found.leftToo(text) ? "true" : "(o.left_on is null or o.left_on > " + day + ")");
        database.sql(sql).withFetchSize(5_000).params(parameters).query((ResultSet row) -> {
            rehearsal.add(moment(row, row.getObject("day", LocalDate.class), row.getString("evidence")));
        });
    }

    private static Moment moment(ResultSet row, LocalDate day, @Nullable String evidence) throws SQLException {
        return new Moment(
                row.getObject("account_id", UUID.class),
                day,
                String.valueOf(row.getString("name")),
                row.getBigDecimal("arr"),
                row.getString("currency"),
                evidence == null ? "" : evidence);
    }

    private void entries(Playbook text, LocalDate from, LocalDate to, Rehearsal rehearsal, Progress progress) {
        List<AccountCondition> conditions = text.start().onlyIf();
        boolean moves = conditions.stream().anyMatch(one -> one.ofHealth() || one.movesWithTime());
        String evidence = Found.entered(text);
        Set<UUID> before = within(conditions, from.minusDays(1), account -> true, null, evidence);
        long done = 1;
        for (LocalDate day = from.plusDays(6); moves && !day.isAfter(to); day = day.plusDays(7)) {
            Set<UUID> known = before;
            before = within(conditions, day, account -> !known.contains(account), rehearsal, evidence);
            if (!progress.goOn(done++, WEEKS)) {
                return;
            }
        }
    }

    /** @return who was within on that day; those who are news are told to the rehearsal */
    private Set<UUID> within(
            List<AccountCondition> conditions,
            LocalDate day,
            Predicate<UUID> isNews,
            @Nullable Rehearsal rehearsal,
            String evidence) {
        Map<String, Object> parameters = new HashMap<>();
        String condition = AccountCondition.sql(conditions, 0, day, parameters);
        boolean health = conditions.stream().anyMatch(AccountCondition::ofHealth);
        boolean change = conditions.stream().anyMatch(one -> one.column() == ListColumn.SCORE_CHANGE);
        parameters.put("day", day);
        parameters.put("end", Timestamp.from(day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC)));
        String accounts = health
                ? PAST.formatted(AccountCondition.otherColumns("x"), "cast(:end as timestamptz)", change, "true") + " o"
                : "accounts.overview o";
        Set<UUID> within = new HashSet<>();
        database.sql("select o.account_id, o.name, o.arr, o.currency from " + accounts + " where " + condition
                        + " and (o.left_on is null or o.left_on > :day)")
                .withFetchSize(5_000)
                .params(parameters)
                .query((ResultSet row) -> {
                    UUID account = row.getObject("account_id", UUID.class);
                    within.add(account);
                    if (rehearsal != null && isNews.test(account)) {
                        rehearsal.add(moment(row, day, evidence));
                    }
                });
        return within;
    }
}
