package io.perennial.playbooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.platform.text.TextProblem;
import io.perennial.playbooks.Rehearsal.Moment;
import io.perennial.playbooks.text.Playbook;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Caps, shares and effects as pure arithmetic. */
class RehearsalTests {

    private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);

    private static Playbook playbook(String limits, int heldOut) throws TextProblem {
        return Playbook.parse("""
                format: 1
                name: Try
                start: {when: signal, of: silence}
                limits: {%s}
                hold_out_percent: %d
                success: {is: customer stays, within_days: 10}
                steps:
                  - task: Call
                """.formatted(limits, heldOut), null);
    }

    private static Moment moment(int account, int day, int money) {
        return new Moment(
                new UUID(1, account), FIRST.plusDays(day), "A" + account, new BigDecimal(money), "EUR", "because");
    }

    @Test
    void theDearestComeFirstAndTheOthersTheNextDay() throws TextProblem {
        Rehearsal rehearsal = new Rehearsal(
                new UUID(9, 9), playbook("a_day: 2, in_all: 100, accounts: 100, not_again_within_days: 30", 0));
        for (int i = 1; i <= 5; i++) {
            rehearsal.add(moment(i, 0, i * 100));
        }
        rehearsal.add(moment(5, 10, 500));
        rehearsal.add(moment(5, 40, 500));

        DryRun run = rehearsal.play(FIRST, FIRST.plusDays(60), 0, List.of());

        assertThat(run.days())
                .extracting(day -> day.day().getDayOfMonth() + ":" + day.starts())
                .containsExactly("1:2", "2:2", "3:1", "10:1");
        assertThat(run.found()).isEqualTo(7);
        assertThat(run.starts()).isEqualTo(6);
        assertThat(run.accounts()).isEqualTo(5);
        assertThat(run.left()).isEqualTo(1);
        assertThat(run.money())
                .singleElement()
                .satisfies(money ->
                        assertThat(money.amount()).as("each account once").isEqualByComparingTo("1500"));
        assertThat(run.dearest().getFirst().name()).isEqualTo("A5");
    }

    @Test
    void capsOnAccountsAndInAllHold() throws TextProblem {
        Rehearsal rehearsal = new Rehearsal(
                new UUID(9, 9), playbook("a_day: 50, in_all: 7, accounts: 3, not_again_within_days: 0", 0));
        for (int day = 0; day < 4; day++) {
            for (int i = 1; i <= 5; i++) {
                rehearsal.add(moment(i, day, i));
            }
        }
        DryRun run = rehearsal.play(FIRST, FIRST.plusDays(30), 0, List.of());
        assertThat(run.starts()).isEqualTo(7);
        assertThat(run.accounts()).isEqualTo(3);
    }

    @Test
    void theShareHeldOutIsTheSameAccountsForEverAndAboutAsLargeAsAsked() {
        UUID playbook = new UUID(3, 4);
        long heldOut = 0;
        for (int i = 0; i < 20_000; i++) {
            UUID account = new UUID(i * 7919L, i);
            boolean held = Starting.isHeldOut(playbook, account, 10);
            assertThat(Starting.isHeldOut(playbook, account, 10)).isEqualTo(held);
            assertThat(Starting.isHeldOut(playbook, account, 0)).isFalse();
            heldOut += held ? 1 : 0;
        }
        assertThat(heldOut).isBetween(1_800L, 2_200L);
    }

    /** Newcombe's own example (1998, table II a): 56/70 - 48/80, method 10: .0524 to .3339. */
    @Test
    void theEffectHasNewcombesInterval() {
        Effect effect = new Effect("x", 30, 56, 70, 48, 80);
        assertThat(effect.points()).isEqualTo(20.0);
        assertThat(effect.low()).isBetween(5.235, 5.245);
        assertThat(effect.high()).isBetween(33.385, 33.395);
        assertThat(effect.words()).startsWith("It helps: +20 points");
        assertThat(new Effect("x", 30, 5, 10, 4, 9).words()).startsWith("No effect that these accounts could show");
        assertThat(new Effect("x", 30, 3, 3, 0, 0).words()).startsWith("Too few");
    }

    @Test
    void webhooksGoOutsideOnly() throws UnknownHostException {
        for (String inside : List.of(
                "127.0.0.1",
                "10.1.2.3",
                "172.16.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "0.0.0.0",
                "224.0.0.1",
                "255.255.255.255",
                "198.18.0.1",
                "192.0.0.8",
                "::1",
                "fe80::1",
                "fc00::1",
                "fd12::1",
                "::ffff:10.0.0.1",
                "64:ff9b::a00:1",
                "2002:a00:1::",
                "2001::1",
                "2001:db8::1",
                "ff02::1")) {
            assertThat(OutsideAddress.isOutside(InetAddress.getByName(inside)))
                    .as(inside)
                    .isFalse();
        }
        for (String outside :
                List.of("93.184.216.34", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "64:ff9b::5db8:d822")) {
            assertThat(OutsideAddress.isOutside(InetAddress.getByName(outside)))
                    .as(outside)
                    .isTrue();
        }
    }

    /** The example of the specification's reference libraries. */
    @Test
    void aCallIsSignedAsTheSpecificationSays() {
        assertThat(WebhookDelivery.signature(
                        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                        "msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{\"test\": 2432232314}"))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }
}
