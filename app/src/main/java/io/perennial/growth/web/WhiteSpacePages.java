package io.perennial.growth.web;

import io.perennial.growth.GrowthRefused;
import io.perennial.growth.OpportunityEditing;
import io.perennial.growth.space.AccountSpaces;
import io.perennial.growth.space.AccountSpaces.Asked;
import io.perennial.growth.space.Space;
import io.perennial.growth.space.Space.Product;
import io.perennial.growth.space.SpaceOffers;
import io.perennial.growth.space.SpaceOffers.Choice;
import io.perennial.growth.space.SpaceOffers.Made;
import io.perennial.growth.space.WhiteSpace;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What do customers not have yet that others like them have? By segment, then customer by customer. */
@Controller
public class WhiteSpacePages {

    private static final String PATH = "/white-space";

    /** What stands in the address for customers without a segment. */
    static final String NONE = "-";

    private static final int MOST_TOLD = 5;

    private final WhiteSpace space;
    private final AccountSpaces accounts;
    private final SpaceOffers offers;
    private final Frames frames;

    WhiteSpacePages(WhiteSpace space, AccountSpaces accounts, SpaceOffers offers, Frames frames) {
        this.space = space;
        this.accounts = accounts;
        this.offers = offers;
        this.frames = frames;
    }

    public record View(
            Space space, boolean everything, @Nullable Notice notice) {

        public String url(Space.Segment segment, String product) {
            return address(segment.name().isEmpty() ? NONE : segment.name(), product, null);
        }
    }

    /**
     * @param segment as in the address; empty for all
     * @param product only customers without it; empty for all
     * @param key of the form, so that sending it twice makes its opportunities once
     * @param chosen what was chosen in a form that was refused
     */
    public record AccountsView(
            String segment,
            String product,
            List<Product> products,
            List<Product> choices,
            List<String> segments,
            boolean first,
            AccountSpaces.Page page,
            boolean mayWork,
            String key,
            Set<String> chosen,
            @Nullable String problem,
            @Nullable Notice notice) {

        public String title() {
            return segment.isEmpty() ? "All segments" : segment.equals(NONE) ? "Without a segment" : segment;
        }

        public String nextUrl() {
            return address(segment, product, page.next());
        }

        public String firstUrl() {
            return address(segment, product, null);
        }

        public String csvUrl() {
            return Address.of(PATH + "/accounts.csv", "segment", segment, "product", product);
        }
    }

    static String address(String segment, String product, @Nullable UUID after) {
        return Address.of(
                PATH + "/accounts",
                "segment",
                segment,
                "product",
                product,
                "after",
                after == null ? "" : after.toString());
    }

    @GetMapping(PATH)
    String matrix(Viewer viewer, HttpServletRequest request, Model model) {
        model.addAttribute("frame", frames.frame("White space", GrowthNavigation.WHITE_SPACE));
        model.addAttribute("view", new View(space.read(viewer), viewer.everything(), Notice.take(request)));
        return "growth/whiteSpace";
    }

    @GetMapping("/white-space/accounts")
    String accounts(
            Viewer viewer,
            HttpServletRequest request,
            @RequestParam(defaultValue = "") String segment,
            @RequestParam(defaultValue = "") String product,
            @RequestParam(defaultValue = "") String after,
            Model model) {
        return show(
                viewer,
                segment,
                product,
                id(after),
                UUID.randomUUID().toString(),
                Set.of(),
                null,
                Notice.take(request),
                model);
    }

    @PostMapping("/white-space/opportunities")
    String make(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String segment,
            @RequestParam(defaultValue = "") String product,
            @RequestParam(defaultValue = "") String after,
            @RequestParam(defaultValue = "") String key,
            Model model) {
        // As sent: a product may have commas in its name, at which a list would be cut.
        String[] cells = request.getParameterValues("cell");
        List<String> sent = cells == null ? List.of() : List.of(cells);
        try {
            Made made = offers.make(choices(sent), key, viewer);
            new Notice(words(made), made.change(), null).leave(request);
            return "redirect:" + address(clean(segment), clean(product), id(after));
        } catch (GrowthRefused refused) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return show(
                    viewer,
                    segment,
                    product,
                    id(after),
                    UUID.randomUUID().toString(),
                    new HashSet<>(sent),
                    refused.getMessage(),
                    null,
                    model);
        }
    }

    private String show(
            Viewer viewer,
            String segmentSent,
            String productSent,
            @Nullable UUID after,
            String key,
            Set<String> chosen,
            @Nullable String problem,
            @Nullable Notice notice,
            Model model) {
        Space matrix = space.read(viewer);
        String segment = clean(segmentSent);
        String product = clean(productSent);
        List<Product> products = product.isEmpty()
                ? matrix.products()
                : List.of(matrix.products().stream()
                        .filter(one -> one.name().equals(product))
                        .findFirst()
                        .orElse(new Product(product, false, 0)));
        AccountSpaces.Page page = accounts.read(
                asked(segment, product),
                products.stream().map(Product::name).toList(),
                after,
                AccountSpaces.PAGE,
                viewer);
        model.addAttribute(
                "frame", frames.frame("Customers", GrowthNavigation.WHITE_SPACE).under("White space", PATH));
        model.addAttribute(
                "view",
                new AccountsView(
                        segment,
                        product,
                        products,
                        matrix.products(),
                        matrix.segments().stream().map(Space.Segment::name).toList(),
                        after == null,
                        page,
                        OpportunityEditing.mayWrite(viewer),
                        key,
                        chosen,
                        problem,
                        notice));
        return "growth/whiteSpaceAccounts";
    }

    static Asked asked(String segment, String product) {
        return new Asked(segment.isEmpty() ? null : segment.equals(NONE) ? "" : segment, product);
    }

    private static List<Choice> choices(List<String> sent) {
        List<Choice> choices = new ArrayList<>();
        for (String one : sent) {
            int bar = one.indexOf('|');
            UUID account = bar < 0 ? null : id(one.substring(0, bar));
            if (account == null || one.indexOf('\0') >= 0) {
                throw new GrowthRefused("The form is not one of ours. Open it again.");
            }
            choices.add(new Choice(account, one.substring(bar + 1)));
        }
        return choices;
    }

    private static String words(Made made) {
        String words = made.made() == 0
                ? "Nothing new became an opportunity."
                : made.made() == 1 ? "One opportunity is found." : made.made() + " opportunities are found.";
        List<String> told = made.left().stream().distinct().limit(MOST_TOLD).toList();
        return told.isEmpty() ? words : words + " " + String.join(" ", told);
    }

    static String clean(String text) {
        return text.replace("\0", "").strip();
    }

    private static @Nullable UUID id(String text) {
        return text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}") ? UUID.fromString(text) : null;
    }
}
