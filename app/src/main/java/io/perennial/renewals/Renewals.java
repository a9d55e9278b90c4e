package io.perennial.renewals;

import io.perennial.identity.Viewer;
import io.perennial.renewals.RenewalFilter.Only;
import io.perennial.renewals.RenewalFilter.Sort;
import io.perennial.shared.AccountId;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds renewals. What lies outside a viewer's portfolio does not exist for that viewer. */
@Component
public class Renewals {

    public static final int PAGE = 100;

    /** So many of one account are shown beside others of its facts. */
    private static final int OF_ACCOUNT = 50;

    private final JdbcClient database;
    private final Clock clock;

    Renewals(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @param next where the following page begins; null when this is the last */
    public record Page(List<Renewal> renewals, @Nullable String next) {}

    /** Of one currency. */
    public record Sum(String currency, long renewals, BigDecimal annual, BigDecimal proposed) {}

    /** @param after {@link Page#next}; empty for the first page, and so is what nobody gave out */
    public Page list(RenewalFilter filter, String after, int most, Viewer viewer) {
        Sort sort = filter.order();
        List<String> place = place(after, sort);
        String beyond = place.isEmpty()
                ? ""
                : " and (" + sort.value() + ", r.id) " + (sort.down() ? "<" : ">") + " (cast(:value as " + sort.type()
                        + "), cast(:last as uuid))";
        String order = sort.value() + (sort.down() ? " desc" : "") + ", r.id" + (sort.down() ? " desc" : "");
        JdbcClient.StatementSpec asked = asked(
                RenewalRows.select(sort.value() + " as place") + where(filter) + beyond + " order by " + order
                        + " limit :limit",
                filter,
                viewer);
        if (!place.isEmpty()) {
            asked = asked.param("value", place.getFirst()).param("last", place.getLast());
        }
        List<String> places = new ArrayList<>();
        List<Renewal> found = new ArrayList<>(asked.param("limit", most + 1)
                .query((row, number) -> {
                    places.add(row.getString("place") + "|" + row.getString("id"));
                    return RenewalRows.renewal(row, number);
                })
                .list());
        boolean more = found.size() > most;
        if (more) {
            found.removeLast();
        }
        return new Page(found, more ? cursor(sort, places.get(most - 1)) : null);
    }

    /** Money of everything that is asked for, not only of a page; what brings most first. */
    public List<Sum> sums(RenewalFilter filter, Viewer viewer) {
        return asked(
                        "select r.currency, count(*) as renewals, sum(r.annual) as annual, sum(r.proposed) as proposed "
                                + RenewalRows.FROM + where(filter) + " group by 1 order by 3 desc, 1",
                        filter,
                        viewer)
                .query((row, number) -> new Sum(
                        row.getString("currency"),
                        row.getLong("renewals"),
                        row.getBigDecimal("annual"),
                        row.getBigDecimal("proposed")))
                .list();
    }

    /** How many each press of {@link Only} would show, everything else as asked. */
    public Map<Only, Long> counts(RenewalFilter filter, Viewer viewer) {
        String columns = String.join(
                ", ",
                Arrays.stream(Only.values())
                        .filter(only -> only != Only.CLOSED)
                        .map(only -> "count(*) filter (where " + only.condition() + ") as " + only.key() + "_")
                        .toList());
        Map<Only, Long> counts = new EnumMap<>(Only.class);
        asked(
                        "select " + columns + " " + RenewalRows.FROM + where(filter.with(Only.OPEN)),
                        filter.with(Only.OPEN),
                        viewer)
                .query(row -> {
                    for (Only only : Only.values()) {
                        if (only != Only.CLOSED) {
                            counts.put(only, row.getLong(only.key() + "_"));
                        }
                    }
                });
        return counts;
    }

    /**
     * A renewal of which somebody has to say what is expected, because six or three months are left.
     *
     * @param last whether it is the checkpoint at three months, where watching is no answer
     */
    public record Checkpoint(UUID id, String accountName, LocalDate dueOn, boolean last) {}

    /** @param more whether there are others behind these */
    public record Checkpoints(List<Checkpoint> first, boolean more) {

        public static final Checkpoints NONE = new Checkpoints(List.of(), false);
    }

    /** What is due first comes first; of the viewer's portfolio. */
    public Checkpoints checkpoints(int most, Viewer viewer) {
        List<Checkpoint> found = database.sql(
                        """
                select r.id, a.name, r.due_on, :today >= r.due_on - interval '%d months' as last
                from renewals.renewal r join accounts.account a on a.id = r.account_id
                where r.due_on < cast(:today as date) + 185 and %s and%s
                order by r.due_on, r.id limit :limit
                """.formatted(Calls.LAST_CHECK_MONTHS, Calls.MISSING, RenewalRows.VISIBLE))
                .param("today", today())
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .param("limit", most + 1)
                .query((row, number) -> new Checkpoint(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        row.getObject("due_on", LocalDate.class),
                        row.getBoolean("last")))
                .list();
        boolean more = found.size() > most;
        return new Checkpoints(more ? List.copyOf(found.subList(0, most)) : found, more);
    }

    public Optional<Renewal> find(UUID id, Viewer viewer) {
        return database.sql(RenewalRows.ALL + " where r.id = :id and" + RenewalRows.VISIBLE)
                .param("id", id)
                .param("today", today())
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .query(RenewalRows::renewal)
                .optional();
    }

    /** Whatever the portfolio: for the system itself. */
    public Optional<Renewal> find(UUID id) {
        return database.sql(RenewalRows.ALL + " where r.id = :id")
                .param("id", id)
                .param("today", today())
                .query(RenewalRows::renewal)
                .optional();
    }

    /** Of one account, what is due next first; what is over comes last, the latest first. */
    public List<Renewal> of(AccountId account) {
        return database.sql(RenewalRows.ALL + """
                 where r.account_id = :account
                order by r.outcome not in ('open', 'lapsed'),
                    case when r.outcome in ('open', 'lapsed') then r.due_on - date '1970-01-01'
                        else date '1970-01-01' - r.due_on end, r.id
                limit :most
                """)
                .param("account", account.value())
                .param("today", today())
                .param("most", OF_ACCOUNT)
                .query(RenewalRows::renewal)
                .list();
    }

    /** Whether there was ever one. */
    public boolean any() {
        return database.sql("select exists (select from renewals.renewal)")
                .query(Boolean.class)
                .single();
    }

    /** Currencies of what is open, for choosing one. */
    public List<String> currencies() {
        return database.sql("""
                select distinct currency from renewals.renewal where outcome in ('open', 'lapsed') order by 1 limit 200
                """).query((row, number) -> row.getString(1)).list();
    }

    private JdbcClient.StatementSpec asked(String sql, RenewalFilter filter, Viewer viewer) {
        LocalDate today = today();
        return database.sql(sql)
                .param("today", today)
                .param("from", filter.from(today))
                .param("until", filter.until(today))
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .param("way", filter.way().equals("automatic"))
                .param("stage", filter.stage())
                .param("currency", filter.currency())
                .param("account", filter.account())
                .param("words", "%" + escaped(filter.words()) + "%");
    }

    private static String where(RenewalFilter filter) {
        StringBuilder where =
                new StringBuilder(" where" + RenewalRows.VISIBLE + "and r.due_on >= :from and r.due_on < :until"
                        + " and (" + filter.chosen().condition() + ")");
        if (filter.mine()) {
            where.append(" and coalesce(r.owner_id, a.owner_id) = :member");
        }
        if (filter.way().matches("automatic|manual")) {
            where.append(" and r.automatic = :way");
        }
        if (Stage.find(filter.stage()).isPresent()) {
            where.append(" and r.stage = :stage");
        }
        if (!filter.currency().isEmpty()) {
            where.append(" and r.currency = :currency");
        }
        if (!filter.account().isEmpty()) {
            where.append(" and a.external_id = :account");
        }
        if (!filter.words().isEmpty()) {
            where.append(" and (a.name ilike :words or r.product ilike :words)");
        }
        return where.toString();
    }

    private static String escaped(String words) {
        return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    private static String cursor(Sort sort, String place) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((sort.key() + "|" + place).getBytes(StandardCharsets.UTF_8));
    }

    /** Value and identity of the row before; empty for what nobody gave out. */
    private static List<String> place(String cursor, Sort sort) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            int end = text.lastIndexOf('|');
            String head = sort.key() + "|";
            if (text.startsWith(head) && end > head.length() && text.indexOf('\u0000') < 0) {
                String value = text.substring(head.length(), end);
                UUID.fromString(text.substring(end + 1));
                boolean fits = switch (sort.type()) {
                    case "date" -> value.matches("\\d{4,6}-\\d\\d-\\d\\d");
                    case "numeric" -> value.matches("-?\\d{1,30}(\\.\\d{1,30})?");
                    default -> true;
                };
                return fits ? List.of(value, text.substring(end + 1)) : List.of();
            }
        } catch (IllegalArgumentException none) {
            return List.of();
        }
        return List.of();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
