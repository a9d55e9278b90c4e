package io.perennial.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.campaigns.Audience.Behaviour;
import io.perennial.campaigns.Campaigns.Draft;
import io.perennial.shared.AccountId;
import io.perennial.world.PerennialTest;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Whom a campaign reaches, and what it brought. */
@PerennialTest
class CampaignEffectTests extends CampaignStory {

    @Autowired
    AudienceQuery audience;

    @Autowired
    DataSource source;

    @Test
    void powerUsersAreTheTopByUseAndTheirCustomersCanBeNarrowed() {
        for (int i = 1; i <= 10; i++) {
            AccountId account = harbour.account("Pier " + i, "Small", csm.id());
            harbour.person(account, "User " + i, "user", "en");
            harbour.uses(account, "User " + i, "Planner", -2, i);
        }
        assertThat(reach(audience(Behaviour.POWER, "", 20)).examples())
                .extracting(AudienceQuery.Example::name)
                .containsExactlyInAnyOrder("User 10", "User 9");
        assertThat(reach(audience(Behaviour.USED, "Planner", 10)).gets()).isEqualTo(10);
        assertThat(reach(audience(Behaviour.NEVER_USED, "Planner", 10)).gets()).isZero();
        assertThat(reach(audience(Behaviour.CUSTOMER_WITHOUT, "Reports", 10)).gets())
                .isEqualTo(10);
    }

    @Test
    void theEffectIsMeasuredAgainstCustomersHeldOutByChanceAndNothingIsClaimedTooEarly() {
        harbour.crowd(200);
        UUID id = running(new Draft(
                "Crowd uses Reports",
                new Audience(List.of(), List.of("Crowd"), List.of(), List.of(), List.of(), Behaviour.ANY, "", 10),
                new Goal("Reports", 1, 14, false),
                50,
                false,
                List.of(letter(0, "First"))));
        CampaignPeople.Progress now = progress.progress(id);
        assertThat(now.of("held-out")).isBetween(60L, 140L);
        assertThat(server.getReceivedMessages()).hasSize((int) now.of("done"));
        assertThat(effect(id).headline()).isEqualTo("Not enough yet: the first customers are due on 9 Dec 2026");

        // Of those written to, all use it; of those held out, every fifth.
        database.sql("""
                insert into usage.product_user (account_id, external_id, first_seen_on)
                select p.account_id, c.email, '2026-11-26' from campaigns.person p join accounts.contact c on c.id = p.contact_id
                where not p.held_out or abs(hashtext(c.email)) % 5 = 0
                """).update();
        database.sql("""
                insert into usage.daily (day, account_id, user_id, feature_id, events)
                select '2026-11-26', u.account_id, u.id, f.id, 3 from usage.product_user u, usage.feature f
                where f.name = 'Reports' and u.external_id like '%@crowd.example'
                """).update();
        clock.moveBy(Duration.ofDays(15));
        work.round();
        Effect effect = effect(id);
        assertThat(effect.written() + effect.heldOut()).isEqualTo(200);
        assertThat(effect.reached()).isEqualTo(effect.written());
        assertThat(effect.headline()).isEqualTo("It raised what it was to raise");
        assertThat(effect.low()).isBetween(50.0, effect.difference());
        assertThat(people.leader().get("/campaigns/" + id).body())
                .contains("It raised what it was to raise", "95 % interval");
        assertThat(people.program("read")
                        .get("/api/v1/campaigns/" + id + "/result")
                        .body())
                .contains("\"enough\":true", "\"customersHeldOut\":" + effect.heldOut());
    }

    @Test
    void aCountThatTakesTooLongIsNoErrorAndWhatFollowsGoesOn() throws Exception {
        UUID id = campaigns.begin("Look", "", lin);
        save(id, draft(0, letter(0, "First")));
        Campaign campaign = campaigns.find(id).orElseThrow();
        try (Connection busy = source.getConnection();
                Statement lock = busy.createStatement()) {
            busy.setAutoCommit(false);
            lock.execute("lock table accounts.contact in access exclusive mode");
            assertThat(audience.reach(campaign, lin, Duration.ofMillis(50)).counted())
                    .isFalse();
            transactions.executeWithoutResult(transaction -> {
                assertThat(audience.reach(campaign, lin, Duration.ofMillis(50)).counted())
                        .isFalse();
                assertThat(campaigns.find(id)).isPresent();
            });
            busy.rollback();
        }
        assertThat(audience.reach(campaign, lin, Duration.ofSeconds(5)).gets()).isEqualTo(2);
    }

    private AudienceQuery.Reach reach(Audience audience) {
        Campaign known = campaigns.find(campaigns.begin("Look", "", lin)).orElseThrow();
        return campaigns.reach(
                Campaigns.with(known, new Draft("Look", audience, Goal.usual(), 0, false, List.of(letter(0, "First")))),
                lin);
    }

    private static Audience audience(Behaviour behaviour, String feature, int share) {
        return new Audience(List.of(), List.of("Small"), List.of(), List.of(), List.of(), behaviour, feature, share);
    }

    private Effect effect(UUID id) {
        return progress.effect(campaigns.find(id).orElseThrow());
    }
}
