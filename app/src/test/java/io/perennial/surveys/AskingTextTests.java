package io.perennial.surveys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.perennial.surveys.SurveyResults.Group;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is filled into a text, what a figure says, and what stays hidden: by itself, without a house around it. */
class AskingTextTests {

    private static final Map<String, String> ANA =
            Map.of("contact.first_name", "Ana", "account.name", "{{owner.name}} & <b>");

    @Test
    void placesAreFilledOnceAndWhatIsNotKnownLeavesNoTrace() {
        assertThat(AskingText.fill("Hello {{contact.first_name}}, {{ account.name }}!", ANA))
                .isEqualTo("Hello Ana, {{owner.name}} & <b>!");
        assertThat(AskingText.fill("Hello {{contact.first_name}},", Map.of())).isEqualTo("Hello,");
        assertThat(AskingText.fill("Hello {{contact.first_name|colleague}},", Map.of()))
                .isEqualTo("Hello colleague,");
        assertThat(AskingText.missing("Hello {{contact.first_name}} of {{account.name}}", Map.of("account.name", "X")))
                .containsExactly("contact.first_name");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{constructor.constructor(\"return 1\")()}}",
                "{{#each __proto__}}",
                "{{../../secrets}}",
                "{{contact.email}}",
                "{{}}"
            })
    void whatIsNoPlaceIsRefusedWithItsName(String text) {
        assertThatThrownBy(() -> AskingText.check("opening-en", "Hello " + text))
                .isInstanceOf(SurveyRefused.class)
                .hasMessageContaining("cannot be filled in");
        assertThat(AskingText.fill(text, ANA)).isEqualTo(text);
    }

    @Test
    void theScoreOfRecommendationHasTheIntervalOfMultinomialAnswers() {
        Estimate even = Estimate.nps(3, 3, 6);
        assertThat(even.value()).isZero();
        assertThat(Estimate.nps(341, 341, 1024).to()
                        - Estimate.nps(341, 341, 1024).from())
                .isEqualTo(10.0, within(0.05)); // 320 / √n, as cybaea.net states
        assertThat(Estimate.nps(1, 0, 1).value()).isEqualTo(100);
        assertThat(Estimate.nps(1, 0, 1).to()).isLessThanOrEqualTo(100);
        assertThat(new Estimate(49.5, 0, 100, 9).rounded()).isEqualTo(50);
        assertThat(new Estimate(-49.5, -100, 0, 9).rounded()).isEqualTo(-49);
        assertThat(Estimate.share(81, 263).from()).isEqualTo(25.53, within(0.01)); // Newcombe 1998
        assertThat(Estimate.share(81, 263).to()).isEqualTo(36.62, within(0.01));
        assertThatThrownBy(() -> Estimate.share(0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void intervalsHoldTheirFigureAndGetNarrowerWithAnswers() {
        Random random = new Random(5);
        for (int round = 0; round < 2_000; round++) {
            int n = 1 + random.nextInt(300);
            int promoters = random.nextInt(n + 1);
            int detractors = random.nextInt(n - promoters + 1);
            Estimate nps = Estimate.nps(promoters, detractors, n);
            assertThat(nps.from()).isBetween(-100.0, 100.0).isLessThanOrEqualTo(nps.to());
            assertThat(nps.to()).isLessThanOrEqualTo(100);
            Estimate more = Estimate.nps(promoters * 4L, detractors * 4L, n * 4L);
            assertThat(more.to() - more.from()).isLessThanOrEqualTo(nps.to() - nps.from() + 1e-9);
            Estimate share = Estimate.share(promoters, n);
            assertThat(share.value()).isBetween(share.from() - 1e-9, share.to() + 1e-9);
        }
    }

    @Test
    void anonymousGroupsCannotBeFoundOutByTakingTheOthersFromTheTotal() {
        Random random = new Random(6);
        for (int round = 0; round < 2_000; round++) {
            List<Group> groups = random.ints(1 + random.nextInt(6), 0, 12)
                    .mapToObj(many -> new Group(
                            "g" + random.nextInt(1_000_000),
                            20,
                            0,
                            many,
                            many == 0 ? Map.of() : Map.of(9, (long) many),
                            false,
                            SurveyKind.NPS))
                    .toList();
            List<Group> shown = SurveyResults.guarded(groups);
            long all = groups.stream().mapToLong(Group::scored).sum();
            long visible = shown.stream()
                    .filter(group -> !group.hidden())
                    .mapToLong(Group::scored)
                    .sum();
            assertThat(shown).allMatch(group -> group.hidden() || group.scored() == 0 || group.scored() >= 5);
            if (visible > 0) {
                assertThat(all - visible)
                        .satisfiesAnyOf(
                                rest -> assertThat(rest).isZero(),
                                rest -> assertThat(rest).isGreaterThanOrEqualTo(5));
            }
        }
    }

    @Test
    void themesAreWordsThatSeveralCommentsShare() {
        List<ThemeWords.Theme> themes = ThemeWords.of(List.of(
                new ThemeWords.Said("The export is slow, the Export stops", "negative"),
                new ThemeWords.Said("Export works", "positive"),
                new ThemeWords.Said("Thank you very much", "positive")));

        assertThat(themes).containsExactly(new ThemeWords.Theme("export", 2, 1));
    }

    @Test
    void everyLanguageSaysEverything() {
        for (String language : AskingWords.LANGUAGES) {
            AskingWords words = AskingWords.in(language + "-XX");
            assertThat(words.language()).isEqualTo(language);
            for (SurveyKind kind : SurveyKind.values()) {
                Survey.Texts texts = words.texts(kind);
                assertThat(List.of(texts.subject(), texts.opening(), texts.question(), texts.followUp()))
                        .allSatisfy(text -> {
                            assertThat(text).isNotBlank();
                            AskingText.check("", text);
                        });
            }
            assertThat(words.heard().formatted("Ana", "1 May")).contains("Ana", "1 May");
            assertThat(words.until().formatted("1 May")).contains("1 May");
        }
    }
}
