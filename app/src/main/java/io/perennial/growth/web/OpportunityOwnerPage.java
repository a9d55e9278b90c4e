package io.perennial.growth.web;

import io.perennial.growth.GrowthRefused;
import io.perennial.growth.Opportunities;
import io.perennial.growth.OpportunityEditing;
import io.perennial.growth.OpportunityEditing.Saved;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.Notice;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** Who leads an opportunity. */
@Controller
class OpportunityOwnerPage {

    private final Opportunities opportunities;
    private final OpportunityEditing editing;

    OpportunityOwnerPage(Opportunities opportunities, OpportunityEditing editing) {
        this.opportunities = opportunities;
        this.editing = editing;
    }

    @PostMapping("/opportunities/{id}/owner")
    String assign(
            Viewer viewer,
            HttpServletRequest request,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "-1") int seen,
            @RequestParam(defaultValue = "") String owner) {
        if (opportunities.find(id, viewer).isEmpty()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        if (!owner.isEmpty() && !owner.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
        }
        try {
            Saved saved = editing.assign(id, seen, owner.isEmpty() ? null : UUID.fromString(owner), viewer);
            if (saved.change() != null) {
                new Notice("It is in other hands now.", saved.change(), null).leave(request);
            }
        } catch (GrowthRefused refused) {
            new Notice(String.valueOf(refused.getMessage()), null, null).leave(request);
        }
        return "redirect:/opportunities/" + id;
    }
}
