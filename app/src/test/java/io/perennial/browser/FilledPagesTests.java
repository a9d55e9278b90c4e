package io.perennial.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.perennial.browser.Accessibility.assertAccessible;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.SelectOption;
import io.perennial.world.OneCompany;
import io.perennial.world.PerennialTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What holds for every page of daily work with real content on it: readable by machines, in the dark, and on a phone. */
@PerennialTest
@OneCompany
@ExtendWith(Browser.class)
class FilledPagesTests extends FilledPages {

    @Test
    void dailyWorkReadsWell(Page page) {
        Browser.signIn(page, admin);
        check(
                page,
                List.of(
                        "/",
                        "/signals",
                        "/accounts?group=band&filter=arr:over:60000",
                        "/accounts?q=nobody-at-all",
                        "/search?q=oslo",
                        "/health",
                        "/adoption",
                        "/adoption?segment=Mid-market&only=unused",
                        "/usage/features",
                        "/adoption/key-actions",
                        "/programs",
                        "/programs/compare",
                        "/programs/calendars",
                        "/programs/delivery",
                        "/programs/hand-offs",
                        "/sales",
                        "/playbooks",
                        "/playbooks/unhappy-answer",
                        "/playbooks/unhappy-answer/text",
                        "/playbooks/unhappy-answer/versions/2",
                        "/playbooks/silence?account=kiva",
                        "/playbooks/webhooks",
                        "/expansion",
                        "/expansion/why?account=" + idOf("select id from accounts.account where external_id = 'kiva'"),
                        "/white-space",
                        "/white-space/accounts?segment=SMB",
                        "/opportunities",
                        "/opportunities?view=list&stage=all",
                        "/opportunities/" + idOf("select id from growth.opportunity where phase = 'won'"),
                        "/opportunities/new?account=" + idOf("select id from accounts.account order by name"),
                        modelOf(page),
                        "/changes",
                        "/admin/team",
                        "/admin/keys",
                        "/admin/mail",
                        "/profile"));
    }

    @Test
    void renewalsReadWellFromTheListToTheLetter(Page page) {
        Browser.signIn(page, admin);
        String desk = "/renewals/"
                + idOf("select r.id from renewals.renewal r join accounts.account a on a.id = r.account_id"
                        + " where a.external_id = 'oslo-ferry' and r.outcome = 'open'");
        check(
                page,
                List.of(
                        "/renewals?window=all",
                        "/renewals?only=person&sort=amount",
                        "/renewals?view=board",
                        "/renewals?view=calendar",
                        "/renewals/forecast",
                        "/renewals/settings",
                        desk,
                        desk + "/notice"));
    }

    @Test
    void campaignsReadWellFromTheListToTheReadersOwnPage(Page page) {
        Browser.signIn(page, admin);
        String over = "/campaigns/" + idOf("select id from campaigns.campaign where state = 'finished'");
        String draft = "/campaigns/" + idOf("select id from campaigns.campaign where name like 'Decision makers%'");
        String letter = idOf("select id from mail.letter where serves = 'campaign' order by key");
        check(
                page,
                List.of(
                        "/campaigns",
                        "/campaigns?state=paused",
                        over,
                        over + "?state=held-out",
                        draft,
                        draft + "?step=2",
                        "/campaigns/settings",
                        "/contacts/" + idOf("select contact_id from campaigns.consent order by external_id")
                                + "/letters",
                        "/unsubscribe/" + unsubscribe.token(UUID.fromString(letter))));
    }

    @Test
    void hearingFromCustomersReadsWellFromTheListToTheirWords(Page page) {
        Browser.signIn(page, admin);
        check(
                page,
                List.of(
                        "/engagement",
                        "/engagement/silent",
                        "/engagement/cadences",
                        "/engagement/letters",
                        "/engagement/calendar",
                        "/interviews",
                        "/interviews/questions",
                        "/interviews/questions/value",
                        "/interviews/questionnaires",
                        "/interviews/" + idOf("select id from engagement.interview order by held_on desc, id desc"),
                        "/interviews/new?account=" + idOf("select account_id from engagement.interview order by id"),
                        "/accounts/" + idOf("select account_id from engagement.interview order by id")
                                + "?tab=timeline&kind=meeting"));
    }

