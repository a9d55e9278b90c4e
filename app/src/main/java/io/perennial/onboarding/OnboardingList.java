package io.perennial.onboarding;

import io.perennial.identity.Viewer;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The onboardings of a portfolio: as a list, as a board by milestone, and along time. */
@Component
public class OnboardingList {

    public static final int PAGE = 50;

    /** Cards of a column; what is more is in the list. */
    static final int CARDS = 30;

    private final JdbcClient database;
    private final OnboardingRows rows;
    private final Clock clock;

    OnboardingList(JdbcClient database, OnboardingRows rows, Clock clock) {
        this.database = database;
        this.rows = rows;
        this.clock = clock;
    }

    /** What is shown. */
    public enum Only {
        OPEN("Running", "o.finished_on is null and o.stopped_on is null"),
        BEHIND("Behind", "o.finished_on is null and o.stopped_on is null and o.next_due_on < :today"),
        SLOW(
                "Slow",
                "o.finished_on is null and o.stopped_on is null and o.next_slow_on < :today"
                        + " and (o.next_due_on is null or o.next_due_on >= :today)"),
        ABANDONED(
                "Begun and left",
                "o.finished_on is null and o.stopped_on is null and exists (select from onboarding.milestone b"
                        + " where b.onboarding_id = o.id and b.reached_on is null and b.begun_on is not null"
                        + " and b.progress_on <= cast(:today as date) - " + Milestone.ABANDONED_DAYS + ")"),
        FINISHED("Finished", "o.finished_on is not null and o.stopped_on is null"),
        STOPPED("Stopped", "o.stopped_on is not null"),
        ALL("All", "true");

        private final String title;
        private final String where;

        Only(String title, String where) {
            this.title = title;
            this.where = where;
        }

        public String key() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        public String title() {
            return title;
        }

        public static Optional<Only> find(String key) {
            return Arrays.stream(values()).filter(one -> one.key().equals(key)).findFirst();
        }
    }

    /** @param template by name, empty for all @param words of an account's name @param account external id */
    public record Filter(Only only, String template, boolean mine, String words, String account) {

        public static Filter of(Only only) {
            return new Filter(only, "", false, "", "");
        }

        public Filter with(Only other) {
            return new Filter(other, template, mine, words, account);
        }
    }

    /** @param next for the page after this one; null at the end */
    public record Page(
            List<Onboarding> onboardings, @Nullable String next) {}

    /** @param onboardings all of them, of which {@code cards} are shown */
    public record Column(String name, int onboardings, int behind, List<Onboarding> cards) {}

    private static final String SCOPE = """
             (:everything or a.owner_id = :member or o.owner_id = :member)
              and (:template = '' or lower(o.template) = lower(:template))
              and (not :mine or coalesce(o.owner_id, a.owner_id) = :member)
              and (:words = '' or a.name ilike '%' || :words || '%')
              and (:account = '' or a.external_id = :account)
            """;

    /** What is due first; of past ones the latest. */
    @Transactional(readOnly = true)
    public Page list(Filter filter, String after, int limit, Viewer viewer) {
        boolean open = filter.only() != Only.FINISHED && filter.only() != Only.STOPPED && filter.only() != Only.ALL;
        String key = open
                ? "coalesce(o.next_due_on, date '9999-12-31') - date '1970-01-01'"
                : "date '9999-12-31' - o.started_on";
        Cursor cursor = Cursor.of(after);
        List<Ranked> found = bound(
                        OnboardingRows.READ.replace("select o.*,", "select " + key + " as rank, o.*,")
                                + " where " + SCOPE + " and " + filter.only().where
                                + " and (" + key + ", o.id) > (:rank, :id) order by 1, o.id limit :limit",
                        filter,
                        viewer)
                .param("rank", cursor.rank())
                .param("id", cursor.id())
                .param("limit", limit + 1)
                .query((row, number) -> new Ranked(row.getInt("rank"), OnboardingRows.onboarding(row)))
                .list();
        boolean more = found.size() > limit;
        List<Ranked> shown = more ? found.subList(0, limit) : found;
        return new Page(
                shown.stream().map(Ranked::onboarding).toList(),
                more
                        ? shown.getLast().rank() + "_"
                                + shown.getLast().onboarding().id()
                        : null);
    }

    private record Ranked(int rank, Onboarding onboarding) {}

