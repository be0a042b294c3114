package io.tare.app.who;

import io.tare.app.cli.Arguments;
import io.tare.app.cli.Command;
import io.tare.app.cli.Console;
import io.tare.app.cli.ExitCode;
import io.tare.app.cli.Option;
import io.tare.app.cli.Output;
import io.tare.app.cli.UsageException;
import io.tare.app.who.Profiles.Whose;
import io.tare.capture.CaptureException;
import io.tare.capture.file.CaptureFileException;
import io.tare.formats.Parsed;
import io.tare.ledger.Explanation;
import io.tare.model.Problem;
import io.tare.model.capture.Capture;
import io.tare.model.profile.AllocationReport;
import io.tare.model.profile.AllocationReport.Calls;
import io.tare.model.profile.AllocationReport.Listing;
import io.tare.model.profile.GoroutineGroup;
import io.tare.model.profile.Profile;
import io.tare.model.profile.TopPlaces;
import io.tare.model.profile.TypeCensus;
import io.tare.profile.Censuses;
import io.tare.profile.Stacks;
import io.tare.profile.Stacks.Filter;
import io.tare.profile.Top;
import io.tare.profile.Top.By;
import io.tare.report.Renderers;
import io.tare.report.look.Format;
import io.tare.report.profile.AllocationHtml;
import io.tare.report.profile.AllocationJson;
import io.tare.report.profile.AllocationText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code tare who}: who allocated it. */
public final class WhoCommand {
  private static final List<Option> OWN = List.of(
      Option.choice("--sort", "WHAT", List.of("inuse", "alloc", "inuse-objects", "alloc-objects"),
          "in use (default), or allocated since the start; bytes, or objects"),
      Option.choice("--by", "PLACE", List.of("function", "line", "package", "thread", "type"),
          "what counts as one place (default: function); thread and type where the profile tells them"),
      Option.value("--base", "OLD", "what has changed since OLD: a profile or a capture"),
      Option.value("--focus", "REGEX…", "only stacks with such a function"),
      Option.value("--ignore", "REGEX…", "no stacks with such a function"),
      Option.value("--hide", "REGEX…", "such functions are left out of every stack"),
      Option.value("--tag", "NAME=REGEX…", "only stacks that are labelled so: thread=worker, type=Order"),
      Option.value("--list", "REGEX", "such functions line by line; their text comes from --source"),
      Option.value("--source", "DIR", "where the sources are that --list shows"),
      Option.value("--peek", "REGEX", "who calls such places, and whom they call"),
      Option.value("--out", "FILE",
          "keep it: x.tare of a process for --base; call stacks as x.html (a flame graph), x.pb.gz (pprof) or x.collapsed"),
      Option.flag("--live",
          "of a JVM only what is reached from static fields, threads and their stacks: so much lives at least"),
      Option.value("--sample", "1/N", "count one region in N of a large Java heap, and let it stand for the others"),
      Option.flag("--all", "every place and every group"),
      Option.flag("--ledger", "beneath it all that the process weighs: what is idle, stacks, caches, files"),
      Option.value("--proc", "DIR", "read processes below DIR instead of /proc"));

  public static final Command COMMAND = new Command("who", "PID|NAME|FILE…", """
      Whose the memory is: the heap by class, or by the function, line or package that
      allocated it; goroutines by where they wait.
      Of a JVM (from JDK 17 on) every object is counted by its class, dead ones that
      no collection has swept away yet included. The heap is walked from outside:
      no agent, no attach, no pause. --base compares with an earlier capture.
      With --live (Serial, Parallel, G1; x86-64) the references are followed, too: what
      nothing leads to is left out, though no collection has run.
      Of a Go program (from Go 1.18 on, stripped or not) this is the runtime's own
      heap profile, read without asking the program: no endpoint, no signal, no
      pause. The figures are estimates as those of pprof are, for one allocation
      in 512 KB is noted.
      Files: pprof, flight recordings of JDK 11 and later and of async-profiler,
      collapsed stacks, heaptrack, massif, V8's .heapprofile, traces of tracemalloc
      as JSON; several of one sort are added up. So are the answers of endpoints that
      are named by their URL.
      With --ask a JVM's own flight recorder says who allocates, for a while; what that
      costs is said before and after.""",
      Stream.of(OWN, Asked.OPTIONS, Output.OPTIONS).flatMap(List::stream).toList(),
      List.of("tare who 4711", "tare who 4711 --sort alloc --by line", "tare who 4711 --out now.pb.gz",
          "tare who 4711 --base then.pb.gz", "tare who heap.pb.gz --out flames.html",
          "tare who orders.jfr --by type --tag thread=worker",
          "tare who heap.pb.gz --list load --source ~/orders", "tare who 4711 --ledger", "tare who 4711 --live",
          "tare who 4711 --ask --for 1m --by type",
          "tare who http://127.0.0.1:6060/debug/pprof/heap"),
      WhoCommand::run);

