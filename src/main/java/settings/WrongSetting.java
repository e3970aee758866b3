package settings;

/** The program cannot start like this. The message is the one sentence that says why, and names the variable. */
public class WrongSetting extends RuntimeException {

    public WrongSetting(String sentence) {
        super(sentence, null, false, false);
    }
}
