package io.tare.model.profile;

/**
 * Goroutines that are alike.
 *
 * @param state as the runtime calls it: {@code waiting}, {@code runnable} …
 * @param reason what they wait for, in the runtime's words; empty when they don't, or it is not known
 * @param function the innermost function that is not the runtime's: where they wait
 * @param start the function that they were started with
 * @param creator the function that started them; empty for the first one
 * @param isRuntimes whether they are the runtime's own, which {@code runtime.NumGoroutine} does not count
 */
public record GoroutineGroup(long count, String state, String reason, String function, String start, String creator,
    boolean isRuntimes) {}
