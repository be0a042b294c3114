package io.tare.model.history;

import io.tare.model.report.Figure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Sizes for a process, from what it weighed under its load.
 *
 * @param lasted how long it was watched, all recordings together
 * @param settings none where they are refused
 * @param refusals why no sizes are given, and what to do about it
 * @param risks what the sizes do not cover
 */
public record Advice(String target, String runtime, Duration lasted, List<Setting> settings, List<String> refusals,
    List<String> risks) {
  public static final String LIMIT = "limit";
  public static final String REQUEST = "request";
  public static final String HEAP_MOST = "heap.most";
  public static final String HEAP_LEAST = "heap.least";
  public static final String HEAP_SHARE = "heap.share";
  public static final String METASPACE = "metaspace.most";
  public static final String GO_LIMIT = "go.limit";
  public static final String WORKER = "worker";
  public static final String WORKERS = "workers";

  public Advice {
    settings = List.copyOf(settings);
    refusals = List.copyOf(refusals);
    risks = List.copyOf(risks);
  }

  public Optional<Setting> setting(String id) {
    return settings.stream().filter(setting -> setting.id().equals(id)).findFirst();
  }

  /**
   * One size.
   *
   * @param bytes of a share, what it comes to below the limit
   * @param option as the program or its environment takes it; empty where only the container does
   * @param basis how it comes about, in words
   * @param readings what it stands on
   */
  public record Setting(String id, String title, long bytes, String option, String basis, List<Figure> readings) {
    public Setting {
      readings = List.copyOf(readings);
    }
  }
}
