package io.perennial.contracts.web;

import io.perennial.accounts.Accounts;
import io.perennial.contracts.AgreedLines;
import io.perennial.contracts.AgreedLines.Line;
import io.perennial.contracts.AgreedLines.State;
import io.perennial.contracts.AgreedLines.Version;
import io.perennial.contracts.Agreements;
import io.perennial.contracts.Agreements.Agreement;
import io.perennial.contracts.Agreements.Step;
import io.perennial.contracts.Agreements.Term;
import io.perennial.contracts.ContractPart;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Wording;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** A contract: what it says, on any day, what became of its terms and what it moved. */
@Controller
public class ContractPage {

    private final Agreements agreements;
    private final AgreedLines lines;
    private final List<ContractPart> parts;
    private final Accounts accounts;
    private final Frames frames;
    private final Clock clock;

    ContractPage(
            Agreements agreements,
            AgreedLines lines,
            List<ContractPart> parts,
            Accounts accounts,
            Frames frames,
            Clock clock) {
        this.agreements = agreements;
        this.lines = lines;
        this.parts = parts;
        this.accounts = accounts;
        this.frames = frames;
        this.clock = clock;
    }

    /** @param day on which the lines are looked at */
    public record View(
            Agreement contract,
            LocalDate day,
            boolean asKnown,
            LocalDate today,
            List<Line> lines,
            Map<String, BigDecimal> annual,
            List<Term> terms,
            List<Step> steps,
            List<Version> versions,
            List<ContractPart.Part> parts) {

        public long running() {
            return lines.stream().filter(line -> line.state() == State.RUNNING).count();
        }

        /** The finding about the lines. */
        public String headline() {
            String when = day.equals(today) ? "today" : "on " + Wording.day(day);
            if (lines.isEmpty()) {
                return asKnown ? "Our records knew no line " + when : "It has no line";
            }
            long running = running();
            return running == 0
                    ? "Nothing runs " + when
                    : running + (running == 1 ? " line runs " : " lines run ") + when;
        }

        public String address() {
            return "/contracts/" + contract.id();
        }
    }

    @GetMapping("/contracts/{id}")
    String contract(
            Viewer viewer,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String on,
            @RequestParam(defaultValue = "") String known,
            Model model) {
        Agreement contract = agreements
                .find(id)
                .filter(found -> accounts.isVisible(found.account(), viewer))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        LocalDate day = day(on, today);
        boolean asKnown = known.equals("then");
        List<Line> found = lines.on(id, day, asKnown);
        model.addAttribute(
                "frame",
                frames.frame(contract.title(), "Accounts")
                        .under(contract.accountName(), "/accounts/" + contract.account() + "?tab=contracts"));
        model.addAttribute(
                "view",
                new View(
                        contract,
                        day,
                        asKnown,
                        today,
                        found,
                        annual(found),
                        agreements.terms(id, contract.account(), today),
                        agreements.steps(id, contract.account(), today),
                        lines.versions(id),
                        parts.stream()
                                .map(part -> part.of(id, contract.account(), viewer, today))
                                .flatMap(Optional::stream)
                                .toList()));
        return "contracts/contract";
    }

    /** Of what runs, by currency. */
    private static Map<String, BigDecimal> annual(List<Line> lines) {
        Map<String, BigDecimal> sums = new TreeMap<>();
        lines.stream()
                .filter(line -> line.state() == State.RUNNING)
                .forEach(line -> sums.merge(line.currency(), line.annual(), BigDecimal::add));
        return sums;
    }

    private static LocalDate day(String text, LocalDate today) {
        try {
            LocalDate day = text.isEmpty() ? today : LocalDate.parse(text);
            return day.getYear() < 1970 || day.getYear() > 2100 ? today : day;
        } catch (DateTimeException e) {
            return today;
        }
    }
}
