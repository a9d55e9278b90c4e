package io.perennial.identity.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.events.Sources;
import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.identity.access.AuthorisationMatrix.Route;
import io.perennial.identity.keys.Scope;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Compares the authorisation matrix with every route of the running product, and then calls every route as everybody.
 * After adding a route: run with {@code -Dperennial.write-matrix=true}, which adds its row with "no"
 * everywhere, change the cells that should be "yes", and make {@link Routes} agree. With {@code rules} instead of
 * {@code true} the new rows say what {@link Routes} says; read them before you commit them.
 */
@PerennialTest
class AuthorisationMatrixTests {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

    @Autowired
    List<RequestMappingHandlerMapping> mappings;

    @Autowired
    People people;

    @Autowired
    Sources sources;

    @Autowired
    ServletContext container;

    @Test
    void everyRouteHasARowAndEveryRowARoute() {
        Set<Route> routes = routes();
        AuthorisationMatrix matrix = AuthorisationMatrix.read();
        String write = System.getProperty("perennial.write-matrix", "");
        if (!write.isEmpty()) {
            boolean fromRules = write.equals("rules");
            matrix.fitted(routes, (route, caller) -> fromRules && proposed(route, caller))
                    .write();
            matrix = AuthorisationMatrix.read();
        }
        assertThat(routes).as("routes without a row").isSubsetOf(matrix.rows().keySet());
        assertThat(matrix.without(routes)).as("rows without a route").isEmpty();
    }

    @Test
    void everyRouteAdmitsExactlyWhomTheMatrixSays() {
        Map<String, Visitor> visitors = new LinkedHashMap<>();
        AuthorisationMatrix.CALLERS.forEach(caller -> visitors.put(caller, visitor(caller)));
        List<String> wrong = new ArrayList<>();
        AuthorisationMatrix.read()
                .rows()
                .forEach((route, allowed) -> allowed.forEach((caller, expected) -> {
                    // Signing out ends the session that the other routes need.
                    Visitor visitor = route.path().equals("/sign-out") ? visitor(caller) : known(visitors, caller);
                    String answer = answer(visitor, route);
                    if (answer.startsWith("admitted") != expected) {
                        wrong.add("%s as %s: %s, the matrix says %s"
                                .formatted(route, caller, answer, expected ? "yes" : "no"));
                    }
                }));
        assertThat(visitors).hasSize(AuthorisationMatrix.CALLERS.size());
        assertThat(wrong).isEmpty();
    }

    /** Write keys stand in the pages of customers' products, where anybody may read them. */
    @Test
    void theWriteKeyOfASourceOpensNothingButTheEntrance() {
        Viewer administrator =
                new Viewer(people.member("The ADMIN", Role.ADMIN, true), "The ADMIN", "a@b.example", Role.ADMIN, true);
        String key = sources.create(administrator, "Planner").key();
        String basic = Base64.getEncoder().encodeToString((key + ":").getBytes(StandardCharsets.UTF_8));
        Visitor stranger = people.strangerWithForm();
        Set<Route> entrance = entrance();
        Set<Route> admitted = new TreeSet<>();
        AuthorisationMatrix.read().rows().forEach((route, allowed) -> {
            for (String header : List.of("Basic " + basic, "Bearer " + key)) {
                Map<String, String> headers = new HashMap<>(stranger.headers());
                headers.put("Authorization", header);
                Visitor app = new Visitor(
                        stranger.id(), "app", stranger.address(), headers, stranger.cookie(), stranger.formToken());
                if (!allowed.getOrDefault("anonymous", false)
                        && answer(app, route).startsWith("admitted")) {
                    admitted.add(route);
                }
            }
        });
        assertThat(admitted).isEqualTo(entrance).isNotEmpty();
    }

    private static Visitor known(Map<String, Visitor> visitors, String caller) {
        Visitor visitor = visitors.get(caller);
        if (visitor == null) {
            throw new IllegalArgumentException(caller);
        }
        return visitor;
    }

    private Visitor visitor(String caller) {
        if (caller.equals("anonymous")) {
            return people.strangerWithForm();
        }
        return caller.startsWith("key ")
                ? people.program(caller.substring("key ".length()))
                : people.signedIn("The " + caller, Role.valueOf(caller), true);
    }

    private String answer(Visitor visitor, Route route) {
        boolean program = route.path().startsWith("/api/");
        String path = route.path()
                .replace("{type}", "accounts")
                .replace("{hash}", "0123456789abcdef")
                .replaceAll("\\{[^}]*}", UUID.randomUUID().toString())
                .replace("**", "x");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(visitor.address() + path))
                .timeout(Duration.ofSeconds(20))
                .method(route.method(), program ? BodyPublishers.ofString("{}") : BodyPublishers.noBody())
                .header("Content-Type", program ? "application/json" : "application/x-www-form-urlencoded");
        visitor.headers().forEach(request::header);
        if (!visitor.formToken().isEmpty()) {
            request.header("X-CSRF-TOKEN", visitor.formToken());
        }
        try {
            HttpResponse<InputStream> response = HTTP.send(request.build(), BodyHandlers.ofInputStream());
            response.body().close();
            int status = response.statusCode();
            String location = response.headers().firstValue("Location").orElse("");
            boolean sentToSignIn = status == 303 && (location.startsWith("/sign-in") || location.equals(path));
            boolean refused = status == 401 || status == 403 || sentToSignIn || (status == 404 && !Routes.knows(path));
            return (refused ? "refused with " : "admitted with ") + status;
        } catch (IOException e) {
            throw new IllegalStateException("No answer from " + route, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What the rules say, knowing that a key opens no page and a session no address of programs. */
    private static boolean proposed(Route route, String caller) {
        boolean program = route.path().startsWith("/api/");
        if (caller.equals("anonymous")) {
            return Routes.allows(new Caller.Anybody(), route.method(), route.path());
        }
        if (caller.startsWith("key ")) {
            Scope scope = Scope.of(caller.substring("key ".length())).orElseThrow();
            return (program || route.method().equals("GET"))
                    && Routes.allows(new Caller.Key(Set.of(scope)), route.method(), route.path());
        }
        return Routes.allows(
                program ? new Caller.Anybody() : new Caller.Person(Role.valueOf(caller)), route.method(), route.path());
    }

    private Set<Route> routes() {
        Set<Route> routes = new TreeSet<>();
        mappings.forEach(mapping -> mapping.getHandlerMethods().keySet().forEach(info -> {
            Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
            for (String path : info.getPatternValues()) {
                (methods.isEmpty() ? Set.of(RequestMethod.GET, RequestMethod.POST) : methods)
                        .forEach(method -> routes.add(new Route(path, method.name())));
            }
        }));
        routes.addAll(entrance());
        return routes;
    }

    /** What answers before the pages and the API do: every filter with addresses of its own. */
    private Set<Route> entrance() {
        Set<Route> routes = new TreeSet<>();
        container.getFilterRegistrations().values().stream()
                .flatMap(filter -> filter.getUrlPatternMappings().stream())
                .filter(path -> !path.equals("/*") && !path.endsWith("/"))
                .forEach(path -> routes.add(new Route(path, "POST")));
        return routes;
    }
}
