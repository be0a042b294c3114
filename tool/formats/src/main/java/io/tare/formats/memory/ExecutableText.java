package io.tare.formats.memory;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.facts.Fact;
import io.tare.model.alloc.ExecutableFacts;
import io.tare.model.capture.ArtifactNames;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the executable file says of itself, one line: {@code executable class=elf64 linking=dynamic libc=glibc go=go1.22.1}. */
public final class ExecutableText {
  private static final String HEADER = "executable";

  private ExecutableText() {}

  public static String write(Parsed<ExecutableFacts> executable) {
    Map<String, String> facts = executable.value().facts();
    Object[] keysAndValues = facts.entrySet().stream().sorted(Map.Entry.comparingByKey())
        .flatMap(entry -> Stream.of(entry.getKey(), entry.getValue())).toArray();
    return FactLines.text(List.of(Fact.of(HEADER, keysAndValues)), executable.problems());
  }

  public static Parsed<ExecutableFacts> parse(String text, ParseLimits limits) throws NotThisFormat {
    FactLines lines = FactLines.of(ArtifactNames.EXECUTABLE, HEADER, text, limits);
    return new Parsed<>(new ExecutableFacts(lines.header().values()), lines.problems());
  }
}
