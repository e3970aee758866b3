package assignment;

/** A webhook that is meant for another app: nothing is done about it. */
public class ForeignCall extends RuntimeException {

    public ForeignCall() {
        super("The webhook is of another app than QISCUS_APP_ID.", null, false, false);
    }
}
