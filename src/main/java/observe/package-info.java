/**
 * What operators see of the program: {@code /observe/metrics} and {@code /observe/health}, which Camel serves. Routes
 * and decisions contain none of it. Events are counted at the borders: to Redis ({@link observe.MeteredRedis}, {@link
 * observe.Events}), to Qiscus ({@link observe.MeteredQiscus}) and to callers ({@link observe.Meters#answered}). The
 * shared state is read from Redis when it is scraped ({@link observe.QueueCollector}). {@code
 * docs/observability/README.md} lists every metric.
 */
package observe;
