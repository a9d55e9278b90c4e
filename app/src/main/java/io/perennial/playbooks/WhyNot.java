package io.perennial.playbooks;

import io.perennial.accounts.AccountCard;
import io.perennial.accounts.Accounts;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.Wording;
import io.perennial.playbooks.Facts.Asked;
import io.perennial.playbooks.moments.MomentSource;
import io.perennial.playbooks.text.Playbook;
import io.perennial.playbooks.text.Playbook.Start;
import io.perennial.shared.AccountId;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Why a playbook did or did not start at an account, question by question, by the rules that decide it. */
@Component
public class WhyNot {

    private final JdbcClient database;
    private final Playbooks playbooks;
    private final Moments moments;
    private final Facts facts;
    private final Accounts accounts;
    private final Clock clock;

    WhyNot(JdbcClient database, Playbooks playbooks, Moments moments, Facts facts, Accounts accounts, Clock clock) {
        this.database = database;
        this.playbooks = playbooks;
        this.moments = moments;
        this.facts = facts;
        this.accounts = accounts;
        this.clock = clock;
    }

    /** @param holds whether it speaks for a start */
    public record Question(String asked, String found, boolean holds) {}

    /** @param verdict in a sentence */
    public record Answer(AccountCard account, String verdict, List<Question> questions) {}

    /** @throws NoSuchElementException when there is no such playbook, or the account is not in the portfolio */
    @Transactional(readOnly = true)
    public Answer ask(String key, AccountId account, Viewer viewer) {
        PlaybookCard card = playbooks.find(key).orElseThrow(PlaybookEditing::none);
        AccountCard customer = accounts.find(account, viewer)
                .orElseThrow(() -> new NoSuchElementException("There is no such account in your portfolio."));
        Playbook playbook = inForce(card);
        List<Question> questions = new ArrayList<>();
        questions.add(new Question(
                "The playbook looks",
                card.state().title() + (card.since() == null ? "" : ", since " + Wording.moment(card.since())),
                card.state().looks()));
        Start start = playbook.start();
        UUID signal = null;
        if (start.isSegment()) {
            facts.check(account.value(), start.onlyIf()).forEach(one -> questions.add(question(one)));
            questions.add(news(card, account));
        } else {
            Moment moment = latest(start, account);
            signal = moment != null && start.isSignal() ? UUID.fromString(moment.id()) : null;
            questions.add(happened(start, moment));
            if (moment != null) {
                questions.add(fresh(card, start, moment));
            }
            if (signal != null) {
                questions.add(new Question(
                        "The signal still stands",
                        facts.isClosed(signal) ? "it is closed" : "it stands",
                        !facts.isClosed(signal)));
            }
            facts.check(account.value(), start.onlyIf()).forEach(one -> questions.add(question(one)));
        }
        if (!Found.leftToo(playbook)) {
            questions.add(stays(account));
        }
        UUID asked = new UUID(0, 0);
        String over = facts.stopped(playbook, List.of(new Asked(asked, account.value(), signal)))
                .get(asked);
        if (!playbook.stops().isEmpty()) {
            questions.add(new Question("Nothing ends it at once", over == null ? "nothing" : over, over == null));
        }
        String ran = history(card, account, questions, playbook);
        String refusal = questions.stream()
                .filter(one -> !one.holds())
                .findFirst()
                .map(Question::asked)
                .orElse(null);
        return new Answer(
                customer,
                ran != null
                        ? ran
                        : refusal == null
                                ? "Everything speaks for it: it starts at the next look."
                                : "It did not start: \"" + refusal + "\" does not hold.",
                questions);
    }

    private Playbook inForce(PlaybookCard card) {
        return card.inForce() == 0
                ? card.parsed()
                : playbooks
                        .version(card, card.inForce())
                        .map(version -> playbooks.parsed(version.text()))
                        .orElse(card.parsed());
    }

    private static Question question(Facts.Checked one) {
        return new Question(one.wanted(), one.found(), one.holds());
    }

    /** Whoever stood within before is no entry. */
    private Question news(PlaybookCard card, AccountId account) {
        boolean within = database.sql("""
                select exists (select from playbooks.standing s join playbooks.playbook p on p.number = any(s.within)
                    where s.account_id = :account and p.key = :key)
                """)
                .param("account", account.value())
                .param("key", card.key())
                .query(Boolean.class)
                .single();
        return new Question(
                "It is new that all of it holds",
                within ? "it held at the last look already" : "it did not hold at the last look",
                !within);
    }

