package io.perennial.demo;

import io.perennial.defects.Costs;
import io.perennial.defects.Defect;
import io.perennial.defects.DefectAskers;
import io.perennial.defects.DefectCases;
import io.perennial.defects.DefectDraft;
import io.perennial.defects.DefectEditing;
import io.perennial.defects.DefectEditing.Move;
import io.perennial.defects.DefectHits;
import io.perennial.defects.DefectState;
import io.perennial.defects.Defects;
import io.perennial.defects.notices.Audience;
import io.perennial.defects.notices.CustomerNotice.Text;
import io.perennial.defects.notices.NoticeDraft;
import io.perennial.defects.notices.NoticeKind;
import io.perennial.defects.notices.Notices;
import io.perennial.defects.notices.Wishes;
import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What is broken in the demo company's product, and what its customers are about to hear of it. No letter leaves by itself. */
@Component
class DemoDefects {

    private final JdbcClient database;
    private final DefectEditing editing;
    private final DefectCases cases;
    private final DefectHits hits;
    private final DefectAskers askers;
    private final Defects defects;
    private final Costs costs;
    private final Notices notices;
    private final Wishes wishes;

    DemoDefects(
            JdbcClient database,
            DefectEditing editing,
            DefectCases cases,
            DefectHits hits,
            DefectAskers askers,
            Defects defects,
            Costs costs,
            Notices notices,
            Wishes wishes) {
        this.database = database;
        this.editing = editing;
        this.cases = cases;
        this.hits = hits;
        this.askers = askers;
        this.defects = defects;
        this.costs = costs;
        this.notices = notices;
        this.wishes = wishes;
    }

    void load(LocalDate today) {
        Viewer dev = member("dev", "Dev Okafor", Role.SUPPORT);
        costs.rate("55", "38", "EUR", member("chiara", "Chiara Lindt", Role.LEADER));
        UUID export = defect(
                dev,
                "Export jobs stop at 10,000 rows",
                "Planner",
                "Export",
                "performance",
                "major",
                "Exports over 10,000 rows end after 60 seconds without a word. Seen since 7.1.",
                today.minusDays(60));
        cases(export, "Export is slow", 14, dev);
        openCase(export, "oslo-ferry", dev);
        move(
                export,
                DefectState.KNOWN_ISSUE,
                "Export **month by month**:\n\n1. Open Reports, Export\n2. Choose one month"
                        + "\n3. Put the files together; the columns are the same",
                "",
                dev);
        UUID login = defect(
                dev,
                "Staff are sent back to sign-in after the update",
                "Planner",
                "Sign-in",
                "regression",
                "critical",
                "With single sign-on and two branches the session cookie has the wrong path.",
                today.minusDays(16));
        openCase(login, "norda-bank", dev);
        hits.scope(login, "Enterprise", "", dev);
        hits.mark(login, "sunda", false, "They sign in without single sign-on.", dev);
        move(login, DefectState.CONFIRMED, "", "", dev);
        UUID totals = defect(
                dev,
                "Weekly forecast adds cancelled shifts",
                "Reports",
                "Forecast",
                "code",
                "major",
                "Totals of a week include shifts that were cancelled on the day itself.",
                today.minusDays(80));
        cases(totals, "Wrong total in a report", 9, dev);
        openCase(totals, "bluefin", dev);
        move(totals, DefectState.FIX_PLANNED, "", "7.3", dev);
        UUID twice = defect(
                dev,
                "Notifications arrive twice on two devices",
                "Planner",
                "Notifications",
                "integration",
                "minor",
                "Every device registers anew after an update of the phone.",
                today.minusDays(120));
        cases(twice, "Notification arrives twice", 11, dev);
        hearsOf(twice, "oslo-ferry", dev);
        move(twice, DefectState.FIXED, "", "7.2", dev);
        UUID attachment = defect(
                dev,
                "Attachments over 20 MB open as an empty page",
                "Planner",
                "Files",
                "design",
                "minor",
                "",
                today.minusDays(40));
        cases(attachment, "Cannot open an attachment", 6, dev);
        UUID print = defect(
                dev, "Shift colours are lost in print", "Planner", "Print", "", "cosmetic", "", today.minusDays(200));
        Defect known = defects.find(print).orElseThrow();
        editing.move(
                print,
                known.version(),
                new Move(DefectState.WONT_FIX, "", "", "", "Printing goes in spring; the PDF keeps its colours."),
                dev);
        say(dev, login, today);
    }

