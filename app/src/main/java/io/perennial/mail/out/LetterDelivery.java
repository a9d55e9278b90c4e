package io.perennial.mail.out;

import io.perennial.mail.Delivery.State;
import io.perennial.mail.LetterPreference;
import io.perennial.mail.MailSettings;
import io.perennial.mail.Ways;
import io.perennial.mail.out.DueLetters.Due;
import io.perennial.platform.background.Loop;
import io.perennial.platform.live.Live;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Hands over letters that are due, one after the other. A server that is away costs no letter an attempt; a letter that is
 * put off comes again, later each time, and is given up after four days.
 */
@Component
public class LetterDelivery extends Loop {

    static final Duration GIVEN_UP_AFTER = Duration.ofDays(4);

    private static final Duration POLL = Duration.ofSeconds(10);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(4);
    private static final Duration FULL_HOUR = Duration.ofMinutes(1);
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(5);
    /** This part of an hour's room is for letters that somebody waits for. */
    private static final int KEPT_FOR_ANSWERS = 10;

    private static final Logger log = LoggerFactory.getLogger(LetterDelivery.class);

    private final MailSettings settings;
    private final DueLetters letters;
    private final Suppression suppression;
    private final Bounces bounces;
    private final Composer composer;
    private final Ways ways;
    private final ObjectProvider<Live> live;
    private final TransactionOperations transactions;
    private final Clock clock;
    private Duration silence = Duration.ZERO;
    private long notBefore = System.nanoTime();

    LetterDelivery(
            MailSettings settings,
            DueLetters letters,
            Suppression suppression,
            Bounces bounces,
            Composer composer,
            Ways ways,
            ObjectProvider<Live> live,
            TransactionOperations transactions,
            Clock clock,
            @Value("${perennial.mail.loops:true}") boolean loops) {
        super("mail out", PAUSE_AFTER_FAILURE, loops && settings.obstacle() == null);
        this.settings = settings;
        this.letters = letters;
        this.suppression = suppression;
        this.bounces = bounces;
        this.composer = composer;
        this.ways = ways;
        this.live = live;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    protected Duration step() {
        // A letter that is posted wakes us, and must not make us call a server that has just not answered.
        Duration wait = Duration.ofNanos(notBefore - System.nanoTime());
        if (wait.isPositive()) {
            return wait;
        }
        if (!letters.any()) {
            return POLL;
        }
        if (letters.room(settings.mostPerHour()) == 0) {
            return FULL_HOUR;
        }
        int done = drain();
        if (done >= 0) {
            silence = Duration.ZERO;
            return done == 0 ? POLL : Duration.ZERO;
        }
        silence = silence.isZero() ? PAUSE_AFTER_FAILURE : min(silence.multipliedBy(2), LONGEST_SILENCE);
        notBefore = System.nanoTime() + silence.toNanos();
        return silence;
    }

    /**
     * Hands over everything that is due and that the hour has room for.
     *
     * @return how many letters were settled or put off; -1 when the server could not be reached
     */
    public synchronized int drain() {
        if (settings.obstacle() != null || !letters.any()) {
            return 0;
        }
        int room = letters.room(settings.mostPerHour());
        int kept = settings.mostPerHour() / KEPT_FOR_ANSWERS;
        try (SmtpLine line = SmtpLine.open(settings)) {
            ways.well(Ways.SMTP);
            int done = 0;
            while (done < room) {
                Optional<Due> due = letters.claim(room - done > kept);
                if (due.isEmpty()) {
                    return done;
                }
                done++;
                if (!delivered(due.get(), line) && !line.isOpen()) {
                    return done;
                }
            }
            return done;
        } catch (MessagingException e) {
            String words = Trouble.words(e);
            log.warn("Letters wait: {}", words);
            ways.trouble(Ways.SMTP, words);
            return -1;
        } finally {
            live.ifAvailable(pages -> pages.changed("mail"));
        }
    }

    /** What goes wrong on our side must not keep a letter claimed; the connection is of no use then. */
    private boolean delivered(Due letter, SmtpLine line) {
        try {
            return deliver(letter, line);
        } catch (RuntimeException e) {
            putOff(letter, "Perennial stumbled; its log says more.");
            throw e;
        }
    }

    /** @return false when the connection may be gone */
    private boolean deliver(Due letter, SmtpLine line) {
        Optional<String> against = suppression.against(letter);
        if (against.isPresent()) {
            letters.settle(letter, State.WITHHELD, against.get());
            return true;
        }
        Optional<LetterPreference.Later> later = suppression.later(letter);
        if (later.isPresent()) {
            letters.hold(letter, later(later.get()), later.get().why());
            return true;
        }
        MimeMessage message;
        try {
            message = composer.compose(letter, line.session());
        } catch (MessagingException e) {
            settle(letter, State.FAILED, false, "The letter could not be written: " + Trouble.words(e));
            return true;
        }
        Answer answer = line.send(message);
        switch (answer.outcome()) {
            case ACCEPTED -> letters.settle(letter, State.ACCEPTED, answer.words());
            case REFUSED -> settle(letter, State.FAILED, false, answer.words());
            case DEAD -> settle(letter, State.BOUNCED, true, answer.words());
            case LATER -> putOff(letter, answer.words());
        }
        return answer.outcome() == Answer.Outcome.ACCEPTED;
    }

    /** Never again and again at once. */
    private Instant later(LetterPreference.Later wish) {
        Instant soon = clock.instant().plus(FIRST_PAUSE);
        return wish.until().isBefore(soon) ? soon : wish.until();
    }

    private void putOff(Due letter, String words) {
        Instant now = clock.instant();
        if (letter.patientSince().plus(GIVEN_UP_AFTER).isBefore(now)) {
            settle(letter, State.FAILED, false, "Given up after four days: " + words);
            return;
        }
        letters.later(letter, now.plus(pause(letter.attempt())), words);
    }

    private void settle(Due letter, State state, boolean dead, String words) {
        transactions.executeWithoutResult(transaction -> {
            if (letters.settle(letter, state, words)) {
                bounces.notDelivered(letter.id(), dead, words);
            }
        });
    }

    /** One minute, three, nine and so on. */
    static Duration pause(int attempt) {
        Duration pause = FIRST_PAUSE;
        for (int i = 1; i < attempt && pause.compareTo(LONGEST_PAUSE) < 0; i++) {
            pause = pause.multipliedBy(3);
        }
        return min(pause, LONGEST_PAUSE);
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
