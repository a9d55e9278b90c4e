package io.perennial.identity.access;

import static io.perennial.identity.Role.ADMIN;
import static io.perennial.identity.Role.CSM;
import static io.perennial.identity.Role.LEADER;
import static io.perennial.identity.Role.SUPPORT;
import static io.perennial.identity.keys.Scope.IMPORT;
import static io.perennial.identity.keys.Scope.READ;
import static io.perennial.identity.keys.Scope.WRITE;

import io.perennial.identity.Role;
import io.perennial.identity.keys.Scope;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Who may use which route. The first rule that fits decides; where none fits the answer is no. What this says is written
 * out again, route by route, in {@code authorisation-matrix.csv}, and a test compares both with the running product.
 *
 * <p>Which accounts a person sees or changes is not decided here but where the data is: {@code Viewer.everything}.
 */
final class Routes {

    private static final Set<Role> EVERYBODY = EnumSet.allOf(Role.class);
    private static final Set<Role> WORKERS = EnumSet.of(ADMIN, LEADER, CSM);
    private static final Set<Role> WORKERS_AND_SUPPORT = EnumSet.of(ADMIN, LEADER, CSM, SUPPORT);
    private static final Set<Role> LEADERS = EnumSet.of(ADMIN, LEADER);
    private static final Set<Role> ADMINISTRATORS = EnumSet.of(ADMIN);

