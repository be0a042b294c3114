package io.tare.fleet.store;

import io.tare.app.cli.Arguments;
import io.tare.app.cli.Command;
import io.tare.app.cli.Console;
import io.tare.app.cli.ExitCode;
import io.tare.app.cli.Option;
import io.tare.app.cli.Spans;
import io.tare.app.cli.StepLine;
import io.tare.app.cli.UsageException;
import io.tare.fleet.bucket.Bucket;
import io.tare.fleet.bucket.BucketOptions;
import io.tare.report.look.Count;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code tare fleet import}, {@code compact} and {@code expire}: the forms that write to a fleet's folder, one at a time. */
public final class StoreCommands {
  public static final Command IMPORT = new Command("fleet import", "FILE|DIR|s3://BUCKET/PREFIX…", """
      Take recordings and captures into the fleet's folder.
      What is there already is not added again; a recording that has gone on takes
      the place of its former state. What is torn or foreign is named, and the rest
      is taken. Whose a process is stands in what an agent wrote; for other files say
      it with --cluster, --node, --service … What agents put into a bucket is fetched
      a file at a time, and stays there; the key is taken from AWS_ACCESS_KEY_ID and
      AWS_SECRET_ACCESS_KEY, or from the profile file.""",
      options(List.of(FleetOptions.FOLDER, BucketOptions.ENDPOINT, BucketOptions.REGION,
          Option.value("--cluster", "NAME", "where a file does not say it"),
          Option.value("--node", "NAME", "where a file does not say it"),
          Option.value("--namespace", "NAME", "where a file does not say it"),
          Option.value("--service", "NAME", "where a file does not say it"),
          Option.value("--version", "TEXT", "where a file does not say it"))),
      List.of("tare fleet import *.tarerec --fleet /var/lib/fleet",
          "tare fleet import s3://memory/prod/day=2026-11-22 --fleet /var/lib/fleet",
          "tare fleet import x.tare --node web-1 --service orders"),
      StoreCommands::take);

  public static final Command COMPACT = new Command("fleet compact", "", """
      Close days: sort what the inbox has of each into one file, and roll it up by the hour.
      Every day but the newest, unless --all is given. One at a time; when it is cut
      short nothing is lost, and the next one goes on.""",
      options(List.of(FleetOptions.FOLDER, Option.flag("--all", "the newest day as well"))),
      List.of("tare fleet compact --fleet /var/lib/fleet"), StoreCommands::compact);

  public static final Command EXPIRE = new Command("fleet expire", "", """
      Remove the minutes of old days, and the hours of very old ones.
      Counted from the newest day of the folder. A day whose hours are not made yet
      keeps its minutes: compact it first.""",
      List.of(FleetOptions.FOLDER, Option.value("--raw", "TIME", "how long minutes are kept (default: 30d)"),
          Option.value("--hourly", "TIME", "how long hours are kept (default: 400d)")),
      List.of("tare fleet expire --raw 14d --hourly 400d --fleet /var/lib/fleet"), StoreCommands::expire);

  private StoreCommands() {}

  private static List<Option> options(List<Option> own) {
    return Stream.concat(own.stream(), FleetOptions.ENGINE.stream()).toList();
  }

  private static int take(Arguments arguments, Console console) throws UsageException, IOException {
    if (arguments.operands().isEmpty()) {
      throw new UsageException("which recordings or captures? Files, folders of them, or s3://BUCKET/PREFIX");
    }
    for (String operand : arguments.operands()) {
      if (!operand.startsWith(BucketOptions.SCHEME) && !Files.exists(Path.of(operand))) {
        throw new NoSuchFileException(operand);
      }
    }
    Map<String, String> defaults = new LinkedHashMap<>();
    for (String label : List.of("cluster", "node", "namespace", "service", "version")) {
      arguments.value("--" + label).ifPresent(value -> defaults.put(label, value));
    }
    FleetFolder folder = new FleetFolder(FleetOptions.folder(arguments, console).toAbsolutePath().normalize());
    try (FileChannel _ = folder.lock();
        Database database = FleetOptions.database(arguments);
        StepLine step = new StepLine(console)) {
      Import all = new Import(folder, database, defaults);
      for (String operand : arguments.operands()) {
        step.show(operand);
        if (operand.startsWith(BucketOptions.SCHEME)) {
          try (Bucket bucket = Bucket.open(operand, arguments, console.environment())) {
            all.add(bucket);
          }
        } else {
          all.add(Path.of(operand));
        }
      }
      return told(all.tally(), console);
    }
  }

  private static int told(Import.Tally tally, Console console) {
    tally.problems.forEach(problem -> console.err().println("tare: " + problem));
    if (!tally.late.isEmpty()) {
      console.err().println("tare: " + Count.of(tally.late.size(), "day") + " had been closed with a former state of a"
          + " recording: 'tare fleet compact' puts the new one in its place");
    }
    console.err().println("took " + Count.of(tally.files, "file") + ": " + Count.of(tally.ledgers, "ledger") + " of "
        + Count.of(tally.days.size(), "day") + (tally.known > 0 ? "; " + tally.known + " were there already" : "")
        + (tally.others > 0 ? "; passed over " + Count.of(tally.others, "other file") : ""));
    return tally.files + tally.known > 0 ? ExitCode.FINE : ExitCode.COULD_NOT_MEASURE;
  }

  private static int compact(Arguments arguments, Console console) throws UsageException, IOException {
    FleetFolder folder = FleetFolder.open(FleetOptions.folder(arguments, console).toAbsolutePath().normalize());
    try (FileChannel _ = folder.lock();
        Database database = FleetOptions.database(arguments);
        StepLine step = new StepLine(console)) {
      Compaction compaction = new Compaction(folder, database);
      List<LocalDate> days = new ArrayList<>(compaction.waitingDays());
      boolean isOpen = !arguments.has("--all") && !days.isEmpty()
          && new Views(folder).newestDay().map(newest -> newest.equals(days.getLast())).orElse(false);
      if (isOpen) {
        days.removeLast();
      }
      for (LocalDate day : days) {
        step.show(day.toString());
        compaction.close(day);
      }
      compaction.problems().forEach(problem -> console.err().println("tare: " + problem));
      console.err().println("closed " + Count.of(days.size(), "day"));
      return ExitCode.FINE;
    }
  }

  private static int expire(Arguments arguments, Console console) throws UsageException, IOException {
    FleetFolder folder = FleetFolder.open(FleetOptions.folder(arguments, console).toAbsolutePath().normalize());
    try (FileChannel _ = folder.lock()) {
      Expiry expiry = new Expiry(folder, days(arguments, "--raw", 30), days(arguments, "--hourly", 400));
      expiry.run();
      expiry.kept().forEach(day -> console.err().println("tare: " + day
          + " keeps its minutes, for its hours are not made yet: 'tare fleet compact' makes them"));
      console.err().println("removed the minutes of " + Count.of(expiry.rawDays(), "day") + " and the hours of "
          + Count.of(expiry.hourlyDays(), "day"));
      return ExitCode.FINE;
    }
  }

  private static long days(Arguments arguments, String option, long otherwise) throws UsageException {
    long days = Spans.of(arguments, option, Duration.ofDays(otherwise)).toDays();
    if (days < 1) {
      throw new UsageException(option + " must be at least 1d");
    }
    return days;
  }
}
