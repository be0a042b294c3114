package io.tare.formats.proc;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.facts.Fact;
import io.tare.model.Problem;
import io.tare.model.proc.FileExtent;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Mapped files, as facts: {@code file path=/var/lib/db/data length=268435456 allocated=67108864}. */
public final class FileExtentsText {
  private static final String WORD = "file";

  private FileExtentsText() {}

  public static String write(List<FileExtent> files) {
    StringBuilder text = new StringBuilder();
    files.forEach(file -> text.append(Fact.of(WORD, "path", file.path(), "length", file.lengthBytes(), "allocated",
        file.allocatedBytes()).line()).append('\n'));
    return text.toString();
  }

  public static Parsed<List<FileExtent>> parse(String artifact, String content, ParseLimits limits)
      throws NotThisFormat {
    Parsed<List<Fact>> facts = Fact.parseAll(artifact, content, limits);
    List<FileExtent> files = new ArrayList<>();
    List<Problem> problems = new ArrayList<>(facts.problems());
    for (Fact fact : facts.value()) {
      OptionalLong length = fact.number("length");
      OptionalLong allocated = fact.number("allocated");
      if (fact.text("path").isPresent() && length.orElse(-1) >= 0 && allocated.orElse(-1) >= 0) {
        files.add(new FileExtent(fact.text("path").get(), length.getAsLong(), allocated.getAsLong()));
      } else {
        problems.add(new Problem(artifact, "", "not a mapped file: '" + fact.line() + "'"));
      }
    }
    return new Parsed<>(files, problems);
  }
}