  private WhoCommand() {}

  private static int run(Arguments arguments, Console console) throws UsageException, IOException {
    if (arguments.operands().isEmpty()) {
      throw new UsageException("whose? Name a process, or files of profiles");
    }
    Output output = Output.of(arguments, console);
    try {
      if (arguments.has("--ledger") && output.format() != Format.TEXT) {
        throw new UsageException("--ledger is text; 'tare PID --format json' is the ledger in other forms");
      }
      List<Capture> captures = new ArrayList<>();
      AllocationReport report = report(arguments, console, captures);
      output.write(switch (output.format()) {
        case TEXT -> AllocationText.render(report, output.text()) + ledgers(captures, arguments, output);
        case JSON -> AllocationJson.render(report);
        case HTML -> AllocationHtml.render(report, output.text());
        case OPENMETRICS, CSV -> throw new UsageException("who writes text, html or json");
      }, console);
      return report.top().isEmpty() && report.goroutines().isEmpty() && report.census().isEmpty()
          ? ExitCode.COULD_NOT_MEASURE
          : ExitCode.FINE;
    } catch (CaptureException | CaptureFileException failure) {
      console.err().println("tare: " + failure.getMessage());
      return ExitCode.COULD_NOT_MEASURE;
    }
  }

  /** The whole of the process beneath, of which the functions or classes are a part. */
  private static String ledgers(List<Capture> captures, Arguments arguments, Output output) throws UsageException {
    if (arguments.has("--ledger") && captures.isEmpty()) {
      throw new UsageException("--ledger is for a process or a capture");
    }
    return arguments.has("--ledger")
        ? captures.stream()
            .map(capture -> "\n" + Renderers.render(Explanation.explain(capture), Format.TEXT, output.text()))
            .collect(Collectors.joining())
        : "";
  }

  private static AllocationReport report(Arguments arguments, Console console, List<Capture> captures)
      throws UsageException, IOException, CaptureException, CaptureFileException {
    Filter filter = new Filter(patterns(arguments, "--focus"), patterns(arguments, "--ignore"),
        patterns(arguments, "--hide"), tags(arguments));
    Optional<Keep> keep = Keep.of(arguments);
    List<String> subjects = new ArrayList<>();
    List<Profile> heaps = new ArrayList<>();
    List<GoroutineGroup> goroutines = new ArrayList<>();
    List<TypeCensus> censuses = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (String operand : arguments.operands()) {
      Parsed<Whose> one = Profiles.open(operand, keep, arguments, console);
      subjects.add(one.value().subject());
      one.value().capture().ifPresent(captures::add);
      one.value().allocations().heap().ifPresent(heaps::add);
      one.value().census().ifPresent(censuses::add);
      goroutines.addAll(one.value().allocations().goroutines());
      problems.addAll(one.problems());
    }
    if (censuses.size() > 1 || (!censuses.isEmpty() && !heaps.isEmpty())) {
      throw new UsageException("the objects of several processes are no one heap; name one, and the other as --base");
    }
    String subject = String.join("; ", subjects);
    Optional<String> base = arguments.value("--base");
    if (!censuses.isEmpty()) {
      if (keep.isPresent()) {
        keep.get().mustNotBeStacks();
      }
      TypeCensus census = censuses.getFirst();
      if (base.isPresent()) {
        TypeCensus old = Profiles.open(base.get(), Optional.empty(), arguments, console).value().census()
            .orElseThrow(() -> new UsageException(base.get() + " holds no count of objects to compare with"));
        if (old.live().isPresent() != census.live().isPresent()) {
          throw new UsageException("of one all objects were counted, of the other (--live) those that are reached:"
              + " that is no change");
        }
        census = Censuses.difference(census, old);
      }
      return new AllocationReport(subject, Optional.of(census), Optional.empty(), base.isPresent(), List.of(),
          goroutines, problems);
    }
    Optional<Profile> heap = heaps.isEmpty() ? Optional.empty() : Optional.of(sum(heaps));
    if (base.isPresent() && heap.isPresent()) {
      Profile old = Profiles.open(base.get(), Optional.empty(), arguments, console).value().allocations().heap()
          .orElseThrow(() -> new UsageException(base.get() + " holds no profile to compare with"));
      heap = Optional.of(Stacks.difference(heap.get(), old).orElseThrow(
          () -> new UsageException(base.get() + " counts something else: " + String.join(", ", old.typeNames()))));
    }
    heap = heap.map(profile -> Stacks.filtered(profile, filter));
    if (heap.isEmpty()) {
      return new AllocationReport(subject, Optional.empty(), Optional.empty(), false, List.of(), goroutines, problems);
    }
    int type = type(heap.get(), arguments);
    By by = By.valueOf(arguments.value("--by").orElse("function").toUpperCase(Locale.ROOT));
    TopPlaces top = Top.places(heap.get(), type, by);
    List<Calls> calls = patterns(arguments, "--peek").isEmpty()
        ? List.of()
        : Top.calls(heap.get(), type, by, patterns(arguments, "--peek").getLast());
    AllocationReport report = new AllocationReport(subject, Optional.empty(), Optional.of(top), base.isPresent(), calls,
        listings(heap.get(), type, arguments), goroutines, problems);
    if (keep.isPresent()) {
      keep.get().stacks(heap.get(), type, report, Output.textOptions(arguments, console, true), console);
    }
    return report;
  }