    private void say(Viewer dev, UUID login, LocalDate today) {
        notices.begin(NoticeKind.KNOWN_ISSUE, login, "demo-login", dev);
        UUID move = notices.begin(NoticeKind.MAINTENANCE, null, "demo-maintenance", dev);
        notices.save(
                move,
                1,
                new NoticeDraft(
                        NoticeKind.MAINTENANCE,
                        Map.of(
                                "en",
                                new Text(
                                        "Planner rests for an hour",
                                        "We move to a faster database. **Nothing is lost**; plans can be read meanwhile."),
                                "de",
                                new Text(
                                        "Der Planner pausiert eine Stunde",
                                        "Wir ziehen auf eine schnellere Datenbank um. **Es geht nichts verloren**.")),
                        today.plusDays(4) + "T22:00",
                        today.plusDays(4) + "T23:00",
                        "Europe/Tallinn",
                        new Audience(
                                false,
                                List.of("Lumen Business", "Lumen Team"),
                                List.of(),
                                List.of(),
                                List.of(),
                                null,
                                false)),
                dev);
        wish("kiva-champion", "never", dev);
        wish("greyhaven-champion", "weekly", dev);
    }

    private void wish(String contact, String news, Viewer dev) {
        database.sql("select id from accounts.contact where external_id = :id")
                .param("id", contact)
                .query(UUID.class)
                .optional()
                .ifPresent(id -> wishes.change(id, 0, new Wishes.Choice(true, "at-once", news, news), dev));
    }

    private UUID defect(
            Viewer dev,
            String title,
            String product,
            String feature,
            String cause,
            String severity,
            String description,
            LocalDate found) {
        DefectDraft draft = new DefectDraft(
                title, description, product, feature, cause, severity, "", found.toString(), "", "", "");
        return editing.create(draft, "demo-" + title.replace(' ', '-'), dev).defect();
    }

    private void move(UUID defect, DefectState state, String workaround, String release, Viewer dev) {
        int version = defects.find(defect).orElseThrow().version();
        editing.move(defect, version, new Move(state, workaround, "", release, ""), dev);
    }

    private void cases(UUID defect, String subject, int most, Viewer dev) {
        database.sql("""
                select id from cases.support_case where subject = :subject and cause = 'defect' order by opened_at desc, id
                limit :most
                """)
                .param("subject", subject)
                .param("most", most)
                .query(UUID.class)
                .list()
                .forEach(id -> cases.link(defect, id, false, dev));
    }

    private void hearsOf(UUID defect, String account, Viewer dev) {
        database.sql("select name from accounts.contact where external_id = :id")
                .param("id", account + "-champion")
                .query(String.class)
                .optional()
                .ifPresent(name -> askers.ask(defect, account, name, dev));
    }

    private void openCase(UUID defect, String account, Viewer dev) {
        database.sql("select id from cases.support_case where external_id = :id")
                .param("id", "case-open-" + account)
                .query(UUID.class)
                .optional()
                .ifPresent(id -> cases.link(defect, id, true, dev));
    }

    private Viewer member(String externalId, String name, Role role) {
        UUID id = database.sql("select id from identity.team_member where external_id = :id")
                .param("id", externalId)
                .query(UUID.class)
                .single();
        return new Viewer(id, name, externalId + "@lumenworks.example", role, true);
    }
}