    @Test
    void whatCustomersWantReadsWellFromThePlanToTheStatement(Page page) {
        Browser.signIn(page, admin);
        String plan = "/success-plans/" + idOf("select id from success.plan where external_id = 'oslo-plan'");
        String account = idOf("select id from accounts.account where external_id = 'oslo-ferry'");
        admin.post("/accounts/" + account + "/statement", Map.of("from", "2026-07-01", "last", "2026-09-30"));
        String statement = "/statements/" + idOf("select id from statements.statement order by created_at");
        check(
                page,
                List.of(
                        "/success-plans",
                        "/success-plans?look=none",
                        "/success-plans?look=closed",
                        "/success-plans/new?account=" + account,
                        plan,
                        "/success-plans/blueprints?edit=transport",
                        "/journey?stage=2",
                        "/statements?state=all",
                        "/accounts/" + account + "/statement",
                        statement,
                        statement + "?edition=technical",
                        statement + "/rows/worth"));
    }

    @Test
    void theWayToFirstValueReadsWellFromTheListToTheTemplate(Page page) {
        Browser.signIn(page, admin);
        String account = idOf("select id from accounts.account where external_id = 'cedar-vine'");
        String template = idOf("select id from onboarding.template where name = 'Standard onboarding'");
        check(
                page,
                List.of(
                        "/onboardings",
                        "/onboardings?only=all",
                        "/onboardings?view=board",
                        "/onboardings?view=timeline",
                        "/onboardings/pace",
                        "/onboardings/templates",
                        "/onboardings/templates/" + template,
                        "/onboardings/templates/" + template + "/edit",
                        "/onboardings/templates/" + template + "/edit?as=text",
                        "/onboardings/"
                                + idOf("select id from onboarding.onboarding where account_id = '" + account + "'"),
                        "/accounts/" + account + "/onboarding",
                        "/training",
                        "/training/" + idOf("select id from training.course where external_id = 'basics'"),
                        "/training/courses/new",
                        "/accounts/" + account + "/training"));
    }

    @Test
    void whyCustomersLeaveReadsWellFromTheCountToTheirWords(Page page) {
        Browser.signIn(page, admin);
        String account = idOf("select account_id from contracts.cancellation order by cancelled_on desc");
        String loss = "/accounts/" + account + "/cancellations/"
                + idOf("select id from contracts.cancellation order by cancelled_on desc");
        check(
                page,
                List.of(
                        "/cancellations?by=segment&part=all",
                        "/cancellations?part=unrecorded",
                        "/cancellations/voices",
                        "/cancellations/at-risk",
                        "/cancellations/win-back?show=work",
                        "/cancellations/attempts",
                        "/cancellations/reasons",
                        "/cancellations/rules",
                        "/accounts/" + account + "/cancellation",
                        loss + "/survey",
                        loss + "/interview"));
        page.navigate("/cancellations");
        assertThat(page.locator("cs-chart[data-drawn]").first()).isVisible();
    }

    @Test
    void surveysReadWellFromTheDraftToTheClosedLoop(Page page) {
        Browser.signIn(page, admin);
        String survey = "/surveys/" + idOf("select id from surveys.survey where state = 'running'");
        String draft = "/surveys/" + idOf("select id from surveys.survey where state = 'draft'");
        check(
                page,
                List.of(
                        "/surveys",
                        "/surveys/follow-ups",
                        "/surveys/answers",
                        "/surveys/protection",
                        "/surveys/new?kind=csat",
                        survey,
                        survey + "/people",
                        survey + "/left-out",
                        draft + "/edit",
                        draft + "/send",
                        draft + "/page?language=de&score=6",
                        "/surveys/answers/" + idOf("select response_id from surveys.follow_up")));
    }

    @Test
    void everyTabOfAnAccountReadsWell(Page page) {
        Browser.signIn(page, admin);
        page.navigate("/accounts/by-external-id/oslo-ferry");
        check(page, hrefs(page, "nav.tabs a"));
    }

