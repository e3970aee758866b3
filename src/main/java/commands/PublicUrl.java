package commands;

import java.net.URI;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;
import settings.Settings;

/** The option for the public address of this program. */
class PublicUrl {
    private String url;

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--url",
            paramLabel = "https://HOST",
            description = "the address at which Qiscus reaches this program, without /webhook and /resolve")
    void setUrl(String given) {
        URI uri;
        try {
            uri = URI.create(given);
        } catch (IllegalArgumentException malformed) {
            uri = URI.create("");
        }
        // A webhook's body contains personal data, and its path may contain a secret.
        if (!"https".equals(uri.getScheme())
                || uri.getHost() == null
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null
                || uri.getRawUserInfo() != null) {
            throw new ParameterException(spec.commandLine(), "--url must be like https://your.host, without a query.");
        }
        url = given.replaceAll("/+$", "");
    }

    boolean isTold() {
        return url != null;
    }

    Webhooks webhooks(Settings settings) {
        return new Webhooks(url, settings.webhookSecret());
    }
}
