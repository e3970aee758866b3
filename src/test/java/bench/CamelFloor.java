package bench;

import static org.apache.camel.Exchange.CONTENT_TYPE;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jackson.JacksonDataFormat;
import org.apache.camel.component.redis.RedisConstants;
import org.apache.camel.main.Main;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * The least that a webhook costs through Camel: like {@link BlockingFloor} in one route, but without the other work of
 * the program: access checks, refusals, the log line, metrics, the wake-up of the workers.
 */
class CamelFloor extends RouteBuilder {

    public static void main(String[] args) throws Exception {
        JedisConnectionFactory connections = new JedisConnectionFactory(
                new RedisStandaloneConfiguration("127.0.0.1", Integer.parseInt(System.getenv("REDIS_PORT"))));
        connections.afterPropertiesSet();
        connections.start();
        Main main = new Main();
        // Otherwise Camel would read the program's own file, which is on the same class path.
        main.setDefaultPropertyPlaceholderLocation("false");
        main.addProperty("camel.server.enabled", "true");
        main.addProperty("camel.server.port", System.getenv("PORT"));
        main.addProperty("camel.main.jmxEnabled", "false");
        main.addProperty("camel.main.messageHistory", "false");
        main.addProperty("camel.main.streamCachingEnabled", "false");
        main.bind("redisTemplate", new StringRedisTemplate(connections));
        main.bind("json", new JacksonDataFormat(JsonNode.class));
        main.bind("entry", new Entry());
        main.configure().addRoutesBuilder(new CamelFloor());
        main.run();
    }

    /** The stored form of a call. */
    public static class Entry {

        public String of(JsonNode call) throws Exception {
            return BlockingFloor.entry(call);
        }
    }

    @Override
    public void configure() {
        errorHandler(noErrorHandler());

        from("platform-http:/config").setBody(constant("{}"));

        from("platform-http:/webhook?httpMethodRestrict=POST&populateBodyWithForm=false")
                .removeHeaders("*")
                .unmarshal("json")
                .bean("entry", "of")
                .setHeader(RedisConstants.KEY, constant("new_session_queue"))
                .setHeader(RedisConstants.VALUE, simple("${body}"))
                .to("spring-redis:redis:6379?command=LPUSH")
                .setBody(constant("{\"success\":true,\"message\":\"The room is in the queue.\"}"))
                .setHeader(CONTENT_TYPE, constant("application/json"));
    }
}
