package io.perennial.engagement.people;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where colleagues copy letters to: {@code perennial.engagement.capture.*}.
 *
 * @param address put into BCC, To or CC; an alias of the mailbox that is read, or a recipient of the listener. Empty takes only what
 *     a colleague wrote and what is not addressed to the house
 * @param privately patterns of addresses whose letters are nobody's business, beside those that are set on screen
 */
@ConfigurationProperties("perennial.engagement.capture")
public record CaptureSettings(
        @DefaultValue("") String address, @DefaultValue List<String> privately) {

    /** @return whether one of these is the address to copy letters to, with or without a part after a plus */
    public boolean isAmong(List<String> to, List<String> cc) {
        if (address.isBlank()) {
            return false;
        }
        String wanted = address.strip().toLowerCase(Locale.ROOT);
        return Stream.concat(to.stream(), cc.stream())
                .anyMatch(one -> untagged(one).equals(wanted));
    }

    private static String untagged(String address) {
        int at = address.lastIndexOf('@');
        int plus = address.indexOf('+');
        return plus > 0 && plus < at ? address.substring(0, plus) + address.substring(at) : address;
    }
}