    private static final List<Rule> RULES = List.of(
            // Before sign-in.
            open("GET", "/_static/**", "/favicon.ico", "/robots.txt"),
            open("GET,POST", "/sign-in", "/setup", "/welcome"),
            open("POST", "/preferences"),
            // Whoever has the link of a letter answers for its reader.
            open("GET,POST", "/satisfaction/{token}"),
            // Whoever has the link of an exit survey says why they leave.
            open("GET,POST", "/leaving/{token}"),
            // Whoever has the link of a survey answers it, or wants no more of them.
            open("GET,POST", "/s/{token}", "/s/{token}/no-more"),
            // Whoever has the link of a success plan sees its progress and confirms it.
            open("GET,POST", "/progress/{token}"),
            // Articles for customers, by the link that they were sent, and whether they helped.
            open("GET,POST", "/help/{id}"),
            // What a reader of our letters wants to be told; the address itself is the secret.
            open("GET,POST", "/letters/*"),
            // The way out of letters that nobody asked for, for readers and for the buttons of mail programs.
            open("GET,POST", "/unsubscribe/{token}", "/unsubscribe/{token}/choices"),
            // A team member's calendar; the address is the secret, and reading is all it can do.
            open("GET", "/calendar/{token}"),
            // How the start of a customer goes, for a contact who was sent the link, and whether they get in.
            open("GET,POST", "/getting-started/{token}"),
            open("GET", "/api/openapi.json", "/api/openapi.json.yaml"),
            // Everybody's own things.
            people(EVERYBODY, "POST", "/sign-out"),
            people(EVERYBODY, "GET,POST", "/profile/**"),
            people(EVERYBODY, "GET,POST,DELETE", "/views/**"),
            // Administration.
            people(ADMINISTRATORS, "GET,POST", "/admin/**"),
            people(LEADERS, "GET,POST", "/imports/**"),
            people(EVERYBODY, "GET", "/jobs/**"),
            people(WORKERS, "POST", "/jobs/**"),
            people(LEADERS, "POST", "/health/**", "/adoption/**", "/usage/features/**", "/programs/**"),
            people(LEADERS, "POST", "/metrics/**", "/revenue/**"),
            people(LEADERS, "POST", "/defects/settings/**"),
            people(LEADERS, "POST", "/profitability/**"),
            people(LEADERS, "POST", "/renewals/settings/**", "/renewals/targets", "/renewals/{id}/settlement"),
            people(LEADERS, "POST", "/cancellations/reasons/**", "/cancellations/rules"),
            // Engagement and interviews.
            people(LEADERS, "POST", "/engagement/cadences/**", "/interviews/questionnaires"),
            people(EVERYBODY, "POST", "/engagement/calendar/feed/**"),
            people(WORKERS, "POST", "/engagement/**", "/interviews/**"),
            people(WORKERS, "GET", "/interviews/new", "/interviews/{id}/edit"),
            people(EVERYBODY, "GET", "/engagement/**", "/interviews/**"),
            people(LEADERS, "POST", "/accounts/{id}/merger"),
            people(LEADERS, "POST", "/surveys/protection"),
            people(WORKERS_AND_SUPPORT, "POST", "/surveys/answers/{id}/tone"),
            // Daily work.
            people(WORKERS_AND_SUPPORT, "GET", "/knowledge/new", "/knowledge/{id}/edit", "/cases/letters"),
            people(EVERYBODY, "GET", "/", "/today/**", "/signals/**", "/accounts/**", "/health/**", "/changes/**"),
            people(EVERYBODY, "GET", "/contacts/**", "/contracts/**", "/usage/**", "/cases/**", "/surveys/**"),
            people(WORKERS_AND_SUPPORT, "GET", "/defects/new", "/defects/search", "/defects/{id}/edit"),
            people(EVERYBODY, "GET", "/adoption/**", "/programs/**", "/knowledge/**", "/metrics/**", "/service/**"),
            people(EVERYBODY, "GET", "/defects/**", "/notices/**", "/revenue/**"),
            people(WORKERS, "GET", "/opportunities/new"),
            people(EVERYBODY, "GET", "/sales/**", "/opportunities/**"),
            people(WORKERS, "POST", "/opportunities/**"),
            people(EVERYBODY, "GET", "/expansion/**", "/white-space/**"),
            people(WORKERS, "POST", "/expansion/**", "/white-space/**"),
            people(EVERYBODY, "GET", "/areas/**", "/profitability/**"),
            people(EVERYBODY, "GET", "/renewals/**"),
            people(EVERYBODY, "GET", "/touchpoints/**", "/exports/**", "/search", "/live", "/dev/**"),
            people(EVERYBODY, "GET", "/cancellations/**"),
            people(WORKERS, "POST", "/cancellations/**"),
            // Success plans, journeys and statements.
            people(
                    LEADERS,
                    "POST",
                    "/success-plans/blueprints/**",
                    "/journey",
                    "/statements/schedules",
                    "/statements/drafts"),
            people(WORKERS, "GET", "/success-plans/new"),
            people(EVERYBODY, "GET", "/success-plans/**", "/journey", "/statements/**"),
            people(WORKERS, "POST", "/success-plans/**", "/statements/**"),
            // Playbooks: leaders write and switch them, whoever works accounts takes back what one did.
            people(ADMINISTRATORS, "GET,POST", "/playbooks/webhooks/**"),
            people(LEADERS, "GET", "/playbooks/new", "/playbooks/{key}/text"),
            people(EVERYBODY, "GET", "/playbooks/**"),
            people(WORKERS, "POST", "/playbooks/runs/{id}/undo"),
            people(LEADERS, "POST", "/playbooks/**"),
            // Which file somebody may see is said by the module that holds it.
            people(EVERYBODY, "GET", "/files/**"),
            people(EVERYBODY, "POST", "/dev/**"),
            people(EVERYBODY, "POST", "/today/visit"),
            people(WORKERS, "POST", "/cases/{id}/approval"),
            people(LEADERS, "POST", "/cases/clocks", "/cases/team/routing"),
            people(
                    WORKERS_AND_SUPPORT,
                    "POST",
                    "/cases/**",
                    "/changes/**",
                    "/knowledge/**",
                    "/defects/**",
                    "/notices/**"),
            people(WORKERS, "POST,PUT,PATCH,DELETE", "/today/**", "/signals/**", "/accounts/**", "/contacts/**"),
            people(WORKERS, "POST,PUT,PATCH,DELETE", "/contracts/**", "/surveys/**", "/touchpoints/**"),
            people(WORKERS, "POST", "/renewals/**"),
            // Onboarding and training.
            people(LEADERS, "POST", "/onboardings/templates/**", "/training/courses/**", "/training/paths"),
            people(EVERYBODY, "GET", "/onboardings/**", "/training/**"),
            people(WORKERS, "POST", "/onboardings/**", "/training/**"),
            people(WORKERS, "POST", "/exports/**"),
            // Campaigns, and how the house writes.
            people(EVERYBODY, "GET", "/campaigns/**"),
            people(LEADERS, "POST", "/campaigns/settings"),
            people(WORKERS, "POST", "/campaigns/**"),
            // Events: the entrance in front of this table asks for a source's write key; what passes it is nobody's.
            nobody("POST", "/v1/*", "/api/v1/events"),
            // Programs.
            keys(Set.of(WRITE, IMPORT), "GET,POST", "/api/v1/imports/**"),
            keys(Set.of(READ, WRITE, IMPORT), "GET", "/api/v1/jobs/**"),
            keys(Set.of(WRITE, IMPORT), "POST", "/api/v1/jobs/**", "/api/v1/{type}/bulk"),
            keys(Set.of(READ, WRITE), "GET", "/api/v1/**"),
            // Computes and stores nothing.
            keys(Set.of(READ, WRITE), "POST", "/api/v1/metrics/{id}/evaluate", "/api/v1/cadence/preview"),
            keys(Set.of(WRITE), "POST,PUT,PATCH,DELETE", "/api/v1/**"));

