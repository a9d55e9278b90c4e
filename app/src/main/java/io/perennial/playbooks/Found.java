package io.perennial.playbooks;

import io.perennial.accounts.list.AccountCondition;
import io.perennial.playbooks.Starting.Candidate;
import io.perennial.playbooks.moments.MomentSource;
import io.perennial.playbooks.text.Playbook;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Moments that start playbooks: one statement for each kind, for all playbooks that wait for it and all accounts asked about. */
@Component
class Found {

    /** An older moment starts nothing any more: what was to be done then is too late. */
    static final Duration FRESH = Duration.ofDays(30);

    private static final String EPISODE = "case when p.shadow then 'shadow:' else '' end || m.id";

    private final JdbcClient database;
    private final Moments moments;
    private final Clock clock;

    Found(JdbcClient database, Moments moments, Clock clock) {
        this.database = database;
        this.moments = moments;
        this.clock = clock;
    }

    /** Whether nobody tells when such a moment comes, so that it has to be looked for. */
    boolean isUntold(String kind) {
        return !kind.equals(Playbook.SEGMENT)
                && !kind.equals(Playbook.SIGNAL)
                && moments.find(kind)
                        .filter(source -> source.records().isEmpty())
                        .isPresent();
    }

    /** Customers who left are the concern of what begins with a cancellation or an answer to the exit survey. */
    static boolean leftToo(Playbook playbook) {
        return playbook.start().when().equals("cancellation")
                || playbook.start().of().equals("exit");
    }

    /** Words for an entry into a segment. */
    static String entered(Playbook playbook) {
        return "came to have "
                + playbook.start().onlyIf().stream()
                        .map(AccountCondition::words)
                        .collect(Collectors.joining(" and "));
    }

    /** Without a run yet; their conditions are not asked here. */
    List<Candidate> candidates(List<InForce> playbooks, @Nullable Collection<UUID> accounts) {
        Map<String, List<InForce>> byKind = playbooks.stream()
                .collect(Collectors.groupingBy(one -> one.playbook().start().when()));
        List<Candidate> candidates = new ArrayList<>();
        byKind.forEach(
                (kind, some) -> moments.find(kind).ifPresent(source -> candidates.addAll(of(source, some, accounts))));
        return candidates;
    }

    private List<Candidate> of(MomentSource source, List<InForce> playbooks, @Nullable Collection<UUID> accounts) {
        Map<Integer, InForce> byNumber =
                playbooks.stream().collect(Collectors.toMap(InForce::number, Function.identity()));
        Instant now = clock.instant();
        boolean signal = source.kind().word().equals(Playbook.SIGNAL);
        String sql = """
                select p.number, m.id, m.account_id, m.at + make_interval(days => p.shift) as at, m.evidence, %s as episode
                from unnest(cast(:ids as uuid[]), cast(:numbers as int[]), cast(:names as text[]), cast(:shifts as int[]),
                            cast(:since as timestamptz[]), cast(:shadows as bool[]))
                    as p (id, number, name, shift, since, shadow)
                join (%s) m on (p.name = '' or p.name = m.name)
                    and m.at >= p.since - make_interval(days => p.shift)
                    and m.at <= cast(:now as timestamptz) - make_interval(days => p.shift)
                where %s %s
                  and not exists (select from playbooks.run r where r.playbook_id = p.id and r.account_id = m.account_id
                                    and r.episode = %1$s)
                order by m.at, m.id
                """.formatted(
                        EPISODE,
                        source.select(),
                        accounts == null ? "true" : "m.account_id = any(:accounts)",
                        signal
                                ? "and exists (select from health.signal s where s.id = cast(m.id as uuid)"
                                        + " and s.state in ('open', 'acknowledged', 'snoozed'))"
                                : "");
        return database.sql(sql)
                .param("ids", playbooks.stream().map(InForce::id).toArray(UUID[]::new))
                .param("numbers", playbooks.stream().map(InForce::number).toArray(Integer[]::new))
                .param("names", texts(playbooks, one -> one.playbook().start().of()))
                .param(
                        "shifts",
                        playbooks.stream()
                                .map(one -> one.playbook().start().shiftDays())
                                .toArray(Integer[]::new))
                .param("since", texts(playbooks, one -> from(one, now).toString()))
                .param("shadows", texts(playbooks, one -> Boolean.toString(one.shadow())))
                .param("accounts", accounts == null ? new UUID[0] : accounts.toArray(UUID[]::new))
                .param("now", Timestamp.from(now))
                .query((row, number) -> new Candidate(
                        java.util.Objects.requireNonNull(byNumber.get(row.getInt("number"))),
                        row.getObject("account_id", UUID.class),
                        row.getString("episode"),
                        row.getTimestamp("at").toInstant(),
                        row.getString("evidence") == null ? "" : row.getString("evidence"),
                        signal ? UUID.fromString(row.getString("id")) : null))
                .list();
    }

    /** The first moment that counts. */
    static Instant from(InForce one, Instant now) {
        if (one.playbook().start().presentToo()) {
            // A signal stands as long as its cause does, whenever it opened.
            return one.playbook().start().isSignal() ? Instant.EPOCH : now.minus(FRESH);
        }
        Instant fresh = now.minus(FRESH);
        return one.since().isAfter(fresh) ? one.since() : fresh;
    }

    private static String[] texts(List<InForce> playbooks, Function<InForce, String> column) {
        return playbooks.stream().map(column).toArray(String[]::new);
    }
}
