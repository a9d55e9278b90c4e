package io.perennial.platform.web;

import java.net.URI;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Where customers reach this house from outside: {@code perennial.public-address}, such as {@code https://success.example.com}.
 * Never taken from a request: whoever asks could name any host, and a letter with that link would carry it to others.
 */
@Component
public class PublicAddress {

    private final String address;

    /** @throws IllegalArgumentException when it is set to something that is no address */
    PublicAddress(@Value("${perennial.public-address:}") String address) {
        String plain = address.strip().replaceAll("/+$", "");
        if (!plain.isEmpty() && !plain.matches("https?://[^\\s/?#]+(/[^\\s?#]*)?")) {
            throw new IllegalArgumentException(
                    "perennial.public-address must be an address that begins with https:// or"
                            + " http://, such as https://success.example.com; it is " + address + ".");
        }
        this.address = plain.isEmpty() ? "" : URI.create(plain).toString();
    }

    public boolean isKnown() {
        return !address.isEmpty();
    }

    /** @param path begins with a slash; empty when no address was set */
    public Optional<String> of(String path) {
        return isKnown() ? Optional.of(address + path) : Optional.empty();
    }
}
