package io.perennial.surveys;

import io.perennial.identity.Viewer;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** All surveys with their figures in one statement, and the answers that came in other ways. */
@Component
@Transactional(readOnly = true)
public class SurveyList {

    private static final int MOST_OTHER = 40;

    private final JdbcClient database;
    private final SurveyDefinitions definitions;
    private final Clock clock;

    SurveyList(JdbcClient database, SurveyDefinitions definitions, Clock clock) {
        this.database = database;
        this.definitions = definitions;
        this.clock = clock;
    }

    /**
     * @param score null without answers, and where anonymous ones are too few or not the viewer's
     * @param rate null when nobody was asked
     */
    public record Line(
            Survey survey,
            long asked,
            long answered,
            @Nullable Estimate score,
            @Nullable Estimate rate,
            long openFollowUps,
            @Nullable Instant lastAsked) {}

    private record Numbers(
            long asked,
            long reached,
            long answered,
            long happy,
            long unhappy,
            long scored,
            long open,
            @Nullable Instant last) {}

    public List<Line> lines(Viewer viewer) {
        Map<UUID, Numbers> numbers = new HashMap<>();
        database.sql("""
                select i.survey_id, count(*) as asked, count(i.answered_on) as answered, max(i.asked_at) as last,
                    count(*) filter (where i.answered_on is not null or l.state is null or l.state not in ('bounced', 'failed', 'withheld')) as reached,
                    count(*) filter (where r.score >= k.happy) as happy, count(*) filter (where r.score <= k.unhappy) as unhappy,
                    count(r.score) as scored, count(f.response_id) filter (where t.done_at is null) as open
                from surveys.invitation i
                join surveys.survey s on s.id = i.survey_id
                join accounts.account a on a.id = i.account_id
                join (values %s) as k (kind, happy, unhappy) on k.kind = s.kind
                left join mail.letter l on l.id = i.letter_id
                left join surveys.survey_response r on r.id = i.response_id
                left join surveys.follow_up f on f.response_id = i.response_id
                left join engagement.task t on t.id = f.task_id
                where :everything or a.owner_id = :me
                group by 1
                """.formatted(KINDS))
                .param("everything", viewer.everything())
                .param("me", viewer.memberId())
                .query(row -> {
                    numbers.put(
                            row.getObject("survey_id", UUID.class),
                            new Numbers(
                                    row.getLong("asked"),
                                    row.getLong("reached"),
                                    row.getLong("answered"),
                                    row.getLong("happy"),
                                    row.getLong("unhappy"),
                                    row.getLong("scored"),
                                    row.getLong("open"),
                                    row.getTimestamp("last").toInstant()));
                });
        Map<UUID, Numbers> anonymous = new HashMap<>();
        database.sql("""
                select n.survey_id, count(*) filter (where n.score >= k.happy) as happy, count(*) filter (where n.score <= k.unhappy) as unhappy,
                    count(*) as scored
                from surveys.anonymous_answer n
                join surveys.survey s on s.id = n.survey_id
                join (values %s) as k (kind, happy, unhappy) on k.kind = s.kind
                where :everything or s.portfolio_of = :me
                group by 1 having count(*) >= :few
                """.formatted(KINDS))
                .param("everything", viewer.everything())
                .param("me", viewer.memberId())
                .param("few", Estimate.FEW)
                .query(row -> {
                    anonymous.put(
                            row.getObject("survey_id", UUID.class),
                            new Numbers(
                                    0,
                                    0,
                                    0,
                                    row.getLong("happy"),
                                    row.getLong("unhappy"),
                                    row.getLong("scored"),
                                    0,
                                    null));
                });
        Numbers none = new Numbers(0, 0, 0, 0, 0, 0, 0, null);
        return definitions.all().stream()
                .map(survey -> {
                    Numbers people = numbers.getOrDefault(survey.id(), none);
                    Numbers said = survey.anonymous() ? anonymous.getOrDefault(survey.id(), none) : people;
                    return new Line(
                            survey,
                            people.asked(),
                            people.answered(),
                            estimate(survey.kind(), said.happy(), said.unhappy(), said.scored()),
                            people.reached() == 0 ? null : Estimate.share(people.answered(), people.reached()),
                            people.open(),
                            people.last());
                })
                .toList();
    }

    private static @Nullable Estimate estimate(SurveyKind kind, long happy, long unhappy, long n) {
        return n == 0 ? null : kind == SurveyKind.NPS ? Estimate.nps(happy, unhappy, n) : Estimate.share(happy, n);
    }

    /** Where happy begins and unhappy ends, by kind, as a list of values. */
    private static final String KINDS = java.util.Arrays.stream(SurveyKind.values())
            .map(kind -> "('" + kind.key() + "', " + kind.happyFrom() + ", " + kind.unhappyTo() + ")")
            .collect(java.util.stream.Collectors.joining(", "));

    /**
     * Answers of one kind that came by import, API or from other parts of the product, under one name.
     *
     * @param answers with a score
     */
    public record Other(
            String kind,
            String title,
            @Nullable String survey,
            long answers,
            @Nullable Estimate score,
            LocalDate from,
            LocalDate to) {}

    /** Of the last 365 days; scales other than the usual one of the kind are told by their own shares: upper fifth, lower two fifths. */
    public List<Other> others(Viewer viewer) {
        return database.sql("""
                select r.kind, r.survey, count(r.score) as answers, min(r.answered_at at time zone 'UTC')::date as first,
                    max(r.answered_at at time zone 'UTC')::date as last,
                    count(*) filter (where case when r.kind = 'nps' then r.score * 10 / coalesce(nullif(r.scale_max, 0), 10) >= 9
                        when r.kind = 'ces' and r.scale_max = 7 then r.score >= 5
                        else r.score / coalesce(nullif(r.scale_max, 0), 5) >= 0.8 end) as happy,
                    count(*) filter (where r.kind = 'nps' and r.score * 10 / coalesce(nullif(r.scale_max, 0), 10) <= 6) as unhappy
                from surveys.survey_response r
                join accounts.account a on a.id = r.account_id
                where r.kind = any(:kinds) and r.answered_at >= :since and r.answered_at <= :now and (:everything or a.owner_id = :me)
                  and not exists (select from surveys.invitation i where i.response_id = r.id)
                group by 1, 2 order by count(*) desc, 1, 2 limit :most
                """)
                .param("kinds", SurveyRecords.KINDS.toArray(String[]::new))
                .param("since", Timestamp.from(clock.instant().minus(SurveyProtection.YEAR)))
                .param("now", Timestamp.from(clock.instant()))
                .param("everything", viewer.everything())
                .param("me", viewer.memberId())
                .param("most", MOST_OTHER)
                .query((row, number) -> {
                    String kind = row.getString("kind");
                    long n = row.getLong("answers");
                    return new Other(
                            kind,
                            title(kind),
                            row.getString("survey"),
                            n,
                            n == 0 || kind.equals("exit")
                                    ? null
                                    : kind.equals("nps")
                                            ? Estimate.nps(row.getLong("happy"), row.getLong("unhappy"), n)
                                            : Estimate.share(row.getLong("happy"), n),
                            row.getObject("first", LocalDate.class),
                            row.getObject("last", LocalDate.class));
                })
                .list();
    }

    public static String title(String kind) {
        return Optional.of(kind).flatMap(SurveyKind::of).map(SurveyKind::title).orElse("Exit");
    }

    public LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
