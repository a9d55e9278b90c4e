package io.perennial.surveys;

import io.perennial.accounts.list.AccountList;
import io.perennial.identity.Viewer;
import io.perennial.surveys.Survey.When;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Whom a survey asks, and who of these is left out and why: one statement, which the forecast before sending reads too. */
@Component
public class SurveyAudience {

    private final JdbcClient database;
    private final AccountList accounts;
    private final AskingRules rules;
    private final List<SurveyOccasions> occasions;
    private final Clock clock;

    SurveyAudience(
            JdbcClient database,
            AccountList accounts,
            AskingRules rules,
            List<SurveyOccasions> occasions,
            Clock clock) {
        this.database = database;
        this.accounts = accounts;
        this.rules = rules;
        this.occasions = occasions;
        this.clock = clock;
    }

    /**
     * Somebody of the audience.
     *
     * @param cause what makes it one question: the survey, the day of a round, or the event
     * @param reason why they are not asked; null when they are
     */
    public record Person(
            UUID id,
            String name,
            @Nullable String email,
            UUID account,
            String accountName,
            @Nullable String ownerName,
            @Nullable String language,
            @Nullable String segment,
            @Nullable String role,
            String cause,
            @Nullable String reason,
            @Nullable String detail) {

        /** What the places of a text stand for. */
        public Map<String, String> values() {
            int blank = name.strip().indexOf(' ');
            Map<String, String> values = new HashMap<>();
            values.put("contact.name", name.strip());
            values.put(
                    "contact.first_name",
                    blank < 0 ? name.strip() : name.strip().substring(0, blank));
            values.put("account.name", accountName.strip());
            values.put("owner.name", ownerName == null ? "" : ownerName.strip());
            return values;
        }
    }

    /**
     * Accounts that a walk through the audience is limited to.
     *
     * @param accounts null for all
     * @param causes by account; null when one cause fits all
     */
    record Ground(UUID @Nullable [] accounts, @Nullable Map<UUID, String> causes, String cause) {}

    /** @param since first day of events that count */
    Ground ground(Survey survey, String cause, LocalDate since, LocalDate today) {
        UUID[] ids = null;
        if (!survey.audience().filters().isEmpty()) {
            ids = accounts.ids(SurveyDraft.view(survey.audience().filters()), Viewer.EVERYTHING)
                    .toArray(UUID[]::new);
        }
        if (survey.schedule().when() != When.AFTER) {
            return new Ground(ids, null, cause);
        }
        int days =
                survey.schedule().occasionDays() == null ? 0 : survey.schedule().occasionDays();
        String wanted = String.valueOf(survey.schedule().occasion());
        Map<UUID, String> causes = new HashMap<>();
        for (SurveyOccasions source : occasions) {
            if (source.kinds().stream().anyMatch(kind -> kind.key().equals(wanted))) {
                source.between(wanted, since.minusDays(days), today.minusDays(days))
                        .forEach(one -> causes.merge(
                                one.account().value(),
                                one.id(),
                                (first, other) -> first.compareTo(other) >= 0 ? first : other));
            }
        }
        if (ids != null) {
            causes.keySet().retainAll(java.util.Set.of(ids));
        }
        return new Ground(causes.keySet().toArray(UUID[]::new), causes, cause);
    }

    /** The next of the audience behind that identity. */
    List<Person> after(Survey survey, Ground ground, @Nullable UUID last, int most) {
        UUID[] only = ground.accounts();
        if (only != null && only.length == 0) {
            return List.of();
        }
        return database.sql(PEOPLE.formatted(
                        only == null ? "" : " and p.account_id = any(:accounts)",
                        "(cast(:last as uuid) is null or p.id > :last)",
                        " order by p.id limit :most"))
                .params(parameters(survey, ground))
                .param("last", last)
                .param("most", most)
                .query((row, number) -> {
                    UUID account = row.getObject("account_id", UUID.class);
                    Map<UUID, String> causes = ground.causes();
                    return new Person(
                            row.getObject("id", UUID.class),
                            row.getString("name"),
                            row.getString("email"),
                            account,
                            row.getString("account_name"),
                            row.getString("owner_name"),
                            row.getString("language"),
                            row.getString("segment"),
                            row.getString("role"),
                            causes == null ? ground.cause() : causes.getOrDefault(account, ground.cause()),
                            row.getString("reason"),
                            row.getString("detail"));
                })
                .list();
    }

    /** How many would be asked and left out now, by reason; null is asked. */
    public record Forecast(long asked, Map<String, Long> leftOut) {

        public long all() {
            return asked + leftOut.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    @Transactional(readOnly = true)
    public Forecast forecast(Survey survey) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        Ground ground = ground(survey, "forecast", today, today);
        UUID[] only = ground.accounts();
        if (only != null && only.length == 0) {
            return new Forecast(0, Map.of());
        }
        Map<String, Long> leftOut = new LinkedHashMap<>();
        long[] asked = {0};
        database.sql("select reason, count(*) from ("
                        + PEOPLE.formatted(only == null ? "" : " and p.account_id = any(:accounts)", "true", "")
                        + ") w group by 1 order by 2 desc, 1")
                .params(parameters(survey, ground))
                .query(row -> {
                    String reason = row.getString(1);
                    if (reason == null) {
                        asked[0] = row.getLong(2);
                    } else {
                        leftOut.put(reason, row.getLong(2));
                    }
                });
        return new Forecast(asked[0], leftOut);
    }

