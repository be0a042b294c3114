package io.tare.bench.patterns;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads what this laboratory needs of a JMH result file. JMH writes one member a line, which makes a JSON library unnecessary. */
final class ResultFile {
  private static final Pattern NAME = Pattern.compile("\"benchmark\" : \"[\\w.]*?(\\w+)\\.(\\w+)\"");
  private static final Pattern PARAMETERS = Pattern.compile("\"params\" : \\{(.*?)\\}", Pattern.DOTALL);
  private static final Pattern PARAMETER = Pattern.compile("\"(\\w+)\" : \"(.*?)\"");
  private static final Pattern CPU = Pattern.compile("\"cpu.time.norm\" : \\{.*?\"rawData\" : \\[\\s*\\[(.*?)\\]",
      Pattern.DOTALL);
  private static final Pattern BYTES = Pattern.compile("\"gc.alloc.rate.norm\" : \\{\\s*\"score\" : ([^,]+),");

  private ResultFile() {}

  static List<Measured> read(Path file) throws IOException {
    String[] parts = Files.readString(file).split("(?=\"benchmark\" : )");
    List<Measured> all = new ArrayList<>();
    for (String part : Arrays.asList(parts).subList(1, parts.length)) {
      Matcher name = find(NAME, part);
      all.add(new Measured(name.group(1), name.group(2), parameters(part), median(find(CPU, part).group(1)),
          Double.parseDouble(find(BYTES, part).group(1))));
    }
    return all;
  }

  private static String parameters(String part) {
    Matcher matcher = PARAMETERS.matcher(part);
    return matcher.find()
        ? PARAMETER.matcher(matcher.group(1)).results().map(p -> p.group(1) + " " + p.group(2))
            .collect(Collectors.joining(", "))
        : "";
  }

  /** Of the iterations in which anything ran. */
  private static double median(String numbers) {
    double[] sorted = Arrays.stream(numbers.split(",")).mapToDouble(n -> Double.parseDouble(n.trim()))
        .filter(n -> n > 0).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private static Matcher find(Pattern pattern, String part) {
    Matcher matcher = pattern.matcher(part);
    if (!matcher.find()) {
      throw new IllegalArgumentException("no " + pattern + " in: " + part.substring(0, Math.min(200, part.length())));
    }
    return matcher;
  }
}
