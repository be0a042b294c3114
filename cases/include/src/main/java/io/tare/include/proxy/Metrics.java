package io.tare.include.proxy;

import io.tare.include.fragment.FragmentCache;
import io.tare.include.fragment.Fragments;
import io.tare.include.http.Exchange;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/** What a proxy counts since it began, and the text of OpenMetrics for it. */
public final class Metrics {
  private static final double SECOND_NANOS = 1e9;
  private static final double[] SECONDS = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10};

  private final LongAdder[] byClass = adders(6);
  private final LongAdder[] byTime = adders(SECONDS.length + 1);
  private final LongAdder nanos = new LongAdder();
  private final LongAdder answerBytes = new LongAdder();
  private final LongAdder assembled = new LongAdder();
  private final LongAdder untouched = new LongAdder();
  private final LongAdder passed = new LongAdder();
  private final LongAdder unreadable = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder problems = new LongAdder();

  private static LongAdder[] adders(int count) {
    LongAdder[] adders = new LongAdder[count];
    for (int i = 0; i < count; i++) {
      adders[i] = new LongAdder();
    }
    return adders;
  }

  void ended(Exchange exchange) {
    byClass[Math.min(5, exchange.status() / 100)].increment();
    long took = exchange.nanos();
    int bucket = 0;
    while (bucket < SECONDS.length && took > SECONDS[bucket] * SECOND_NANOS) {
      bucket++;
    }
    byTime[bucket].increment();
    nanos.add(took);
    answerBytes.add(exchange.answerBytes());
  }

  void assembled() {
    assembled.increment();
  }

  void untouched() {
    untouched.increment();
  }

  void passed() {
    passed.increment();
  }

  void unreadable() {
    unreadable.increment();
  }

  void failed() {
    failed.increment();
  }

  void problems(int count) {
    problems.add(count);
  }

  /** All of it, with what the server, the fragments and their cache say now. */
  String openMetrics(int connections, Fragments.Counts fragments, FragmentCache cache) {
    StringBuilder text = new StringBuilder();
    family(text, "include_requests", "counter", "Requests answered, by class of status; 0 is none.");
    for (int status = 0; status < byClass.length; status++) {
      line(text, "include_requests_total{class=\"" + status + "xx\"}", byClass[status].sum());
    }
    family(text, "include_request_seconds", "histogram", "Time from the head of a request to the end of its answer.");
    long below = 0;
    for (int i = 0; i < SECONDS.length; i++) {
      below += byTime[i].sum();
      line(text, "include_request_seconds_bucket{le=\"" + SECONDS[i] + "\"}", below);
    }
    below += byTime[SECONDS.length].sum();
    line(text, "include_request_seconds_bucket{le=\"+Inf\"}", below);
    line(text, "include_request_seconds_count", below);
    text.append(String.format(Locale.ROOT, "include_request_seconds_sum %.9f\n", nanos.sum() / SECOND_NANOS));
    family(text, "include_answers", "counter", "What became of the origin's answers.");
    line(text, "include_answers_total{way=\"assembled\"}", assembled.sum());
    line(text, "include_answers_total{way=\"without_tags\"}", untouched.sum());
    line(text, "include_answers_total{way=\"passed\"}", passed.sum());
    line(text, "include_answers_total{way=\"failed\"}", failed.sum());
    counter(text, "include_pages_unreadable", "Pages in a coding that can't be assembled, passed as they are.",
        unreadable.sum());
    counter(text, "include_page_problems", "Tags and fragments that went wrong.", problems.sum());
    counter(text, "include_answer_bytes", "Bytes of answers' bodies.", answerBytes.sum());
    family(text, "include_fragments", "counter", "Fragments asked for, by what came of it.");
    line(text, "include_fragments_total{outcome=\"hit\"}", fragments.hits());
    line(text, "include_fragments_total{outcome=\"fetch\"}", fragments.fetches());
    line(text, "include_fragments_total{outcome=\"while_revalidating\"}", fragments.revalidations());
    line(text, "include_fragments_total{outcome=\"stale_if_error\"}", fragments.stoodIn());
    line(text, "include_fragments_total{outcome=\"failure\"}", fragments.failures());
    gauge(text, "include_cache_bytes", "Weight of the fragment cache.", cache.weightBytes());
    gauge(text, "include_cache_fragments", "Fragments in the cache.", cache.size());
    gauge(text, "include_connections", "Clients connected.", connections);
    return text.append("# EOF\n").toString();
  }

  private static void family(StringBuilder text, String name, String type, String help) {
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
  }

  private static void line(StringBuilder text, String name, long value) {
    text.append(name).append(' ').append(value).append('\n');
  }

  private static void counter(StringBuilder text, String name, String help, long value) {
    family(text, name, "counter", help);
    line(text, name + "_total", value);
  }

  private static void gauge(StringBuilder text, String name, String help, long value) {
    family(text, name, "gauge", help);
    line(text, name, value);
  }
}
