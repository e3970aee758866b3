package assignment;

/** A webhook that is meant for another app: we ignore it. */
public class ForeignCall extends RuntimeException {

    public ForeignCall() {
        super("The webhook is for another app than QISCUS_APP_ID.", null, false, false);
    }
}
