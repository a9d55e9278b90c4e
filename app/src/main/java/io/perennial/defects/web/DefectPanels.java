package io.perennial.defects.web;

import gg.jte.Content;
import io.perennial.accounts.panels.AccountPanel;
import io.perennial.accounts.panels.AccountPanel.Tab;
import io.perennial.accounts.panels.PanelTemplates;
import io.perennial.accounts.panels.PanelTemplates.Facts;
import io.perennial.accounts.panels.PanelTemplates.Place;
import io.perennial.cases.CasePanel;
import io.perennial.defects.Defect;
import io.perennial.defects.DefectAskers;
import io.perennial.defects.DefectEditing;
import io.perennial.defects.Defects;
import io.perennial.defects.notices.Wishes;
import io.perennial.identity.Viewer;
import io.perennial.knowledge.Articles;
import io.perennial.platform.web.Frame;
import io.perennial.platform.web.Frames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Known issues on the account page, and the defect beside a case. */
@Configuration(proxyBeanMethods = false)
class DefectPanels {

    private static final String KNOWN_ISSUES = "Known issues";

    @Bean
    AccountPanel knownIssuesCard(Defects defects, PanelTemplates templates) {
        return templates.panel(
                new Place(Tab.OVERVIEW, "known-issues-card", KNOWN_ISSUES, 55), "defects/issues", issues(defects));
    }

    @Bean
    AccountPanel knownIssuesTab(Defects defects, PanelTemplates templates) {
        return templates.panel(
                new Place(Tab.CASES, "known-issues", KNOWN_ISSUES, 20), "defects/issues", issues(defects));
    }

    private static Facts issues(Defects defects) {
        return (account, viewer, today, page) -> Map.of("defects", defects.of(account));
    }

    @Bean
    CasePanel defectPanel(
            Defects defects, DefectAskers askers, Articles articles, PanelTemplates templates, Frames frames) {
        return new DefectBesideCase(defects, askers, articles, templates, frames);
    }

    @Bean
    AccountPanel toldPanel(Wishes wishes, PanelTemplates templates) {
        return templates.panel(
                new Place(Tab.PEOPLE, "told", "What they are told", 80),
                "defects/told",
                (account, viewer, today, page) -> Map.of("people", wishes.people(account)));
    }

    private record DefectBesideCase(
            Defects defects, DefectAskers askers, Articles articles, PanelTemplates templates, Frames frames)
            implements CasePanel {

        private static final int SUGGESTED = 3;

        @Override
        public String id() {
            return "defect";
        }

        @Override
        public String title() {
            return "Defect";
        }

        @Override
        public int order() {
            return 30;
        }

        @Override
        public Optional<Content> content(Case about, Viewer viewer) {
            boolean mayWrite = DefectEditing.mayWrite(viewer);
            Defect defect = defects.ofCase(about.id()).orElse(null);
            if (defect == null && !mayWrite) {
                return Optional.empty();
            }
            Defects.AboutCase facts = defects.aboutCase(about.id());
            Frame frame = frames.frame("", "");
            List<Defect> suggested = defect == null ? defects.suggestions(facts.subject(), SUGGESTED) : List.of();
            boolean asked = defect != null && facts.contact() != null && askers.asked(defect.id(), facts.contact());
            Map<String, Object> parameters = new LinkedHashMap<>();
            parameters.put("frame", frame);
            parameters.put("about", about);
            parameters.put("facts", facts);
            parameters.put("suggested", suggested);
            parameters.put("asked", asked);
            parameters.put("mayWrite", mayWrite);
            if (defect != null) {
                parameters.put("defect", defect);
                parameters.put("workaround", articles.preview(defect.workaround()));
            }
            return Optional.of(templates.content("defects/besideCase", parameters));
        }
    }
}
