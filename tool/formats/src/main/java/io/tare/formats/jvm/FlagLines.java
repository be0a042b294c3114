package io.tare.formats.jvm;

import io.tare.formats.text.Sizes;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Flags, as the command line gives them ({@code -XX:+UseG1GC -XX:MaxMetaspaceSize=64m}) and as the table of all flags
 * prints them. Values that could hold more than a setting, paths and commands, are left out.
 */
final class FlagLines implements Lines {
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