    @Test
    void anImportReadsWellFromFileToResult(Page page) {
        Browser.signIn(page, admin);
        page.navigate("/imports");
        page.locator("#type").selectOption("accounts");
        page.locator("#file").setInputFiles(new FilePayload("flawed.csv", "text/csv", FLAWED));
        page.locator("main form button.button-primary").click();
        assertThat(page.locator("h1")).hasText("flawed.csv");
        SoftAssertions soft = new SoftAssertions();
        check(page, soft);
        page.locator("button[name=start]").click();
        assertThat(page.locator("cs-job .chip"))
                .hasText("Done", new LocatorAssertions.HasTextOptions().setTimeout(60_000));
        page.reload();
        assertThat(page.locator("main")).containsText("Rows with problems");
        check(page, soft);
        page.navigate("/jobs");
        check(page, soft);
        page.locator("main a[href^='/jobs/']").first().click();
        check(page, soft);
        soft.assertAll();
    }

    @Test
    void theDoorsReadWell(Page page) {
        page.context().setExtraHTTPHeaders(Map.of());
        check(page, List.of("/sign-in", "/setup"));
        SoftAssertions soft = new SoftAssertions();
        Assertions.assertThat(page.navigate("/welcome?token=gone").status()).isEqualTo(410);
        check(page, soft);
        soft.assertAll();
    }

