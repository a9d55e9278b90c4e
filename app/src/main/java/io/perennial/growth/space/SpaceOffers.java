package io.perennial.growth.space;

import io.perennial.growth.GrowthRefused;
import io.perennial.growth.Opportunity.Evidence;
import io.perennial.growth.OpportunityDraft;
import io.perennial.growth.OpportunityEditing;
import io.perennial.growth.OpportunityEditing.Find;
import io.perennial.growth.OpportunityKind;
import io.perennial.growth.space.AccountSpace.Cell;
import io.perennial.identity.Viewer;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Makes opportunities of what was chosen in the matrix, with what peers have as their evidence. One change, undone as one. */
@Component
public class SpaceOffers {

    /** At once. */
    public static final int MOST = 50;

    private final AccountSpaces spaces;
    private final WhiteSpace space;
    private final OpportunityEditing editing;

    SpaceOffers(AccountSpaces spaces, WhiteSpace space, OpportunityEditing editing) {
        this.spaces = spaces;
        this.space = space;
        this.editing = editing;
    }

    /** A customer and a product that it does not have. */
    public record Choice(UUID account, String product) {}

    /**
     * @param made how many are opportunities now
     * @param left those that are not, each with why
     * @param change null when nothing was made
     */
    public record Made(
            int made, List<String> left, @Nullable UUID change) {}

    /**
     * @param key of the form: sent twice it is made once
     * @throws GrowthRefused when nothing was chosen, or too much at once
     */
    @Transactional
    public Made make(List<Choice> choices, String key, Viewer viewer) {
        if (choices.isEmpty()) {
            throw new GrowthRefused("Choose at least one product that a customer does not have.");
        }
        if (choices.size() > MOST) {
            throw new GrowthRefused("Choose up to " + MOST + " at once: more than anybody calls in a week.");
        }
        if (!key.matches("[0-9a-f-]{36}")) {
            throw new GrowthRefused("The form is not one of ours. Open it again.");
        }
        Map<UUID, AccountSpace> accounts = new LinkedHashMap<>();
        spaces.of(
                        choices.stream().map(Choice::account).distinct().toList(),
                        List.copyOf(new LinkedHashSet<>(
                                choices.stream().map(Choice::product).toList())),
                        viewer)
                .forEach(one -> accounts.put(one.account().value(), one));
        List<Find> found = new ArrayList<>();
        List<String> left = new ArrayList<>();
        for (Choice choice : new LinkedHashSet<>(choices)) {
            AccountSpace account = accounts.get(choice.account());
            String why = account == null ? "A customer is not among yours." : why(account, choice.product());
            if (account == null || why != null) {
                left.add(String.valueOf(why));
            } else {
                found.add(find(account, cell(account, choice.product()), key));
            }
        }
        UUID change = found.isEmpty() ? null : editing.createAll(found, viewer);
        return new Made(change == null ? 0 : found.size(), left, change);
    }

    private static @Nullable String why(AccountSpace account, String product) {
        Cell cell = cell(account, product);
        if (cell.owned()) {
            return account.name() + " has " + product + " by now.";
        }
        if (cell.opportunity() != null) {
            return "An opportunity for " + product + " is open at " + account.name() + " already.";
        }
        return account.healthy() ? null : account.name() + " is not healthy: that comes first.";
    }

    private static Cell cell(AccountSpace account, String product) {
        return account.cells().stream()
                .filter(one -> one.product().equals(product))
                .findFirst()
                .orElseThrow();
    }

    private Find find(AccountSpace account, Cell cell, String key) {
        Estimate estimate = cell.estimate();
        String segment = account.segment().isEmpty() ? "customers without a segment" : account.segment() + " customers";
        OpportunityDraft draft = new OpportunityDraft(
                cell.product(),
                (cell.had() == null ? OpportunityKind.CROSS_SELL : OpportunityKind.WIN_BACK).key(),
                cell.product(),
                "",
                estimate == null
                        ? ""
                        : estimate.amount().setScale(2, RoundingMode.HALF_UP).toPlainString(),
                estimate == null ? "" : estimate.currency(),
                "",
                "",
                "success",
                "");
        Evidence evidence = new Evidence(
                "Not owned yet",
                cell.peers() + " % of " + segment + " have " + cell.product() + " (" + cell.owners() + ")"
                        + (cell.had() == null ? "" : "; this one had it until " + cell.had()),
                estimate == null
                        ? "No amount: no peer pays for it in this currency"
                        : "Half of the peers who pay for it pay at most this",
                space.today().toString());
        String mark = UUID.nameUUIDFromBytes(
                        (account.account() + "|" + cell.product()).getBytes(StandardCharsets.UTF_8))
                .toString();
        return new Find(account.account(), draft, key + "-" + mark, "white-space:" + cell.product(), List.of(evidence));
    }
}
