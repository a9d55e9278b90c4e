package io.perennial.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import io.perennial.world.Hostile;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;

/** Articles of somebody who means harm, opened in a browser. That it broke no content security policy is told by {@link Browser}. */
@PerennialTest
@ExtendWith(Browser.class)
class HostileArticleTests {

    @Autowired
    People people;

    @Test
    void nothingRunsNothingIsFetchedAndTheTextIsKept(Page page) {
        Visitor support = people.support();
        List<String> strangers = new CopyOnWriteArrayList<>();
        List<String> dialogs = new CopyOnWriteArrayList<>();
        page.onRequest(request -> {
            if (!URI.create(request.url()).getHost().equals("localhost")) {
                strangers.add(request.url());
            }
        });
        page.onDialog(dialog -> {
            dialogs.add(dialog.message());
            dialog.dismiss();
        });
        Browser.signIn(page, support);
        int tried = 0;
        for (Hostile hostile : Hostile.of("kb_html")) {
            if (hostile.repeated()) {
                continue;
            }
            String article = article(support, hostile);
            for (String address : List.of(article, article.replace("/knowledge/", "/help/"), article + "/edit")) {
                page.navigate(address);
                assertThat(page.locator("main")).containsText("before");
                Assertions.assertThat(page.locator("main").innerText()
                                + page.locator("textarea").allInnerTexts())
                        .as("%s at %s", hostile.id(), address)
                        .contains("after");
                Assertions.assertThat(page.locator(
                                        "main .prose script, main .prose iframe, main .prose form, main .prose input,"
                                                + " main .prose img, main .prose svg, main .prose template, meta[http-equiv]")
                                .count())
                        .as("%s at %s", hostile.id(), address)
                        .isZero();
                Assertions.assertThat(page.locator("input[type=password]").count())
                        .as("%s at %s", hostile.id(), address)
                        .isZero();
                for (var link : page.locator("main .prose a").all()) {
                    Assertions.assertThat(link.getAttribute("rel"))
                            .as("%s at %s", hostile.id(), address)
                            .contains("noopener", "noreferrer", "nofollow", "ugc");
                }
            }
            tried++;
        }
        Assertions.assertThat(tried).isGreaterThan(15);
        Assertions.assertThat(strangers).isEmpty();
        Assertions.assertThat(dialogs).isEmpty();
    }

    private static String article(Visitor support, Hostile hostile) {
        String made = support.post(
                        "/knowledge",
                        Map.of(
                                "title", "before " + hostile.id(),
                                "body", "before\n\n" + hostile.text() + "\n\nafter",
                                "language", "en",
                                "audience", "customers",
                                "then", "publish"))
                .headers()
                .firstValue("Location")
                .orElseThrow();
        return made.substring(made.indexOf("/knowledge"), made.indexOf('?'));
    }
}
