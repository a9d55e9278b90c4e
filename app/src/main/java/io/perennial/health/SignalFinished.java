package io.perennial.health;

/** The signal was finished or closed meanwhile, so there is nothing left to do with it. */
public class SignalFinished extends RuntimeException {

    private static final long serialVersionUID = 1;

    SignalFinished(Signal signal) {
        super("This signal is already " + signal.state() + ". Reload to see what stands now.");
    }
}
