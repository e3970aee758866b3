package qiscus;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** JSON as Qiscus writes it, and as we answer it: snake_case, without nulls. */
public final class Json {

    private Json() {}

    /** Qiscus adds fields at any time and changes their types. */
    public static ObjectMapper mapper() {
        return JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .serializationInclusion(JsonInclude.Include.NON_NULL)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    /**
     * For requests of any caller. A repeated field could mean one thing to us and another to a proxy that let it pass.
     */
    public static ObjectMapper strictMapper() {
        ObjectMapper strict = mapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
        // JSON is always UTF-8 (RFC 8259, 8.1).
        strict.getFactory().disable(JsonFactory.Feature.CHARSET_DETECTION);
        return strict;
    }
}
