package io.perennial.usage;

import io.perennial.accounts.overview.OverviewQuery;
import io.perennial.shared.AccountId;
import io.perennial.shared.Once;
import io.perennial.success.measures.OutcomeMeasure;
import io.perennial.success.measures.OutcomeSource;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Use as outcomes of success plans read it: the windows and the last day known are those of the measures of health. */
@Component
class UsageOutcomes implements OutcomeSource {

    private static final String USERS = "active_users";
    private static final String LICENCES = "licences_used";
    private static final String FEATURE = "feature_use";
    private static final String SESSIONS = "active_days_per_user";
    private static final BigDecimal WEEKS = BigDecimal.valueOf(4);

    private final JdbcClient database;
    private final UseOfAccounts uses;

    UsageOutcomes(JdbcClient database, UseOfAccounts uses) {
        this.database = database;
        this.uses = uses;
    }

    @Override
    public List<OutcomeMeasure> measures() {
        return List.of(
                new OutcomeMeasure(
                        USERS,
                        "Active users",
                        "people",
                        "People who used the product in the last 28 days known.",
                        false),
                new OutcomeMeasure(
                        LICENCES,
                        "Licences in use",
                        "%",
                        "Active users of the last 28 days known, of the seats sold.",
                        false),
                new OutcomeMeasure(
                        SESSIONS,
                        "Days of work per user",
                        "days",
                        "Days on which a user came in the last 28 days known, on average. Known where facts name logins.",
                        false),
                new OutcomeMeasure(
                        FEATURE,
                        "Use of a feature",
                        "uses a week",
                        "Uses of the feature a week, over the last 28 days known.",
                        true));
    }

    @Override
    public Map<Asked, Value> read(Collection<Asked> asked, LocalDate today) {
        Set<AccountId> accounts = asked.stream().map(Asked::account).collect(Collectors.toSet());
        OverviewQuery query =
                new OverviewQuery(accounts, today.atStartOfDay(ZoneOffset.UTC).toInstant(), today, new Once());
        Map<Asked, Value> values = new HashMap<>();
        for (UseOfAccounts.Recent recent : uses.recent(query)) {
            if (recent.cohort().isEmpty()) {
                continue; // nobody ever used the product: nothing is known
            }
            Map<UUID, AccountUse> known =
                    recent.accounts().stream().collect(Collectors.toMap(AccountUse::account, use -> use));
            asked.stream()
                    .filter(one -> known.containsKey(one.account().value()))
                    .forEach(one -> {
                        BigDecimal value = value(
                                one.measure(),
                                Objects.requireNonNull(known.get(one.account().value())));
                        if (value != null) {
                            values.put(one, new Value(value, recent.last()));
                        }
                    });
            features(asked, known.keySet(), recent.last(), values);
        }
        return values;
    }

    private static @Nullable BigDecimal value(String measure, AccountUse use) {
        Integer active = use.active28();
        return switch (measure) {
            case USERS -> active == null ? null : BigDecimal.valueOf(active);
            case LICENCES ->
                active == null || use.seats() == null || use.seats() == 0
                        ? null
                        : BigDecimal.valueOf(100L * active)
                                .divide(BigDecimal.valueOf(use.seats()), 1, RoundingMode.HALF_UP);
            case SESSIONS ->
                use.named() == 0
                        ? null
                        : BigDecimal.valueOf(use.loginDays())
                                .divide(BigDecimal.valueOf(use.named()), 1, RoundingMode.HALF_UP);
            default -> null;
        };
    }

    private void features(Collection<Asked> asked, Set<UUID> known, LocalDate last, Map<Asked, Value> values) {
        List<Asked> wanted = asked.stream()
                .filter(one -> one.measure().equals(FEATURE)
                        && known.contains(one.account().value()))
                .toList();
        if (wanted.isEmpty()) {
            return;
        }
        database.sql("""
                select k.account_id, k.feature, coalesce(sum(d.events), 0) as events
                from unnest(:accounts, :features::text[]) k (account_id, feature)
                join usage.feature f on f.name = k.feature
                left join usage.daily d on d.account_id = k.account_id and d.feature_id = f.id
                    and d.day > :after and d.day <= :last
                group by 1, 2
                """)
                .param(
                        "accounts",
                        wanted.stream().map(one -> one.account().value()).toArray(UUID[]::new))
                .param("features", wanted.stream().map(Asked::subject).toArray(String[]::new))
                .param("after", last.minusDays(UsageMeasures.WINDOW))
                .param("last", last)
                .query(row -> {
                    values.put(
                            new Asked(new AccountId(row.getObject(1, UUID.class)), FEATURE, row.getString(2)),
                            new Value(row.getBigDecimal(3).divide(WEEKS, 1, RoundingMode.HALF_UP), last));
                });
    }
}
