package assignment;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DisplayNamesTest {

    @Test
    void aCustomerIsCalledByNameAndRoom() {
        Session session = session("Ayu");

        assertThat(session).hasToString("Ayu (room 187250792)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\n", "\u0000", "\u200B", "\u202E\u2066", "\u0085", "\uD83D"})
    void aCustomerWithAnInvisibleNameIsCalledByTheRoom(String name) {
        Session session = session(name);

        assertThat(session).hasToString("room 187250792");
    }

    @Test
    void aCustomerWithoutANameIsCalledByTheRoom() {
        Session session = session(null);

        assertThat(session).hasToString("room 187250792");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n", "\r\n", "\r", "\t", "\u0000", "\u000B", "\f", "\u001B", "\u007F", "\u0085", "\u009B", "\u2028",
                "\u2029", "\u202E", "\u2066", "\u200B", "\uFEFF", "\uDE00"
            })
    void aNameCannotForgeALogLine(String forger) {
        Session session = session("Ayu" + forger + "12:00:00 ERROR all is lost");

        assertThat(session).hasToString("Ayu 12:00:00 ERROR all is lost (room 187250792)");
    }

    @Test
    void aPlaceholderInANameIsOnlyText() {
        Session session = session("${exception} {} %n {{QISCUS_SECRET_KEY}}");

        assertThat(session).hasToString("${exception} {} %n {{QISCUS_SECRET_KEY}} (room 187250792)");
    }

    @Test
    void aLongNameIsCutAfterSixtyWholeCharacters() {
        Session session = session("\uD83D\uDE00".repeat(61));

        assertThat(session).hasToString("\uD83D\uDE00".repeat(60) + " (room 187250792)");
    }

    @Test
    void aNameOfSixtyCharactersIsKeptWhole() {
        Session session = session("\uD883\uDE67".repeat(60));

        assertThat(session).hasToString("\uD883\uDE67".repeat(60) + " (room 187250792)");
    }

    @Test
    void aSessionAndTheCallThatBroughtItAreCalledTheSame() {
        NewSession call = new NewSession("187250792", "wa", "wa", "Ayu\n", true, null, BigDecimal.ONE);

        assertThat(call).hasToString(session("Ayu\n").toString());
    }

    @Test
    void anAgentIsCalledByNameOrElseById() {
        String named = DisplayNames.agent("Siti\nERROR", "9001");
        String nameless = DisplayNames.agent(null, "9001");
        String invisible = DisplayNames.agent("\u200B", "9001");

        assertThat(named).isEqualTo("Siti ERROR");
        assertThat(nameless).isEqualTo("agent 9001");
        assertThat(invisible).isEqualTo("agent 9001");
    }

    @Test
    void noCustomerIsCalledByTheirEmailAddress() {
        assertThat(session("Ayu <ayu.putri+1@mail.example.com>, ayu@b.c"))
                .hasToString("Ayu <[e-mail]>, [e-mail] (room 187250792)");
        assertThat(session("@ayu at home @ noon")).hasToString("@ayu at home @ noon (room 187250792)");
    }

    @Test
    @Timeout(10)
    void aLongNameIsProcessedQuickly() {
        assertThat(DisplayNames.withoutAddresses("a".repeat(100_000) + "@ ")).hasSize(100_002);
    }

    private static Session session(String name) {
        return new Session("187250792", "wa", "wa", name, "1763882437123.456", null, 0, null, null, null, null);
    }
}
