package io.tare.app.time;

import io.tare.app.cli.Arguments;
import io.tare.app.cli.Console;
import io.tare.app.cli.UsageException;
import io.tare.history.watch.Alert;
import io.tare.history.watch.Alert.AlertParser;
import io.tare.history.watch.Alert.AlertRule;
import io.tare.history.watch.Alert.BadAlert;
import io.tare.history.watch.WatchState;
import io.tare.report.look.Units;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.WeakHashMap;

/** The alerts of a watch: each looked at every round, for every process. */
final class Alarms {
  /** Ledgers and growth take a minute; a heap's floor a collection. */
  private static final long PATIENCE_MILLIS = 90_000;

  private final List<AlertRule> rules;
  private final Optional<String> command;
  private final Console console;
  private final Map<WatchState, List<Alert>> alerts = new WeakHashMap<>();
  private final Map<WatchState, Long> seen = new WeakHashMap<>();
  private final Set<Alert> known = Collections.newSetFromMap(new IdentityHashMap<>());
  private boolean anyRaised;

  private Alarms(List<AlertRule> rules, Optional<String> command, Console console) {
    this.rules = rules;
    this.command = command;
    this.console = console;
  }

  static Alarms of(Arguments arguments, Console console) throws UsageException {
    List<AlertRule> rules = new ArrayList<>();
    for (String text : arguments.all("--alert")) {
      try {
        rules.add(AlertParser.parse(text));
      } catch (BadAlert bad) {
        throw new UsageException("--alert: " + bad.getMessage());
      }
    }
    return new Alarms(rules, arguments.value("--alert-command"), console);
  }

  /** Looks at a process as it is now; says, or runs the command, for what has just become wrong. */
  void look(WatchState state, long epochMillis) {
    long began = seen.computeIfAbsent(state, _ -> epochMillis);
    for (Alert alert : of(state)) {
      OptionalDouble value = state.value(alert.rule());
      if (value.isPresent()) {
        known.add(alert);
      } else if (epochMillis - began > PATIENCE_MILLIS && known.add(alert)) {
        console.err().println("tare: no reading of " + alert.rule().metric() + " of " + state.process().words()
            + " so far: it may have none, and '" + alert.rule().text() + "' can't be raised then");
      }
      if (alert.look(epochMillis, value)) {
        anyRaised = true;
        raise(state, alert.rule(), value.orElse(0));
      }
    }
  }

  private List<Alert> of(WatchState state) {
    return alerts.computeIfAbsent(state, _ -> rules.stream().map(Alert::new).toList());
  }

  private void raise(WatchState state, AlertRule rule, double value) {
    if (command.isEmpty()) {
      console.err()
          .println("ALERT " + state.process().words() + ": " + rule.text() + " (it is " + words(rule, value) + ")");
      return;
    }
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", command.get()).inheritIO();
    builder.environment().putAll(Map.of("TARE_ALERT", rule.text(), "TARE_PID", Long.toString(state.process().pid()),
        "TARE_PROCESS", state.process().label(), "TARE_VALUE", Double.toString(value)));
    try {
      builder.redirectInput(Redirect.from(new File("/dev/null"))).start();
    } catch (IOException refused) {
      console.err().println("tare: the alert's command can't be run: " + refused.getMessage());
    }
  }

  private static String words(AlertRule rule, double value) {
    boolean isCount = rule.metric().equals("threads") || rule.metric().equals("classes") || rule.metric().equals("fds")
        || rule.metric().startsWith("gc.");
    String amount = isCount
        ? String.format(Locale.ROOT, rule.metric().startsWith("gc.") ? "%.3f" : "%.0f", value)
        : Units.BINARY.format((long) value);
    return rule.isGrowth() ? amount + "/h" : amount;
  }

  List<String> raised(WatchState state) {
    return of(state).stream().filter(Alert::isRaised).map(alert -> alert.rule().text() + " (it is "
        + words(alert.rule(), state.value(alert.rule()).orElse(0)) + ")").toList();
  }

  Map<String, Boolean> all(WatchState state) {
    Map<String, Boolean> all = new LinkedHashMap<>();
    of(state).forEach(alert -> all.put(alert.rule().text(), alert.isRaised()));
    return all;
  }

  /** Whether any alarm was ever raised. */
  boolean anyRaised() {
    return anyRaised;
  }
}
