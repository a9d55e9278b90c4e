package io.perennial.world;

import io.perennial.growth.expansion.LookedAt;
import io.perennial.metrics.profit.KeptCosts;
import io.perennial.metrics.service.KeptDays;
import io.perennial.platform.imports.ImportWorld;
import io.perennial.playbooks.PlaybookWork;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

/**
 * A test against the whole started product: real PostgreSQL, real HTTP on a random port, a clock that the test moves.
 * All such tests share one application context, which takes seconds to start: what a test adds to it stands here, not
 * beside the test. Each starts from an empty company.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "perennial.dev=true",
            // Tests score when they say so: LiveScoring.drain().
            "perennial.health.live=false",
            // And adoption is renewed when they say so: AdoptionRenewal.renew().
            "perennial.usage.adoption=false",
            // And figures of days are kept when they say so: DayKeeping.keepAll().
            "perennial.metrics.days=false",
            // And what customers cost: CostKeeping.keepAll().
            "perennial.metrics.costs=false",
            // And due times of cases are counted anew when they say so: ClockRefresh.refresh().
            "perennial.cases.clocks=false",
            "perennial.cases.sums=false",
            "perennial.programs.watch=false",
            // And silence and departures are looked at when they say so: TouchWork.work(), Departures.look().
            "perennial.engagement.watch=false",
            // And plans and statements are looked after when they say so: PlanTasks.answerFlags(), MeasureJob,
            // DraftJob.
            "perennial.success.watch=false",
            "perennial.statements.watch=false",
            // And revenue of changed accounts is kept when they say so: RevenueLevels.keep().
            "perennial.contracts.revenue=false",
            // And renewals are kept when they say so: DueTerms.keepAll().
            "perennial.renewals.keeping=false",
            "perennial.imports.waiting-rows=false",
            // And customers are looked at for growth when they say so: ExpansionJob.look().
            "perennial.growth.watch=false",
            // And playbooks look and act when they say so: PlaybookLoop.drain().
            "perennial.playbooks.loop=false",
            "perennial.webhooks.inside=true",
            // And cases are given when they say so: CaseRouter.route().
            "perennial.cases.routing=false",
            // And followers are told when they say so: FollowerLetters.tell().
            "perennial.cases.follower-letters=false",
            // And customers are asked when they say so: Satisfaction.ask().
            "perennial.cases.satisfaction=false",
            // And no page of figures is kept, however busy the machine is.
            "perennial.pages.kept-from=1h",
            // And surveys are sent when they say so: SurveyLoop.drain().
            "perennial.surveys.asking=false",
            "perennial.public-address=https://success.lumenworks.example",
            "perennial.engagement.capture.address=copy@lumenworks.example",
            "perennial.cases.tones=false",
            // And events are read when they say so: EventReading.drain().
            "perennial.events.reading=false",
            // And letters leave and come when they say so: LetterDelivery.drain(), MailboxPoller.poll().
            "perennial.mail.loops=false",
            // And onboardings and training are kept when they say so: Keeping.keepAll(), TrainingKeeping.keepAll().
            "perennial.onboarding.keeping=false",
            "perennial.training.keeping=false",
            // A test machine may be as full as it likes.
            "perennial.events.disk-full-percent=100",
            "perennial.events.disk-free-mb=1",
            "spring.test.print-condition-evaluation-report=false"
        })
@ContextConfiguration(initializers = TestData.class)
@Import({
    TestTime.class,
    People.class,
    Arrivals.class,
    Bystander.class,
    Lumenworks.class,
    OpenDoor.class,
    Vouched.class,
    ImportWorld.class,
    PublishedFiles.class,
    KeptDays.class,
    KeptCosts.class,
    LookedAt.class,
    PlaybookWork.class
})
@org.junit.jupiter.api.extension.ExtendWith(EmptyCompany.class)
public @interface PerennialTest {}