    /** The only addresses that take a body with files. */
    private static final Rule FILES = keys(
            Set.of(),
            "POST",
            "/imports",
            "/api/v1/imports",
            "/cases/{id}/messages",
            "/cases/{id}/files",
            "/engagement/calendar/files");

    /** Whatever is posted here means the same, and nobody reads it. */
    private static final Rule WITHOUT_BODY = keys(Set.of(), "POST", "/unsubscribe/{token}");

    /** Whole systems come in as files here; anywhere else a file is what a person attaches. */
    private static final Rule IMPORTS = keys(Set.of(), "POST", "/imports", "/api/v1/imports");

    private Routes() {}

    /** @param method HEAD counts as GET */
    static boolean allows(Caller caller, String method, String path) {
        PathContainer parsed = PathContainer.parsePath(path);
        String asked = method.equals("HEAD") ? "GET" : method;
        return RULES.stream()
                .filter(rule -> rule.fits(asked, parsed))
                .findFirst()
                .map(rule -> rule.admits(caller))
                .orElse(false);
    }

    /** Whether the body does not matter here, however it is made. */
    static boolean ignoresBody(String method, String path) {
        return WITHOUT_BODY.fits(method, PathContainer.parsePath(path));
    }

    /** Whether a body with files is expected here; who may send it says {@link #allows}. */
    static boolean takesFiles(String method, String path) {
        return FILES.fits(method, PathContainer.parsePath(path));
    }

    /** Whether a body with files may be of any size here, which the import itself limits. */
    static boolean takesMuch(String method, String path) {
        return IMPORTS.fits(method, PathContainer.parsePath(path));
    }

    /** Whether any rule knows this address, whatever the method. */
    static boolean knows(String path) {
        PathContainer parsed = PathContainer.parsePath(path);
        return RULES.stream().anyMatch(rule -> rule.leadsTo(parsed));
    }

    private static Rule open(String methods, String... paths) {
        return new Rule(methods(methods), patterns(paths), true, EVERYBODY, EnumSet.allOf(Scope.class));
    }

    private static Rule people(Set<Role> roles, String methods, String... paths) {
        return new Rule(methods(methods), patterns(paths), false, roles, Set.of());
    }

    private static Rule keys(Set<Scope> scopes, String methods, String... paths) {
        return new Rule(methods(methods), patterns(paths), false, Set.of(), scopes);
    }

    private static Rule nobody(String methods, String... paths) {
        return new Rule(methods(methods), patterns(paths), false, Set.of(), Set.of());
    }

    private static Set<String> methods(String methods) {
        return Set.of(methods.split(",", -1));
    }

    private static List<PathPattern> patterns(String... paths) {
        return Arrays.stream(paths)
                .map(PathPatternParser.defaultInstance::parse)
                .toList();
    }

    private record Rule(
            Set<String> methods, List<PathPattern> paths, boolean open, Set<Role> roles, Set<Scope> scopes) {

        boolean fits(String method, PathContainer path) {
            return methods.contains(method) && leadsTo(path);
        }

        boolean leadsTo(PathContainer path) {
            return paths.stream().anyMatch(pattern -> pattern.matches(path));
        }

        boolean admits(Caller caller) {
            return switch (caller) {
                case Caller.Anybody() -> open;
                case Caller.Person(Role role) -> roles.contains(role);
                case Caller.Key(Set<Scope> presented) -> presented.stream().anyMatch(scopes::contains);
            };
        }
    }
}