    @Test
    void aMorningNeedsNoMouse(Page page) {
        Browser.signIn(page, admin);
        page.navigate("/");
        page.keyboard().press("Tab");
        assertThat(page.locator(".skip-link")).isFocused();
        page.keyboard().press("Enter");
        page.keyboard().press("j");
        assertThat(page.locator("[data-cursor] a").first()).isFocused();
        page.keyboard().press("w");
        page.waitForURL("**/signals/why?account=*");
        assertThat(page.locator("main")).containsText("Why");
        page.goBack();
        page.keyboard().press("j");
        page.keyboard().press("s");
        assertThat(page.locator("[data-cursor] details[open] input[type=date]")).isFocused();
        page.keyboard().press("Escape");
        assertThat(page.locator("[data-cursor] details[open]")).hasCount(0);
        page.keyboard().press("g");
        page.keyboard().press("a");
        assertThat(page.locator("h1")).hasText("Accounts");
        Browser.knowsItsKeys(page);
        page.keyboard().press("f");
        assertThat(page.locator("#filter-column")).isFocused();
        page.keyboard().press("Escape");
        page.keyboard().press("j");
        page.keyboard().press("Space");
        assertThat(page.locator("#panel")).isVisible();
        assertAccessible(page);
        page.keyboard().press("ArrowDown");
        page.keyboard().press("Escape");
        assertThat(page.locator("[data-row='1'] [role=rowheader]")).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.locator("h1")).not().hasText("Accounts");
    }

    @Test
    void aSourceReadsWellFromTheFirstStepToItsEvents(Page page) {
        Browser.signIn(page, admin);
        SoftAssertions soft = new SoftAssertions();
        page.navigate("/admin/sources");
        assertThat(page.locator("main")).containsText("Lumen Mobile");
        check(page, soft);
        page.locator("#name").fill("Planner web app");
        page.locator("main form button.button-primary").click();
        assertThat(page.locator(".once code")).containsText("wk_");
        String key = page.locator(".once code").textContent();
        check(page, soft);
        admin.send("POST", "/v1/batch", BodyPublishers.ofString("""
            {"writeKey":"%s","batch":[
              {"type":"track","userId":"ada","event":"Report opened","properties":{"pages":3},
               "context":{"groupId":"oslo-ferry"}},
              {"type":"track","userId":"bob","event":"Report closed","context":{"groupId":"nova"}},
              {"type":"track","event":"Nobody did this"}]}
            """.formatted(key)), Map.of());
        reading.drain();
        sampling.look();
        page.navigate("/admin/sources");
        check(page, soft);
        page.locator("main th a:has-text('Planner web app')").click();
        assertThat(page.locator("#events")).containsText("There is no account nova yet.");
        assertThat(page.locator("main")).containsText("Schema seen");
        check(page, soft);
        page.locator("[data-open-dialog=close-source]").click();
        assertThat(page.locator("#close-source")).isVisible();
        soft.check(() -> assertAccessible(page));
        page.locator("#close-source button.button-danger").click();
        assertThat(page.locator("#notice")).containsText("is closed");
        check(page, soft);
        soft.assertAll();
    }

    @Test
    void keyActionsReadWellWithEveryStateAndSegment(Page page) {
        Browser.signIn(page, admin);
        SoftAssertions soft = new SoftAssertions();
        page.navigate("/adoption/key-actions");
        page.locator("tr:has-text('First report shared') a[href*='state=DONE']")
                .first()
                .click();
        assertThat(page.locator("main")).containsText("how long it takes");
        assertThat(page.locator("main")).containsText("fitted curve");
        check(page, soft);
        page.navigate("/adoption/key-actions");
        page.locator("tr:has-text('First report shared') a[href*='state=STUCK']")
                .first()
                .click();
        assertThat(page.locator("main")).containsText("Finishes in 14 days");
        check(page, soft);
        soft.assertAll();
    }

    @Test
    void defectsAndNoticesReadWellFromTheCaseToTheLetter(Page page) {
        Browser.signIn(page, admin);
        String known = idOf("select id from defects.defect where title like 'Export jobs%'");
        String fixed = idOf("select id from defects.defect where state = 'fixed'");
        String maintenance = idOf("select id from defects.notice where kind = 'maintenance'");
        String reader = idOf("select id from accounts.contact where external_id = 'kiva-champion'");
        String letters = "/letters/" + wishes.token(UUID.fromString(reader));
        check(
                page,
                List.of(
                        "/defects",
                        "/defects?state=all&of=cost&by=cause",
                        "/defects?q=nothing-at-all",
                        "/defects/" + known,
                        "/defects/" + known + "/edit",
                        "/defects/" + fixed,
                        "/defects/new",
                        "/defects/settings",
                        "/notices",
                        "/notices/" + maintenance,
                        "/notices/" + maintenance + "?show=not&sample=de",
                        "/notices/readers/" + reader,
                        letters));
        String open = idOf("select id from cases.support_case where external_id = 'case-open-oslo-ferry'");
        page.navigate("/cases/" + open);
        page.locator("#panel-defect button:has-text('Into the answer')").click();
        assertThat(page.locator("#reply-body")).hasValue(Pattern.compile("Export \\*\\*month by month[\\s\\S]*"));
        assertAccessible(page);
        page.locator("#panel-defect button:has-text('Not this defect')").click();
        assertThat(page.locator("#notice")).containsText("not linked any more");
        page.locator("#defect-search").fill("10,000 rows");
        page.locator("#defect-choices button:has-text('Link')").first().click();
        assertThat(page.locator("#panel-defect")).containsText("Export jobs stop");
        page.navigate("/defects/" + known);
        assertThat(page.locator("#state-refusal")).isHidden();
        page.locator("#state-key").selectOption("wont-fix");
        assertThat(page.locator("#state-refusal")).isVisible();
    }

    private String mergerOf(String account) {
        return "/accounts/" + idOf("select id from accounts.account where external_id = '" + account + "'") + "/merger";
    }

    @Test
    void figuresReadWellFromTheTileToTheRows(Page page) {
        Browser.signIn(page, admin);
        check(
                page,
                List.of(
                        "/service",
                        "/service?by=customer",
                        "/service?by=month",
                        "/service?by=team",
                        "/service?from=2020-01-01&to=2020-02-01&by=program",
                        "/service/trend",
                        "/revenue?by=segment&part=expansion",
                        "/revenue?by=month",
                        "/revenue/months",
                        "/revenue/cohorts",
                        "/revenue/survival",
                        "/revenue/survival?by=segment&definition=period",
                        "/metrics/cac_payback?by=segment",
                        mergerOf("bluefin") + "?q=a",
                        mergerOf("bluefin") + "?into="
                                + idOf("select id from accounts.account where external_id <> 'bluefin' order by name"),
                        "/contracts/"
                                + idOf(
                                        "select contract_id as id from contracts.contract_line where contract_id is not null"
                                                + " order by starts_on"),
                        "/revenue/rules",
                        "/metrics/nrr?by=owner&part=base",
                        "/areas",
                        "/areas/health",
                        "/areas/engagement",
                        "/areas/engagement/facts",
                        "/areas/critical",
                        "/metrics/churn_by_reason?by=reason&part=base",
                        "/areas/profitability/trend",
                        "/metrics/revenue_at_risk?part=counted",
                        "/profitability",
                        "/profitability?by=program&group=",
                        "/profitability/rates",
                        "/profitability/what-if?activity=onboarding",
                        "/profitability/accounts/"
                                + idOf("select id from accounts.account where external_id = 'bluefin'"),
                        "/metrics/contract_renewal_rate?by=month&part=base",
                        "/metrics",
                        "/metrics/time_to_resolve?by=month&part=base",
                        "/metrics/csat?by=priority",
                        "/metrics/cost_per_case",
                        "/metrics/proportion_ci?in.x=81&in.n=263",
                        "/metrics/csat?form=0&in.counts=%7B%229%22%3A+1%7D"));
        page.navigate("/service");
        page.locator(".metric-tile details summary").first().click();
        assertThat(page.locator(".metric-tile details p").first()).containsText("first public answer of a person");
        page.navigate("/areas/engagement");
        page.locator("section[aria-label='By month']").scrollIntoViewIfNeeded();
        assertThat(page.locator("cs-chart[data-drawn]").first()).isVisible();
        page.navigate("/metrics/sla_attainment");
        page.locator("#in-met").fill("11");
        page.locator("#in-with_sla").fill("10");
        page.getByText("Compute").click();
        assertThat(page.locator("#in-met-error")).containsText("cannot be more than");
        page.locator("#in-met").fill("9");
        page.getByText("Compute").click();
        assertThat(page.locator(".metric-result")).containsText("90");
    }

    @Test
    void casesReadWellFromTheQueueToTheAnswer(Page page) {
        Browser.signIn(page, admin);
        admin.post("/cases/macros", Map.of("title", "Which browser", "body", "Hello {name}, which browser is it?"));
        String norda = database.sql("select id from accounts.account where external_id = 'norda-bank'")
                .query(String.class)
                .single();
        String open = database.sql("select id from cases.support_case where external_id = 'case-open-norda-bank'")
                .query(String.class)
                .single();
        admin.post("/cases/views", Map.of("name", "Fires", "query", "view=due&priority=urgent", "shared", "true"));
        admin.post("/cases/" + open + "/followers", Map.of());
        check(
                page,
                List.of(
                        "/cases",
                        "/cases?view=all",
                        "/cases?view=waiting&skill=reports",
                        "/cases?q=nothing-at-all",
                        "/cases?view=followed",
                        "/cases?view=escalated",
                        "/cases?priority=urgent&team=support",
                        "/cases/new",
                        "/cases/new?q=norda",
                        "/cases/new?account=" + norda,
                        "/cases/team",
                        "/cases/macros",
                        "/cases/tone",
                        "/signals?cause=upset_customer",
                        "/cases/" + open));
        page.navigate("/cases/" + open);
        page.keyboard().press("n");
        page.keyboard().type("Checked the cookie path.");
        page.reload();
        page.keyboard().press("n");
        assertThat(page.locator("#note-body")).hasValue("Checked the cookie path.");
        page.locator("#note-body").focus();
        page.keyboard().press("Control+Enter");
        assertThat(page.locator(".case-note").last()).containsText("Checked the cookie path.");
        page.keyboard().press("e");
        assertThat(page.locator("#resolve input[type=radio]").first()).isFocused();
        assertAccessible(page);
        page.keyboard().press("Escape");
        page.keyboard().press("r");
        page.locator("#reply-macro").selectOption(new SelectOption().setLabel("Which browser"));
        assertThat(page.locator("#reply-body")).hasValue(Pattern.compile("Hello .+, which browser is it\\?"));
        page.navigate("/cases?view=all");
        page.keyboard().press("j");
        page.keyboard().press("Enter");
        assertThat(page.locator("h1")).containsText("#");
    }

    @Test
    void whatWasPromisedReadsWell(Page page) {
        Browser.signIn(page, admin);
        page.navigate("/programs");
        page.locator("table.programs thead a").last().click();
        assertThat(page.locator("h1")).hasText("Premier");
        SoftAssertions soft = new SoftAssertions();
        check(page, soft);
        page.locator("button:has-text('Draft a new version')").click();
        assertThat(page.locator("main")).containsText("nobody has it yet");
        check(page, soft);
        page.navigate("/accounts/by-external-id/norda-bank");
        String norda = page.url();
        page.navigate(norda + "/program");
        assertThat(page.locator("main")).containsText("beyond");
        check(page, soft);
        page.navigate("/accounts/by-external-id/mirador");
        page.navigate(page.url() + "/hand-off");
        assertThat(page.locator("main")).containsText("not covered");
        check(page, soft);
        soft.assertAll();
    }
}