    private record Moment(String id, Instant at, String evidence) {}

    private @Nullable Moment latest(Start start, AccountId account) {
        MomentSource source = moments.find(start.when()).orElse(null);
        if (source == null) {
            return null;
        }
        return database.sql("""
                select m.id, m.at + make_interval(days => :shift) as at, m.evidence from (%s) m
                where m.account_id = :account and (:name = '' or m.name = :name)
                    and m.at <= cast(:now as timestamptz) - make_interval(days => :shift)
                order by m.at desc, m.id desc limit 1
                """.formatted(source.select()))
                .param("account", account.value())
                .param("name", start.of())
                .param("shift", start.shiftDays())
                .param("now", Timestamp.from(clock.instant()))
                .query((row, number) ->
                        new Moment(row.getString(1), row.getTimestamp(2).toInstant(), String.valueOf(row.getString(3))))
                .optional()
                .orElse(null);
    }

    private Question happened(Start start, @Nullable Moment moment) {
        String asked = moments.sentence(start);
        return new Question(
                asked.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + asked.substring(1),
                moment == null ? "it never did" : Wording.moment(moment.at()) + ": " + moment.evidence(),
                moment != null);
    }

    private Question fresh(PlaybookCard card, Start start, Moment moment) {
        Instant since = card.since();
        if (since == null) {
            return new Question("It happened after the playbook was switched on", "it was never switched on", false);
        }
        Instant now = clock.instant();
        Instant from = start.presentToo()
                ? start.isSignal() ? Instant.EPOCH : now.minus(Found.FRESH)
                : since.isAfter(now.minus(Found.FRESH)) ? since : now.minus(Found.FRESH);
        return new Question(
                "It happened after the playbook was switched on, and not more than " + Found.FRESH.toDays()
                        + " days ago",
                Wording.moment(moment.at()),
                !moment.at().isBefore(from));
    }

    private Question stays(AccountId account) {
        LocalDate left = database.sql("select left_on from accounts.overview where account_id = :account")
                .param("account", account.value())
                .query((row, number) -> java.util.Optional.ofNullable(row.getObject(1, LocalDate.class)))
                .optional()
                .flatMap(day -> day)
                .orElse(null);
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return new Question(
                "The account is a customer",
                left == null ? "yes" : "left on " + Wording.day(left),
                left == null || left.isAfter(today));
    }

    /** @return the verdict when there is a run */
    private @Nullable String history(
            PlaybookCard card, AccountId account, List<Question> questions, Playbook playbook) {
        UUID id = card.id();
        if (id == null) {
            return null;
        }
        record Last(String state, Instant at, @Nullable String because, boolean shadow) {}
        Last last = database.sql("""
                select state, coalesce(started_at, queued_at) as at, because, shadow from playbooks.run
                where playbook_id = :playbook and account_id = :account order by queued_at desc, id desc limit 1
                """)
                .param("playbook", id)
                .param("account", account.value())
                .query((row, number) -> new Last(
                        row.getString(1), row.getTimestamp(2).toInstant(), row.getString(3), row.getBoolean(4)))
                .optional()
                .orElse(null);
        boolean heldOut = Starting.isHeldOut(id, account.value(), playbook.heldOutPercent());
        if (playbook.heldOutPercent() > 0) {
            questions.add(new Question(
                    "It is not one of the " + playbook.heldOutPercent() + " % held out to measure",
                    heldOut ? "it is held out" : "it is not",
                    !heldOut));
        }
        if (last == null) {
            return null;
        }
        String when = Wording.moment(last.at());
        int quiet = playbook.limits().quietDays();
        boolean quietOver = last.state().equals("undone")
                || !last.at().plus(java.time.Duration.ofDays(quiet)).isAfter(clock.instant());
        questions.add(new Question(
                "No run within " + quiet + " days",
                "the last one " + when + " (" + last.state().replace('_', ' ') + ")",
                quietOver));
        return switch (last.state()) {
            case "queued" ->
                "It was found on " + when + " and waits for room under the caps: at most "
                        + playbook.limits().aDay() + " a day, "
                        + playbook.limits().inAll() + " in all, at "
                        + playbook.limits().accounts() + " accounts.";
            case "held_out" ->
                "It was found on " + when + ", and nothing is done: the account is held out to measure the effect.";
            case "exited" -> "It started or was found on " + when + " and ended: " + last.because();
            case "undone" -> "It started on " + when + " and was taken back.";
            default -> "It started on " + when + (last.shadow() ? ", in the shadow." : ".");
        };
    }
}
