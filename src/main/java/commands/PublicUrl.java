package commands;

import java.net.URI;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;
import settings.Settings;

/** The option that tells where Qiscus reaches us. */
class PublicUrl {
    private String url;

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--url",
            paramLabel = "https://HOST",
            description = "where Qiscus reaches this program; /webhook and /resolve are added to it")
    void setUrl(String given) {
        URI uri;
        try {
            uri = URI.create(given);
        } catch (IllegalArgumentException malformed) {
            uri = URI.create("");
        }
        // The body of a webhook is personal data, and its path may be a secret.
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
