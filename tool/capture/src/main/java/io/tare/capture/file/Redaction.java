package io.tare.capture.file;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.facts.Fact;
import io.tare.model.capture.Artifact;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.capture.Capture;
import io.tare.model.capture.Outcome;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Takes folders out of a capture. Environment, arguments and user never get into one; paths of mapped files do, because they name
 * the owners of bytes, and so do paths of control groups. Without paths a file keeps its own name, and its folder becomes a short hash,
 * as does each step of a group's path: the same folder gives the same hash within one capture.
 */
public enum Redaction {
  KEEP_PATHS, NO_PATHS;

  private static final Set<String> LISTINGS = Set.of(ArtifactNames.SMAPS, ArtifactNames.MAPS, ArtifactNames.EXE,
      ArtifactNames.ASK_SYSTEM_MAP);
  private static final Set<String> FACTS = Set.of(ArtifactNames.FDS, ArtifactNames.MAPPED_FILES,
      ArtifactNames.EXECUTABLE, ArtifactNames.HOTSPOT,
      ArtifactNames.GO, ArtifactNames.PYTHON, ArtifactNames.V8, ArtifactNames.SCRIPT_HEAP, ArtifactNames.DATABASE,
      ArtifactNames.DOTNET,
      ArtifactNames.MALLOC,
      ArtifactNames.PTHREADS,
      ArtifactNames.ZEROS, ArtifactNames.GO_PROFILE, ArtifactNames.CENSUS);

  /** A pure function: a report must be made from its result wherever the capture file would be saved so. */
  public Capture apply(Capture capture) {
    if (this == KEEP_PATHS) {
      return capture;
    }
    FolderHash hash = new FolderHash(capture.target().startTicks() + "/" + capture.takenAt());
    Map<String, Artifact> artifacts = new LinkedHashMap<>();
    capture.artifacts().forEach((name, artifact) -> artifacts.put(name, withoutPaths(artifact, hash)));
    return new Capture(capture.target(), capture.takenAt(), capture.elapsedMicros(), capture.asked(), artifacts);
  }

  private static Artifact withoutPaths(Artifact artifact, FolderHash hash) {
    try {
      if (artifact.hasContent() && LISTINGS.contains(artifact.name())) {
        return replaced(artifact, PathLines.inListing(artifact.text(), hash::withoutFolder));
      }
      if (artifact.hasContent() && artifact.name().equals(ArtifactNames.CGROUP_MEMBERSHIP)) {
        return replaced(artifact, PathLines.inMembership(artifact.text(), hash::group));
      }
      if (artifact.hasContent() && artifact.name().equals(ArtifactNames.CGROUP_LEVELS)) {
        return replaced(artifact, PathLines.inFacts(artifact.text(), hash::group));
      }
      return artifact.hasContent() && FACTS.contains(artifact.name())
          ? replaced(artifact, PathLines.inFacts(artifact.text(), hash::withoutFolder))
          : artifact;
    } catch (NotThisFormat strange) {
      return Artifact.missing(artifact.name(), Outcome.FAILED, "left out: its paths cannot be told from the rest");
    }
  }

  private static Artifact replaced(Artifact artifact, String text) {
    return Artifact.adopting(
        new Artifact.Label(artifact.name(), artifact.outcome(), artifact.note(), artifact.micros()),
        text.getBytes(StandardCharsets.UTF_8));
  }
}

/** Replaces the folder of a path by a short hash. Folders that every system has are kept. */
final class FolderHash {
  private static final int HASH_BYTES = 4;
  /** Folders that tell nothing of a machine, because every one has them. Folders below them do tell. */
  private static final Pattern EVERYWHERE = Pattern.compile(
      "/dev/(shm/)?|(/usr)?/s?bin/|(/usr)?/lib(32|64|x32)?/([a-z0-9_]+-linux-[a-z0-9]+/)?(gconv/)?");

  private final String salt;
  private final Map<String, String> hashes = new HashMap<>();

  /** @param salt makes hashes of different captures differ */
  FolderHash(String salt) {
    this.salt = salt;
  }

  String withoutFolder(String path) {
    String folder = path.substring(0, path.lastIndexOf('/') + 1);
    if (folder.length() <= 1 || EVERYWHERE.matcher(folder).matches()) {
      return path;
    }
    return "/" + hashes.computeIfAbsent(folder, this::hash) + "/" + path.substring(folder.length());
  }

  /** A control group's path names users, pods and units: each step of it becomes a hash, so that a group still lies in the one above. */
  String group(String path) {
    return Arrays.stream(path.split("/"))
        .map(step -> step.isEmpty() ? "" : hashes.computeIfAbsent("group/" + step, this::hash))
        .collect(Collectors.joining("/", "", path.endsWith("/") ? "/" : ""));
  }

  private String hash(String folder) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest((salt + folder).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}

/** Rewrites the paths in a text of one of the two kinds that captures hold. */
final class PathLines {
  private PathLines() {}

  /** Lines that may end in a path, which begins after a blank or with the line: smaps, and the link of the executable. */
  static String inListing(String text, UnaryOperator<String> rewrite) {
    StringBuilder rewritten = new StringBuilder(text.length());
    for (int from = 0; from < text.length();) {
      int lineFeed = text.indexOf('\n', from);
      int end = lineFeed < 0 ? text.length() : lineFeed;
      int path = pathIn(text, from, end);
      rewritten.append(text, from, path).append(path < end ? rewrite.apply(text.substring(path, end)) : "");
      rewritten.append(lineFeed < 0 ? "" : "\n");
      from = end + 1;
    }
    return rewritten.toString();
  }

  /** Where the line's path begins; the line's end when it has none. */
  private static int pathIn(String text, int from, int end) {
    for (int at = text.indexOf('/', from); at >= 0 && at < end; at = text.indexOf('/', at + 1)) {
      if (at == from || text.charAt(at - 1) == ' ' || text.charAt(at - 1) == '\t') {
        return at;
      }
    }
    return end;
  }

  /** Lines of {@code /proc/PID/cgroup}: {@code 4:memory:/system.slice/shop.service}. */
  static String inMembership(String text, UnaryOperator<String> rewrite) {
    return text.lines().map(line -> {
      int path = line.indexOf(":/") + 1;
      return (path == 0 ? "" : line.substring(0, path) + rewrite.apply(line.substring(path))) + "\n";
    }).collect(Collectors.joining());
  }

  /** Lines of facts, of which every value that begins like a path is one. */
  static String inFacts(String text, UnaryOperator<String> rewrite) throws NotThisFormat {
    List<Fact> facts = Fact.parseAll("facts", text, ParseLimits.DEFAULT).value();
    return facts.stream().map(fact -> new Fact(fact.word(), rewritten(fact.values(), rewrite)).line() + "\n")
        .collect(Collectors.joining());
  }

  private static Map<String, String> rewritten(Map<String, String> values, UnaryOperator<String> rewrite) {
    Map<String, String> all = new LinkedHashMap<>(values);
    all.replaceAll((key, value) -> value.startsWith("/") ? rewrite.apply(value) : value);
    return all;
  }
}
