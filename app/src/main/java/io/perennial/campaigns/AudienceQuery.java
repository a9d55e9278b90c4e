package io.perennial.campaigns;

import io.perennial.campaigns.LetterRules.Rules;
import io.perennial.mail.Purpose;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Who a campaign would reach, counted while somebody waits, and taken in when it starts. */
@Component
public class AudienceQuery {

    /** Of behaviour; the same as on pages about use. */
    static final int DAYS = 28;

    /** Nobody looks longer at a form. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    /** How PostgreSQL says that a statement took too long. */
    private static final String CANCELED = "57014";

    private static final int EXAMPLES = 5;

    private final JdbcClient database;
    private final LetterRules rules;
    private final TransactionTemplate apart;
    private final Clock clock;

    AudienceQuery(JdbcClient database, LetterRules rules, PlatformTransactionManager transactions, Clock clock) {
        this.database = database;
        this.rules = rules;
        this.apart = new TransactionTemplate(transactions);
        this.apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
        this.clock = clock;
    }

    /** @param why empty: gets it */
    public record Example(
            UUID contact,
            UUID account,
            String name,
            String company,
            @Nullable String email,
            String why) {}

    public record Reason(String why, long people) {}

    /**
     * @param gets people who would get it, before some are held out
     * @param customers at whom they are
     * @param reasons why others do not, most frequent first
     * @param counted false: it took too long; it is counted when it starts
     */
    public record Reach(long gets, long customers, List<Reason> reasons, List<Example> examples, boolean counted) {

        public long leftOut() {
            return reasons.stream().mapToLong(Reason::people).sum();
        }
    }

    /** @param worker who looks: examples are of their own customers */
    public Reach reach(Campaign campaign, Worker worker) {
        return reach(campaign, worker, PATIENCE);
    }

    /** Apart from the transaction of whoever asks: that it took too long must not end what they do next. */
    Reach reach(Campaign campaign, Worker worker, Duration patience) {
        try {
            return Objects.requireNonNull(apart.execute(transaction -> {
                database.sql("set local statement_timeout = " + patience.toMillis())
                        .update();
                return count(campaign, worker);
            }));
        } catch (DataAccessException e) {
            if (e.getRootCause() instanceof SQLException late && CANCELED.equals(late.getSQLState())) {
                return new Reach(0, 0, List.of(), List.of(), false);
            }
            throw e;
        }
    }

    private Reach count(Campaign campaign, Worker worker) {
        record Line(
                String what,
                long people,
                long customers,
                @Nullable Example example) {}
        List<Line> lines = asked(campaign, Candidates.judged(campaign.audience().behaviour()) + """
                , known as materialized (select * from judged)
                select 'count' as what, count(*) as people, count(distinct account_id) as customers,
                    null::uuid as id, null::uuid as account_id, null::text as name, null::text as company, null::text as email,
                    '' as why
                from known where why = ''
                union all
                select 'reason', count(*), 0, null, null, null, null, null,
                    regexp_replace(why, ': .*', '') from known where why <> '' group by regexp_replace(why, ': .*', '')
                union all
                (select 'example', 0, 0, id, account_id, name, company, email, why from known
                 where why = '' and (cast(:seen_by as uuid) is null or account_id in (
                    select a.id from accounts.account a where a.owner_id = cast(:seen_by as uuid)))
                 order by md5(id::text) limit :examples)
                """)
                .param("seen_by", worker.onlyOwner())
                .param("examples", EXAMPLES)
                .query((row, number) -> new Line(
                        row.getString("what").equals("reason") ? "r" + row.getString("why") : row.getString("what"),
                        row.getLong("people"),
                        row.getLong("customers"),
                        row.getObject("id", UUID.class) == null
                                ? null
                                : new Example(
                                        row.getObject("id", UUID.class),
                                        row.getObject("account_id", UUID.class),
                                        row.getString("name"),
                                        row.getString("company"),
                                        row.getString("email"),
                                        row.getString("why"))))
                .list();
        Line count = lines.stream()
                .filter(line -> line.what().equals("count"))
                .findFirst()
                .orElseThrow();
        return new Reach(
                count.people(),
                count.customers(),
                lines.stream()
                        .filter(line -> line.what().startsWith("r"))
                        .map(line -> new Reason(line.what().substring(1), line.people()))
                        .sorted((one, other) -> Long.compare(other.people(), one.people()))
                        .toList(),
                lines.stream()
                        .flatMap(line -> line.example() == null ? Stream.of() : Stream.of(line.example()))
                        .toList(),
                true);
    }

    /**
     * Takes everybody in who fits now and is not in yet, in one statement. Whole customers are held out by chance, so that neither what
     * colleagues tell each other nor who writes the campaign decides; the same campaign always draws the same lot.
     *
     * @return how many are new
     */
    int takeIn(Campaign campaign) {
        return asked(campaign, Candidates.judged(campaign.audience().behaviour()) + """
                insert into campaigns.person (campaign_id, contact_id, account_id, held_out, state, why, next_step, next_at,
                    entered_on, ended_at)
                select :campaign, id, account_id, held_out,
                    case when why <> '' then 'left-out' when held_out then 'held-out' else 'due' end, why, 1,
                    :next, :today, case when why <> '' then cast(:now as timestamptz) end
                from (select j.*, campaigns.lot(:campaign, j.account_id) < :hold_out / 100.0 as held_out from judged j) drawn
                on conflict (campaign_id, contact_id) do nothing
                """)
                .param("campaign", campaign.id())
                .param("hold_out", campaign.holdOut())
                .param("next", Timestamp.from(clock.instant().plus(CampaignStart.GRACE)))
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    StatementSpec asked(Campaign campaign, String sql) {
        Audience audience = campaign.audience();
        Rules house = rules.now();
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        StatementSpec statement = database.sql(sql)
                .param("only", campaign.onlyOwner())
                .param("today", today)
                .param("zone", house.zone())
                .param("asked_first", house.askedFirst().contains(Purpose.CAMPAIGN))
                .param("roles", audience.roles().toArray(String[]::new))
                .param("segments", audience.segments().toArray(String[]::new))
                .param("stages", audience.stages().toArray(String[]::new))
                .param("bands", audience.bands().toArray(String[]::new))
                .param("products", audience.products().toArray(String[]::new));
        return statement
                .param("since", today.minusDays(DAYS))
                .param("feature", campaign.feature())
                .param("used_feature", audience.feature())
                .param("share", audience.share());
    }
}
