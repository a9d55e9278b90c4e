package io.perennial.onboarding;

import io.perennial.mail.Letter;
import io.perennial.mail.MailSettings;
import io.perennial.mail.Outbox;
import io.perennial.onboarding.Readers.Reader;
import io.perennial.platform.web.Wording;
import io.perennial.programs.Coverage;
import io.perennial.programs.Entitlements;
import io.perennial.programs.Entitlements.Balance;
import io.perennial.programs.Priority;
import io.perennial.programs.Programs;
import io.perennial.shared.Actor;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Tells contacts what was bought, where to get help and who helps, with the link by which they confirm access: each once. */
@Component
class Welcome {

    private final JdbcClient database;
    private final OnboardingRows rows;
    private final Readers readers;
    private final Links links;
    private final Programs programs;
    private final Entitlements entitlements;
    private final Outbox outbox;
    private final MailSettings mail;
    private final Clock clock;

    Welcome(
            JdbcClient database,
            OnboardingRows rows,
            Readers readers,
            Links links,
            Programs programs,
            Entitlements entitlements,
            Outbox outbox,
            MailSettings mail,
            Clock clock) {
        this.database = database;
        this.rows = rows;
        this.readers = readers;
        this.links = links;
        this.programs = programs;
        this.entitlements = entitlements;
        this.outbox = outbox;
        this.mail = mail;
        this.clock = clock;
    }

    /** As that reader would get it, without the link. */
    record Preview(String to, String address, String subject, String text) {}

    /** To those who have not been welcomed yet. */
    List<Preview> previews(Onboarding onboarding) {
        LocalDate today = today();
        Sold sold = sold(onboarding, today);
        return waiting(onboarding, today).stream()
                .map(one -> new Preview(
                        one.name(), one.mail(), one.words().welcomeSubject, text(onboarding, one, sold, today)))
                .toList();
    }

    /** @return names of those who were written to now */
    @Transactional
    List<String> send(UUID id, Actor actor) {
        database.sql("select id from onboarding.onboarding where id = :id for update")
                .param("id", id)
                .query(UUID.class)
                .single();
        Onboarding onboarding = rows.find(id).orElseThrow();
        LocalDate today = today();
        List<Reader> waiting = waiting(onboarding, today);
        if (waiting.isEmpty()) {
            return List.of();
        }
        Sold sold = sold(onboarding, today);
        List<String> told = new ArrayList<>();
        for (Reader one : waiting) {
            String link = links.fresh(id, one.contact())
                    .map(url -> "\n\n" + one.words().confirm + "\n" + url + "\n")
                    .orElse("\n");
            UUID letter = outbox.post(
                    new Letter(
                            "onboarding:" + id + ":welcome:" + one.contact(),
                            one.mail(),
                            one.name(),
                            one.words().welcomeSubject,
                            text(onboarding, one, sold, today) + link,
                            null,
                            Map.of(),
                            List.of(),
                            "onboarding-welcome",
                            onboarding.account().value(),
                            one.contact()),
                    actor);
            database.sql("""
                    insert into onboarding.letter (onboarding_id, contact_id, sent_on, letter_id)
                    values (:id, :contact, :today, :letter) on conflict do nothing
                    """)
                    .param("id", id)
                    .param("contact", one.contact())
                    .param("today", today)
                    .param("letter", letter)
                    .update();
            told.add(one.name());
        }
        database.sql("update onboarding.onboarding set told_on = coalesce(told_on, :today) where id = :id")
                .param("today", today)
                .param("id", id)
                .update();
        return told;
    }

    private List<Reader> waiting(Onboarding onboarding, LocalDate today) {
        List<UUID> had = database.sql("select contact_id from onboarding.letter where onboarding_id = :id")
                .param("id", onboarding.id())
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
        return readers.of(onboarding.id(), today).stream()
                .filter(one -> !had.contains(one.contact()))
                .toList();
    }

    private record Sold(Coverage coverage, List<Balance> balances) {}

    private Sold sold(Onboarding onboarding, LocalDate today) {
        return new Sold(
                programs.coverage(onboarding.account(), today), entitlements.balances(onboarding.account(), today));
    }

    private String text(Onboarding onboarding, Reader reader, Sold sold, LocalDate today) {
        LetterWords words = reader.words();
        Coverage coverage = sold.coverage();
        StringBuilder text = new StringBuilder();
        text.append(words.say(words.dear, reader.name())).append("\n\n");
        text.append(words.say(words.welcome, coverage.program(), words.day(today)))
                .append("\n\n");
        if (!sold.balances().isEmpty()) {
            text.append(words.included).append(":\n");
            sold.balances().stream()
                    .limit(20)
                    .forEach(one -> text.append("- ")
                            .append(one.title())
                            .append(": ")
                            .append(one.granted().signum() == 0 ? words.unlimited : Wording.amount(one.granted()))
                            .append('\n'));
            text.append('\n');
        }
        text.append(words.reach)
                .append(": ")
                .append(String.join(", ", new TreeSet<>(coverage.channels())))
                .append(mail.from().isBlank() ? "" : " (" + mail.from() + ")")
                .append('\n');
        Duration first = coverage.targets(Priority.values()[0]).firstResponse();
        if (first != null) {
            text.append(words.answer)
                    .append(": ")
                    .append(words.say(words.within, spoken(first)))
                    .append('\n');
        }
        String help = onboarding.help();
        if (help != null) {
            text.append(words.help).append(": ").append(help).append('\n');
        }
        if (onboarding.ownerName() != null) {
            text.append(words.who).append(": ").append(who(onboarding)).append('\n');
        }
        List<Milestone> milestones = rows.milestones(onboarding.id());
        if (!milestones.isEmpty()) {
            text.append('\n').append(words.way).append(":\n");
            milestones.forEach(one -> text.append("- ").append(one.name()).append('\n'));
        }
        return text.toString().stripTrailing();
    }

    static String who(Onboarding onboarding) {
        return onboarding.ownerName() + (onboarding.ownerEmail() == null ? "" : " <" + onboarding.ownerEmail() + ">");
    }

    private static String spoken(Duration duration) {
        return duration.toMinutes() % 60 == 0 ? duration.toHours() + " h" : duration.toMinutes() + " min";
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
