/**
 * What operators see of the program: {@code /observe/metrics} and {@code /observe/health}, which Camel serves. The routes
 * and decisions know nothing of it: what happens is counted where they meet Redis ({@link observe.MeteredStore}), Qiscus
 * ({@link observe.MeteredQiscus}) and their callers ({@link observe.Meters#answered}). How it stands is read from Redis
 * when they are scraped ({@link observe.QueueCollector}). Every metric is named in {@code docs/observability/README.md}.
 */
package observe;
