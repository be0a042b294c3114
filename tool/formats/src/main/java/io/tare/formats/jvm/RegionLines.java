package io.tare.formats.jvm;

import io.tare.formats.text.Addresses;
import io.tare.formats.text.Numbers;
import io.tare.model.jvm.JvmRegion.Purpose;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The region tables of G1 and Shenandoah. JDK 17 prints
 *
 * <pre>
 * |  10|0x00000000fca00000, 0x00000000fcaeac98, 0x00000000fcb00000| 91%| O|  |TAMS 0x00000000fca00000, …
 * |    2|R  |BTE     fc080000,     fc0bf848,     fc0c0000|TAMS     fc080000|UWM     fc080000|U   254K|T   214K|G    …
 * </pre>
 *
 * JDK 25 adds columns to both. The words for the letters are the tables' own.
 */
final class RegionLines implements Lines {
  private static final Pattern G1 = Pattern.compile(
      "\\| *\\d+\\|0x[0-9a-f]+, 0x[0-9a-f]+, 0x[0-9a-f]+\\| *\\d+%\\| ?(\\w+) *\\|.*");
  private static final Pattern SHENANDOAH = Pattern
      .compile("\\| *\\d+\\|(\\w+) *\\|(?:([A-Z]) *\\|)?BTE +([0-9a-f]+), +([0-9a-f]+), +([0-9a-f]+)\\|.*");

  private static final Map<String, String> G1_ROLES = Map.of("E", "eden", "S", "survivor", "O", "old", "HS",
      "humongous start", "HC", "humongous continues", "F", "free", "OA", "open archive", "CA", "closed archive");

  private static final Map<String, String> SHENANDOAH_ROLES = Map.ofEntries(Map.entry("EU", "empty uncommitted"),
      Map.entry("EC", "empty committed"), Map.entry("R", "regular"),
      Map.entry("H", "humongous start"), Map.entry("HP", "pinned humongous start"),
      Map.entry("HC", "humongous continuation"), Map.entry("CS", "collection set"), Map.entry("TR", "trash"),
      Map.entry("P", "pinned"), Map.entry("CSP", "pinned collection set"));

  @Override
  public boolean accept(String line, LayoutBuilder layout) {
    if (!line.startsWith("|")) {
      return false;
    }
    boolean isShenandoah = line.contains("|BTE ");
    Matcher row = isShenandoah ? SHENANDOAH.matcher(line) : G1.matcher(line);
    if (!row.matches()) {
      layout.problem("a region that is not understood: '" + line + "'");
    } else if (isShenandoah) {
      shenandoah(row, layout);
    } else {
      g1(row.group(1), Addresses.all(line), layout);
    }
    return true;
  }

  private static void g1(String letters, long[] addresses, LayoutBuilder layout) {
    String role = G1_ROLES.getOrDefault(letters, letters);
    if (addresses.length < 3) {
      layout.problem("a region without its three addresses");
      return;
    }
    layout.part(role, addresses[0], addresses[1], addresses[2]);
    if (role.endsWith("archive")) {
      layout.region(Purpose.HEAP_ARCHIVE, role, addresses[0], addresses[1]);
    }
  }

  private static void shenandoah(Matcher row, LayoutBuilder layout) {
    String role = SHENANDOAH_ROLES.getOrDefault(row.group(1), row.group(1));
    long bottom = Numbers.address(row.group(3)).orElse(0);
    long top = Numbers.address(row.group(4)).orElse(0);
    layout.part(role, bottom, top, Numbers.address(row.group(5)).orElse(0));
  }
}
