package io.perennial.contracts;

import gg.jte.Content;
import io.perennial.identity.Viewer;
import io.perennial.shared.AccountId;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/** A part of the page of a contract, contributed by the module that owns the facts. */
public interface ContractPart {

    /** Empty when it has nothing to say. */
    Optional<Part> of(UUID contract, AccountId account, Viewer viewer, LocalDate today);

    /** @param title the finding, as a heading */
    record Part(String id, String title, Content content) {}
}
