package bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/** POSTs JSON to one server of this machine over keep-alive connections, for a limited time. */
class Load {

    /** @param latencies nanoseconds, one per answer */
    record Result(long answers, long errors, Duration took, Samples latencies) {

        double perSecond() {
            return answers * 1e9 / took.toNanos();
        }
    }

    private static final int CONNECTIONS = 32;

    private final Vertx vertx;
    private final HttpClient client;
    private final RequestOptions target;
    private final LongFunction<String> bodies;
    private final AtomicLong sent = new AtomicLong();

    /** @param bodies the body of the n-th request */
    Load(Vertx vertx, int port, String path, LongFunction<String> bodies) {
        this.vertx = vertx;
        this.bodies = bodies;
        client = vertx.createHttpClient(
                new HttpClientOptions().setMaxPoolSize(CONNECTIONS).setKeepAlive(true));
        target = new RequestOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI(path)
                .setMethod(HttpMethod.POST)
                .putHeader("Content-Type", "application/json");
    }

    /** As fast as the server answers: each connection sends its next request after the last answer. */
    Result saturate(Duration time) {
        Run run = new Run(time);
        for (int i = 0; i < CONNECTIONS; i++) {
            vertx.runOnContext(start -> run.again());
        }
        return run.result();
    }

    /** At a steady rate, however fast the server answers. The latency counts from the moment when a request was due. */
    Result paced(double perSecond, Duration time) {
        Run run = new Run(time);
        long interval = (long) (1e9 / perSecond);
        AtomicLong due = new AtomicLong(System.nanoTime());
        vertx.setPeriodic(1, timer -> {
            long now = System.nanoTime();
            if (now >= run.end) {
                vertx.cancelTimer(timer);
                run.finishWhenAnswered();
                return;
            }
            for (long next = due.get(); next <= now; next = due.addAndGet(interval)) {
                run.send(next);
            }
        });
        return run.result();
    }

    private Future<Integer> post() {
        return client.request(target)
                .compose(request -> request.send(Buffer.buffer(bodies.apply(sent.getAndIncrement()))))
                .compose(response -> response.body().map(body -> response.statusCode()));
    }

    private class Run {
        private final long begin = System.nanoTime();
        private final long end;
        private final Samples latencies = new Samples();
        private final AtomicLong open = new AtomicLong();
        private final AtomicLong errors = new AtomicLong();
        private final CompletableFuture<Void> done = new CompletableFuture<>();
        private volatile boolean finishing;

        private Run(Duration time) {
            end = begin + time.toNanos();
        }

        private void again() {
            send(System.nanoTime()).onComplete(answered -> {
                if (System.nanoTime() < end) {
                    again();
                } else {
                    finishWhenAnswered();
                }
            });
        }

        private Future<Integer> send(long due) {
            open.incrementAndGet();
            return post().onComplete(answer -> {
                if (answer.failed() || answer.result() != 200) {
                    errors.incrementAndGet();
                }
                latencies.add(System.nanoTime() - due);
                if (open.decrementAndGet() == 0 && finishing) {
                    done.complete(null);
                }
            });
        }

        private void finishWhenAnswered() {
            finishing = true;
            if (open.get() == 0) {
                done.complete(null);
            }
        }

        private Result result() {
            done.join();
            return new Result(latencies.size(), errors.get(), Duration.ofNanos(System.nanoTime() - begin), latencies);
        }
    }
}