    /** Some of those who would be asked, for looking at their letters. */
    @Transactional(readOnly = true)
    public List<Person> sample(Survey survey, int most) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        List<Person> found = new ArrayList<>();
        Ground ground = ground(survey, "preview", today, today);
        UUID last = null;
        for (int tries = 0; tries < 5 && found.size() < most; tries++) {
            List<Person> next = after(survey, ground, last, most * 4);
            next.stream()
                    .filter(person -> person.reason() == null)
                    .limit(most - found.size())
                    .forEach(found::add);
            if (next.size() < most * 4) {
                break;
            }
            last = next.getLast().id();
        }
        return found;
    }

    private Map<String, Object> parameters(Survey survey, Ground ground) {
        Instant now = clock.instant();
        AskingRule rule = rules.rule();
        Map<String, Object> values = new HashMap<>();
        values.put("survey", survey.id());
        values.put("roles", survey.audience().roles().toArray(String[]::new));
        values.put("percent", survey.audience().percent());
        values.put("portfolio", survey.portfolioOf());
        values.put("today", LocalDate.ofInstant(now, ZoneOffset.UTC));
        values.put("quiet", Timestamp.from(now.minus(Duration.ofDays(rule.quietDays()))));
        values.put("year", Timestamp.from(now.minus(SurveyProtection.YEAR)));
        values.put("yearly", rule.mostAYear());
        values.put("again", Timestamp.from(again(survey, now)));
        values.put("causes", causes(ground));
        if (ground.accounts() != null) {
            values.put("accounts", ground.accounts());
        }
        return values;
    }

    private static String[] causes(Ground ground) {
        Map<UUID, String> causes = ground.causes();
        return causes == null ? new String[0] : causes.values().toArray(String[]::new);
    }

    /** Who was asked by this survey later than this is not asked again. */
    private static Instant again(Survey survey, Instant now) {
        Integer months = survey.schedule().everyMonths();
        return switch (survey.schedule().when()) {
            case ONCE -> Instant.EPOCH;
            case REPEAT ->
                now.atOffset(ZoneOffset.UTC)
                        .minusMonths(months == null ? 1 : months)
                        .toInstant();
            case AFTER -> now.plus(Duration.ofDays(1)); // by the event instead
        };
    }

    private static final String PEOPLE = """
            select p.id, p.name, p.email, p.account_id, a.name as account_name, m.name as owner_name,
                coalesce(p.language, a.language) as language, a.segment,
                (select r from unnest(p.roles) r where cardinality(cast(:roles as text[])) = 0 or r = any(cast(:roles as text[])) limit 1) as role,
                case when p.left_on <= :today then 'left'
                    when o.band = 'LEFT' then 'customer_left'
                    when coalesce(p.email, '') not like '%%_@_%%' then 'no_address'
                    when exists (select from surveys.unwilling u where u.contact_id = p.id or u.address_hash = h.hash) then 'unwilling'
                    when d.address is not null then 'dead_address'
                    when abs(hashtextextended(p.id::text, hashtextextended(cast(:survey as text), 0)) %% 100) >= :percent then 'not_sampled'
                    when q.latest > :quiet then 'protected'
                    when q.times >= :yearly then 'protected'
                end as reason,
                case when q.latest > :quiet then 'Was asked on ' || to_char(q.latest at time zone 'UTC', 'YYYY-MM-DD') || ': ' || q.latest_name
                    when q.times >= :yearly then 'Was asked ' || q.times || ' times within a year.'
                end as detail
            from accounts.contact p
            join accounts.account a on a.id = p.account_id
            left join accounts.overview o on o.account_id = a.id
            left join identity.team_member m on m.id = a.owner_id
            left join mail.dead_address d on d.address = lower(p.email)
            cross join lateral (select encode(sha256(convert_to(lower(coalesce(p.email, '')), 'UTF8')), 'hex') as hash) h
            left join lateral (
                select max(s.asked_at) as latest, count(*) filter (where s.source <> 'exit') as times,
                    (array_agg(s.name order by s.asked_at desc))[1] as latest_name
                from (
                    select reference, source, name, asked_at from surveys.asked where contact_id = p.id and asked_at > :year
                    union
                    select reference, source, name, asked_at from surveys.asked where address_hash = h.hash and asked_at > :year
                ) s
            ) q on true
            where (cardinality(cast(:roles as text[])) = 0 or p.roles && cast(:roles as text[]))
              and (cast(:portfolio as uuid) is null or a.owner_id = cast(:portfolio as uuid))
              and not exists (select from surveys.invitation i where i.survey_id = :survey and i.contact_id = p.id
                  and (i.asked_at > :again or i.cause = any(cast(:causes as text[]))))%s
              and %s%s""";
}
