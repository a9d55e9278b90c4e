package io.perennial.growth;

import io.perennial.growth.Opportunity.ProposalLine;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Lines of a proposal as people type them: {@code what; quantity; price a year}. */
final class ProposalText {

    private static final int MOST_LINES = 50;

    private ProposalText() {}

    /** @throws GrowthRefused with the first line that cannot be read */
    static List<ProposalLine> lines(String typed) {
        List<ProposalLine> lines = new ArrayList<>();
        for (String line : typed.lines().filter(text -> !text.isBlank()).toList()) {
            String[] cells = line.split(";", -1);
            String refusal = "Write each line as: what; quantity; price a year. This one is not: " + line.strip();
            if (cells.length != 3 || cells[0].isBlank() || cells[0].length() > 200 || line.indexOf('\0') >= 0) {
                throw new GrowthRefused(refusal);
            }
            BigDecimal quantity = OpportunityDraft.money(cells[1], refusal);
            BigDecimal price = OpportunityDraft.money(cells[2], refusal);
            if (quantity == null || price == null) {
                throw new GrowthRefused(refusal);
            }
            lines.add(new ProposalLine(cells[0].strip(), quantity, price));
        }
        if (lines.size() > MOST_LINES) {
            throw new GrowthRefused("A proposal has up to 50 lines.");
        }
        return lines;
    }
}
