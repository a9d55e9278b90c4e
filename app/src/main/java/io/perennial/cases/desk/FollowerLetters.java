package io.perennial.cases.desk;

import io.perennial.mail.Letter;
import io.perennial.mail.MailAddress;
import io.perennial.mail.Outbox;
import io.perennial.platform.background.Loop;
import io.perennial.platform.web.PublicAddress;
import io.perennial.shared.Actor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Letters to colleagues about the cases that they follow: what came within a few minutes stands in one, and a busy case writes
 * at most four an hour. Nobody hears of what they did themselves. Goes to colleagues only: an address that a customer's
 * contact has as well gets none, since notes are not for customers.
 */
@Component
class FollowerLetters extends Loop {

    static final Duration GATHERED = Duration.ofMinutes(3);
    static final Duration APART = Duration.ofMinutes(15);
    static final LocalTime MORNING = LocalTime.of(8, 0);

    private static final Duration REST = Duration.ofSeconds(30);
    private static final int MOST_AT_ONCE = 500;
    private static final String FOLLOWED = "/cases?view=followed";

    private final JdbcClient database;
    private final FollowerNews news;
    private final Outbox outbox;
    private final PublicAddress address;
    private final Clock clock;
    private final TransactionTemplate transactions;

    FollowerLetters(
            JdbcClient database,
            FollowerNews news,
            Outbox outbox,
            PublicAddress address,
            Clock clock,
            PlatformTransactionManager transactions,
            @Value("${perennial.cases.follower-letters:true}") boolean enabled) {
        super("follower-letters", Duration.ofSeconds(30), enabled);
        this.database = database;
        this.news = news;
        this.outbox = outbox;
        this.address = address;
        this.clock = clock;
        this.transactions = new TransactionTemplate(transactions);
    }

    @Override
    protected Duration step() {
        tell();
        return REST;
    }

    /** @param reachable whether the address is one, and only a colleague's */
    private record Follower(
            UUID id,
            String name,
            String email,
            ZoneId zone,
            FollowerMail.Wish wish,
            boolean reachable,
            @Nullable Instant last,
            Instant since) {

        boolean wantsLetters() {
            return wish != FollowerMail.Wish.NEVER && reachable;
        }

        Instant due() {
            if (wish == FollowerMail.Wish.DAILY) {
                ZonedDateTime morning = since.atZone(zone).with(MORNING);
                return (morning.toInstant().isAfter(since) ? morning : morning.plusDays(1)).toInstant();
            }
            Instant gathered = since.plus(GATHERED);
            Instant apart = last == null ? gathered : last.plus(APART);
            return apart.isAfter(gathered) ? apart : gathered;
        }
    }

    /** @return how many letters were written */
    int tell() {
        Instant now = clock.instant();
        int written = 0;
        for (Follower follower : waiting(now)) {
            if (!follower.wantsLetters() || !follower.due().isAfter(now)) {
                written += Objects.requireNonNull(transactions.execute(status -> tell(follower)));
            }
        }
        return written;
    }

    private List<Follower> waiting(Instant now) {
        return database.sql("""
                select m.id, m.name, m.email, m.time_zone, coalesce(w.wish, 'soon') as wish, w.last_at, f.since,
                    m.active and not exists (select from accounts.contact p where lower(p.email) = lower(m.email)) as reachable
                from (select member_id, min(news_since) as since from cases.follower
                      where news_since <= :before group by member_id) f
                join identity.team_member m on m.id = f.member_id
                left join cases.follower_mail w on w.member_id = m.id
                order by f.since limit :most
                """)
                .param("before", Timestamp.from(now.minus(GATHERED)))
                .param("most", MOST_AT_ONCE)
                .query((row, number) -> follower(row))
                .list();
    }

    private static Follower follower(ResultSet row) throws SQLException {
        return new Follower(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("email"),
                zone(row.getString("time_zone")),
                FollowerMail.Wish.of(row.getString("wish")).orElse(FollowerMail.Wish.SOON),
                row.getBoolean("reachable") && MailAddress.isAddress(row.getString("email")),
                Queue.instant(row, "last_at"),
                Objects.requireNonNull(Queue.instant(row, "since")));
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException unknown) {
            return ZoneId.of("UTC");
        }
    }

    /** A case on which somebody works at this very moment is told of next time. */
    private int tell(Follower follower) {
        List<UUID> cases = database.sql("""
                select case_id from cases.follower where member_id = :me and news_since is not null
                for no key update skip locked
                """)
                .param("me", follower.id())
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
        Instant now = clock.instant();
        List<FollowerNews.Piece> pieces = follower.wantsLetters()
                ? news.of(follower.id(), follower.zone()).stream()
                        .filter(piece -> cases.contains(piece.id()))
                        .toList()
                : List.of();
        if (!pieces.isEmpty()) {
            post(follower, pieces, now);
        }
        database.sql("""
                update cases.follower set news_since = null, told_at = :now where member_id = :me and case_id = any(:cases)
                """)
                .param("me", follower.id())
                .param("cases", cases.toArray(UUID[]::new))
                .param("now", Timestamp.from(now))
                .update();
        return pieces.isEmpty() ? 0 : 1;
    }

    private void post(Follower follower, List<FollowerNews.Piece> pieces, Instant now) {
        database.sql("""
                insert into cases.follower_mail (member_id, last_at) values (:me, :now)
                on conflict (member_id) do update set last_at = excluded.last_at
                """)
                .param("me", follower.id())
                .param("now", Timestamp.from(now))
                .update();
        String subject = pieces.size() == 1
                ? "News of case " + pieces.getFirst().title()
                : "News of " + pieces.size() + " cases that you follow";
        outbox.post(
                Letter.plain(
                                "case-news:" + follower.id() + ":" + now.toEpochMilli(),
                                follower.email(),
                                subject,
                                text(follower, pieces),
                                "case-news")
                        .automatic(),
                Actor.SYSTEM);
    }

    private String text(Follower follower, List<FollowerNews.Piece> pieces) {
        StringBuilder text = new StringBuilder("Hello ").append(follower.name()).append(",\n");
        for (FollowerNews.Piece piece : pieces) {
            text.append("\n")
                    .append(piece.title())
                    .append("\n")
                    .append(piece.account())
                    .append("\n");
            if (piece.more() > 0) {
                text.append("- ").append(piece.more()).append(" earlier\n");
            }
            piece.told().forEach(line -> text.append("- ").append(line).append("\n"));
            address.of("/cases/" + piece.id())
                    .ifPresent(link -> text.append(link).append("\n"));
        }
        text.append("\nTimes are those of ").append(follower.zone().getId());
        text.append(". You follow these cases; how often you get mail is chosen under Cases, Followed");
        address.of(FOLLOWED).ifPresent(link -> text.append(":\n").append(link));
        return text.append("\n").toString();
    }
}
