package io.perennial.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.perennial.browser.Accessibility.assertAccessible;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.SelectOption;
import io.perennial.world.OneCompany;
import io.perennial.world.PerennialTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The same for the pages of service: cases, programs, defects, figures. */
@PerennialTest
@OneCompany
@ExtendWith(Browser.class)
class FilledServicePagesTests extends FilledPages {

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
                        "/revenue/rules",
                        "/metrics/nrr?by=owner&part=base",
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