    private record Cursor(int rank, UUID id) {
        static Cursor of(String text) {
            int at = text.indexOf('_');
            try {
                return at < 0
                        ? new Cursor(Integer.MIN_VALUE, new UUID(0, 0))
                        : new Cursor(Integer.parseInt(text.substring(0, at)), UUID.fromString(text.substring(at + 1)));
            } catch (IllegalArgumentException none) {
                return new Cursor(Integer.MIN_VALUE, new UUID(0, 0));
            }
        }
    }

    /** What is counted beside its name: of those that run, for past ones are many and nobody waits for their number. */
    private static final List<Only> COUNTED = List.of(Only.OPEN, Only.BEHIND, Only.SLOW, Only.ABANDONED);

    /** How many there are of each, of the same portfolio and filter. */
    @Transactional(readOnly = true)
    public Map<Only, Integer> counts(Filter filter, Viewer viewer) {
        StringBuilder columns = new StringBuilder();
        for (Only one : COUNTED) {
            columns.append(columns.isEmpty() ? "" : ", ")
                    .append("count(*) filter (where ")
                    .append(one.where)
                    .append(") as \"")
                    .append(one.key())
                    .append('"');
        }
        Map<Only, Integer> counts = new EnumMap<>(Only.class);
        bound(
                        "select " + columns
                                + " from onboarding.onboarding o join accounts.account a on a.id = o.account_id where "
                                + Only.OPEN.where + " and " + SCOPE,
                        filter,
                        viewer)
                .query(row -> {
                    for (Only one : COUNTED) {
                        counts.put(one, row.getInt(one.key()));
                    }
                });
        return counts;
    }

    /** Whether anything was ever there, in any portfolio. */
    public boolean any() {
        return database.sql("select exists (select from onboarding.onboarding)")
                .query(Boolean.class)
                .single();
    }

    /** Templates that run, by how many. */
    @Transactional(readOnly = true)
    public List<String> running(Viewer viewer) {
        return database.sql("""
                select o.template from onboarding.onboarding o join accounts.account a on a.id = o.account_id
                where o.finished_on is null and o.stopped_on is null and o.template is not null
                  and (:everything or a.owner_id = :member or o.owner_id = :member)
                group by o.template order by count(*) desc, o.template limit 50
                """)
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .query((row, number) -> row.getString(1))
                .list();
    }

    /** What runs, in the column of the milestone that it waits for, in the order of milestones. */
    @Transactional(readOnly = true)
    public List<Column> board(Filter filter, Viewer viewer) {
        Map<String, Column> columns = new LinkedHashMap<>();
        bound("""
                select n.name, count(*) as onboardings, count(*) filter (where o.next_due_on < :today) as behind
                from onboarding.onboarding o join accounts.account a on a.id = o.account_id
                join onboarding.milestone n on n.id = o.next_milestone
                where o.finished_on is null and o.stopped_on is null and
                """ + SCOPE + " group by n.name order by avg(n.position), n.name limit 40", filter, viewer)
                .query(row -> {
                    columns.put(
                            row.getString("name"),
                            new Column(
                                    row.getString("name"),
                                    row.getInt("onboardings"),
                                    row.getInt("behind"),
                                    new ArrayList<>()));
                });
        bound(
                        "select * from ("
                                + OnboardingRows.READ.replace(
                                        "select o.*,",
                                        "select row_number() over (partition by n.name order by o.next_due_on nulls last, o.id) as place, o.*,")
                                + " where o.finished_on is null and o.stopped_on is null and n.id is not null and "
                                + SCOPE
                                + ") c where place <= " + CARDS + " order by next_name, place limit 1200",
                        filter,
                        viewer)
                .query((row, number) -> OnboardingRows.onboarding(row))
                .list()
                .forEach(one -> {
                    Column column = columns.get(one.nextName());
                    if (column != null) {
                        column.cards().add(one);
                    }
                });
        return List.copyOf(columns.values());
    }

    /** Milestones of these, in their order. */
    @Transactional(readOnly = true)
    public Map<UUID, List<Milestone>> milestones(List<Onboarding> onboardings) {
        return onboardings.isEmpty()
                ? Map.of()
                : rows.milestones(onboardings.stream().map(Onboarding::id).toList());
    }

    private JdbcClient.StatementSpec bound(String statement, Filter filter, Viewer viewer) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return database.sql(statement)
                .param("today", today)
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .param("template", filter.template())
                .param("mine", filter.mine())
                .param(
                        "words",
                        filter.words().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_"))
                .param("account", filter.account());
    }
}
