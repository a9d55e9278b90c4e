package io.perennial.surveys;

import io.perennial.identity.Viewer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What came of a survey: who was asked, who answered, and the score, by segment, month of asking, role or language. */
@Component
@Transactional(readOnly = true)
public class SurveyResults {

    private static final int MOST_GROUPS = 60;

    private final JdbcClient database;

    SurveyResults(JdbcClient database) {
        this.database = database;
    }

    /** By what results are cut; segment and role are those of the day of asking. */
    public enum Cut {
        SEGMENT("segment", "Segment", "segment", "segment"),
        MONTH("month", "Month", "to_char(i.asked_at at time zone 'UTC', 'YYYY-MM')", "asked_month"),
        ROLE("role", "Role", "role", "role"),
        LANGUAGE("language", "Language", "language", "language");

        private final String key;
        private final String title;
        private final String ofInvitation;
        private final String ofAnonymous;

        Cut(String key, String title, String ofInvitation, String ofAnonymous) {
            this.key = key;
            this.title = title;
            this.ofInvitation = ofInvitation;
            this.ofAnonymous = ofAnonymous;
        }

        public String key() {
            return key;
        }

        public String title() {
            return title;
        }

        public static Optional<Cut> of(String key) {
            return Arrays.stream(values()).filter(cut -> cut.key.equals(key)).findFirst();
        }
    }

    /**
     * A group of people who were asked.
     *
     * @param name empty for those of whom it is not known
     * @param counts answers by score
     * @param hidden answers are anonymous and too few to be shown
     */
    public record Group(
            String name,
            long asked,
            long bounced,
            long answered,
            Map<Integer, Long> counts,
            boolean hidden,
            SurveyKind kind) {

        public long scored() {
            return counts.values().stream().mapToLong(Long::longValue).sum();
        }

        public long happy() {
            return between(kind.happyFrom(), kind.best());
        }

        public long unhappy() {
            return between(kind.worst(), kind.unhappyTo());
        }

        public long between(int from, int to) {
            return counts.entrySet().stream()
                    .filter(one -> one.getKey() >= from && one.getKey() <= to)
                    .mapToLong(Map.Entry::getValue)
                    .sum();
        }

        /** Null without answers, and where they are too few to be shown. */
        public @Nullable Estimate score() {
            return hidden || scored() == 0
                    ? null
                    : kind == SurveyKind.NPS
                            ? Estimate.nps(happy(), unhappy(), scored())
                            : Estimate.share(happy(), scored());
        }

        /** Answers of those whom the letter reached; null when it reached nobody. */
        public @Nullable Estimate rate() {
            long reached = Math.max(asked - bounced, answered);
            return reached == 0 ? null : Estimate.share(answered, reached);
        }

        Group asHidden() {
            return new Group(name, asked, bounced, answered, Map.of(), true, kind);
        }
    }

    /** @param restricted anonymous answers are not cut by customers, so who sees only some customers sees none */
    public record Results(Group total, List<Group> groups, boolean restricted) {}

    public Results of(Survey survey, Cut by, Viewer viewer) {
        boolean restricted =
                survey.anonymous() && !viewer.everything() && !viewer.memberId().equals(survey.portfolioOf());
        Map<String, long[]> asked = asked(survey, by, viewer);
        Map<String, Map<Integer, Long>> counts = new HashMap<>();
        if (survey.anonymous()) {
            if (!restricted) {
                anonymous(survey, by, counts);
            }
        } else {
            named(survey, by, viewer, counts);
        }
        List<Group> groups = new ArrayList<>();
        asked.forEach((name, numbers) -> groups.add(new Group(
                name, numbers[0], numbers[1], numbers[2], counts.getOrDefault(name, Map.of()), false, survey.kind())));
        Group total = total(groups, survey.kind());
        Comparator<Group> order = by == Cut.MONTH
                ? Comparator.comparing(Group::name).reversed()
                : Comparator.comparing((Group group) -> -group.asked()).thenComparing(Group::name);
        List<Group> sorted = groups.stream().sorted(order).limit(MOST_GROUPS).toList();
        if (!survey.anonymous()) {
            return new Results(total, sorted, false);
        }
        boolean few = restricted || total.scored() < Estimate.FEW;
        return new Results(
                few ? total.asHidden() : total,
                few ? sorted.stream().map(Group::asHidden).toList() : guarded(sorted),
                restricted);
    }