  private static List<Listing> listings(Profile heap, int type, Arguments arguments) throws UsageException {
    List<Pattern> wanted = patterns(arguments, "--list");
    if (wanted.isEmpty() && arguments.has("--source")) {
      throw new UsageException("--source says where the text is of what --list names");
    }
    SourceFolder source = new SourceFolder(arguments.value("--source").map(Path::of));
    return wanted.isEmpty() ? List.of() : Top.listings(heap, type, wanted.getLast(), source::lines);
  }

  private static Map<String, Pattern> tags(Arguments arguments) throws UsageException {
    Map<String, Pattern> tags = new HashMap<>();
    for (String text : arguments.all("--tag")) {
      int equals = text.indexOf('=');
      if (equals < 1) {
        throw new UsageException("--tag " + text + " is not of the form NAME=REGEX, as in thread=worker");
      }
      tags.put(text.substring(0, equals), pattern("--tag", text.substring(equals + 1)));
    }
    return tags;
  }

  private static Profile sum(List<Profile> heaps) throws UsageException {
    return Stacks.sum(heaps)
        .orElseThrow(() -> new UsageException("these profiles count different things, and can't be added up"));
  }

  /**
   * The value that was asked for; where nothing is in use, as in most flight recordings, or a JVM recorded what it allocates, what was
   * allocated; of a profile of something else, its last one, as pprof does.
   */
  private static int type(Profile heap, Arguments arguments) throws UsageException {
    String wanted = arguments.value("--sort").orElse("inuse");
    String name = wanted.startsWith("inuse") ? "inuse" : "alloc";
    OptionalInt type = heap.indexOf(name + (wanted.endsWith("-objects") ? "_objects" : "_space"));
    if (type.isEmpty() && arguments.has("--sort")) {
      throw new UsageException("--sort " + wanted + " is not in this profile; it counts "
          + String.join(", ", heap.typeNames()));
    }
    boolean isThere = type.isPresent()
        && heap.samples().stream().anyMatch(sample -> sample.values().get(type.getAsInt()) != 0);
    return (isThere && !arguments.has("--ask")) || arguments.has("--sort")
        ? type.orElse(heap.types().size() - 1)
        : heap.indexOf("alloc_space").orElse(type.orElse(heap.types().size() - 1));
  }

  private static List<Pattern> patterns(Arguments arguments, String option) throws UsageException {
    List<Pattern> patterns = new ArrayList<>();
    for (String text : arguments.all(option)) {
      patterns.add(pattern(option, text));
    }
    return patterns;
  }

  private static Pattern pattern(String option, String text) throws UsageException {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException wrong) {
      throw new UsageException(option + "=" + text + " is no regular expression: " + wrong.getDescription());
    }
  }
}
