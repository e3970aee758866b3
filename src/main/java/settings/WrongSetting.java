package settings;

/** The program cannot start with these settings. The message is the sentence that says why and names the variable. */
public class WrongSetting extends RuntimeException {

    public WrongSetting(String sentence) {
        super(sentence, null, false, false);
    }
}
