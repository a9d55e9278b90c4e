package io.perennial.mail.out;

import io.perennial.mail.MailAddress;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Failures of connections in words that tell an administrator what to do. Never contains what we sent. */
public final class Trouble {

    private static final int LONGEST = 300;

    private Trouble() {}

    public static String words(Throwable failure) {
        if (failure instanceof AuthenticationFailedException) {
            return "The server refuses the user name or the password.";
        }
        for (Throwable cause = failure; cause != null; cause = next(cause)) {
            String known = switch (cause) {
                case UnknownHostException unknown -> "There is no server of this name.";
                case ConnectException refused -> "Nothing answers at this host and port.";
                case SocketTimeoutException silent -> "The server does not answer in time.";
                case SSLException tls -> "No safe connection: " + said(tls);
                default -> null;
            };
            if (known != null) {
                return known;
            }
        }
        return said(failure);
    }

    private static @Nullable Throwable next(Throwable failure) {
        if (failure instanceof MessagingException chain && chain.getNextException() != null) {
            return chain.getNextException();
        }
        return failure.getCause();
    }

    private static String said(Throwable failure) {
        String text = failure.getMessage();
        String line = MailAddress.oneLine(text == null ? failure.getClass().getSimpleName() : text);
        return line.length() > LONGEST ? line.substring(0, LONGEST) : line;
    }
}
