package io.tare.formats.jvm;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.text.LineReader;
import io.tare.formats.text.Sizes;
import io.tare.model.jvm.JvmLayout;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The answer to {@code VM.flags}, with or without {@code -all}: facts {@code flag.<name>}. JDK 25 prints
 *
 * <pre>
 *    size_t MaxHeapSize                              = 67108864        {product} {command line}
 * </pre>
 */
public final class VmFlagsText {
  private VmFlagsText() {}

  public static Parsed<JvmLayout> parse(String artifact, String content, ParseLimits limits) throws NotThisFormat {
    LayoutBuilder layout = new LayoutBuilder("VM.flags", artifact, limits);
    FlagLines flags = new FlagLines();
    LineReader lines = new LineReader(content, limits);
    boolean any = false;
    while (lines.advance()) {
      layout.at(lines.where());
      any |= flags.accept(lines.line(), layout);
    }
    if (!any) {
      throw new NotThisFormat(artifact + " lists no flag");
    }
    return layout.build();
  }

  /**
   * Flags, as the command line gives them ({@code -XX:+UseG1GC -XX:MaxMetaspaceSize=64m}) and as the table of all flags
   * prints them. Values that could hold more than a setting, paths and commands, are left out.
   */
  static final class FlagLines implements Lines {
    private static final Pattern TABLE = Pattern.compile(
        " *(?:bool|u?int|u?intx|u?int64_t|size_t|double|ccstr|ccstrlist) +(\\w+) +:?= *([^{ ]*) *\\{.*");
    private static final Pattern OPTION = Pattern.compile("-XX:(?:([+-])(\\w+)|(\\w+)=(\\S*))(?= |$)");
    private static final Pattern SETTING = Pattern.compile("[\\w.+-]{1,64}");

    @Override
    public boolean accept(String line, LayoutBuilder layout) {
      Matcher row = TABLE.matcher(line);
      if (row.matches()) {
        set(row.group(1), row.group(2), layout);
        return true;
      }
      if (!line.startsWith("jvm_args:") && !line.startsWith("-XX:")) {
        return false;
      }
      Matcher options = OPTION.matcher(line);
      while (options.find()) {
        boolean toggle = options.group(1) != null;
        set(toggle ? options.group(2) : options.group(3),
            toggle ? Boolean.toString(options.group(1).equals("+")) : options.group(4), layout);
      }
      return true;
    }

    private static void set(String name, String value, LayoutBuilder layout) {
      if (!SETTING.matcher(value).matches()) {
        return;
      }
      boolean startsWithDigit = Character.isDigit(value.charAt(0));
      OptionalLong number = startsWithDigit && value.indexOf('.') < 0 ? Sizes.bytes(value) : OptionalLong.empty();
      layout.fact(FactKeys.FLAG + name, number.isPresent() ? Long.toString(number.getAsLong()) : value);
      if (value.equals("true") && !layout.has(FactKeys.COLLECTOR)) {
        layout.fact(FactKeys.COLLECTOR, Collectors.ofFlag(name));
      }
    }
  }
}
