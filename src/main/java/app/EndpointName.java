package app;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The URI of an endpoint as written in the route, with its placeholders. */
public record EndpointName(String uri, String scheme, String path) {
    private static final Pattern URI = Pattern.compile("(?:([a-z0-9-]+):(?://)?)?([^?]*).*");

    public static EndpointName of(String uri) {
        Matcher parts = URI.matcher(uri);
        if (!parts.matches()) {
            throw new IllegalArgumentException(uri);
        }
        return new EndpointName(uri, parts.group(1) == null ? "" : parts.group(1), parts.group(2));
    }

    public String option(String name, String otherwise) {
        Matcher option = Pattern.compile("[?&]" + name + "=([^&]*)").matcher(uri);
        return option.find() ? option.group(1) : otherwise;
    }
}
