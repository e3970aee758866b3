package assignment;

import java.time.Duration;

/**
 * A session could not be placed.
 *
 * @param reason in words, without secrets
 * @param rest how long this session is not tried again
 * @param pause how long nobody is: Qiscus answers no one at present
 * @param isRefusal Qiscus understood and refused
 * @param isFinal trying again will not help, a human must look
 */
public record Setback(String reason, Duration rest, Duration pause, boolean isRefusal, boolean isFinal) {}