    /**
     * Hides groups with too few answers, and more of them until what is hidden together is not too little either: otherwise it would
     * be the rest of the total.
     */
    static List<Group> guarded(List<Group> groups) {
        List<Group> byAnswers = groups.stream()
                .filter(group -> group.scored() > 0)
                .sorted(Comparator.comparingLong(Group::scored).thenComparing(Group::name))
                .toList();
        long hidden = 0;
        List<String> names = new ArrayList<>();
        for (Group group : byAnswers) {
            boolean few = group.scored() < Estimate.FEW;
            boolean tellsTheRest = hidden > 0 && hidden < Estimate.FEW;
            if (few || tellsTheRest) {
                names.add(group.name());
                hidden += group.scored();
            }
        }
        return groups.stream()
                .map(group -> names.contains(group.name()) ? group.asHidden() : group)
                .toList();
    }

    private static Group total(List<Group> groups, SurveyKind kind) {
        Map<Integer, Long> counts = new HashMap<>();
        groups.forEach(group -> group.counts().forEach((score, many) -> counts.merge(score, many, Long::sum)));
        return new Group(
                "",
                groups.stream().mapToLong(Group::asked).sum(),
                groups.stream().mapToLong(Group::bounced).sum(),
                groups.stream().mapToLong(Group::answered).sum(),
                counts,
                false,
                kind);
    }

    private Map<String, long[]> asked(Survey survey, Cut by, Viewer viewer) {
        Map<String, long[]> asked = new HashMap<>();
        database.sql("""
                select coalesce(i.%s, '') as name, count(*) as asked, count(i.answered_on) as answered,
                    count(*) filter (where i.answered_on is null and l.state in ('bounced', 'failed', 'withheld')) as bounced
                from surveys.invitation i
                join accounts.account a on a.id = i.account_id
                left join mail.letter l on l.id = i.letter_id
                where i.survey_id = :survey and (:everything or a.owner_id = :me)
                group by 1
                """.formatted(by.ofInvitation).replace("i.to_char", "to_char"))
                .param("survey", survey.id())
                .param("everything", viewer.everything())
                .param("me", viewer.memberId())
                .query(row -> {
                    asked.put(
                            row.getString("name"),
                            new long[] {row.getLong("asked"), row.getLong("bounced"), row.getLong("answered")});
                });
        return asked;
    }

    private void named(Survey survey, Cut by, Viewer viewer, Map<String, Map<Integer, Long>> counts) {
        database.sql("""
                select coalesce(i.%s, '') as name, round(r.score)::int as score, count(*) as many
                from surveys.invitation i
                join accounts.account a on a.id = i.account_id
                join surveys.survey_response r on r.id = i.response_id
                where i.survey_id = :survey and r.score is not null and (:everything or a.owner_id = :me)
                group by 1, 2
                """.formatted(by.ofInvitation).replace("i.to_char", "to_char"))
                .param("survey", survey.id())
                .param("everything", viewer.everything())
                .param("me", viewer.memberId())
                .query(row -> {
                    add(counts, row.getString("name"), row.getInt("score"), row.getLong("many"));
                });
    }

    private void anonymous(Survey survey, Cut by, Map<String, Map<Integer, Long>> counts) {
        database.sql("""
                select coalesce(%s, '') as name, score, count(*) as many from surveys.anonymous_answer where survey_id = :survey
                group by 1, 2
                """.formatted(by.ofAnonymous)).param("survey", survey.id()).query(row -> {
            add(counts, row.getString("name"), row.getInt("score"), row.getLong("many"));
        });
    }

    private static void add(Map<String, Map<Integer, Long>> counts, String name, int score, long many) {
        counts.computeIfAbsent(name, none -> new HashMap<>()).merge(score, many, Long::sum);
    }
}
