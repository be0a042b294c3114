package io.tare.capture.memory.go;

import io.tare.capture.memory.ProcessMemory;
import io.tare.capture.memory.go.GoVariables.Stretch;
import io.tare.model.AddressRange;
import io.tare.model.profile.Profile.Frame;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Names for code addresses, from the table of functions (pclntab) that every Go program carries, stripped or not. It is found through
 * {@code runtime.firstmoduledata}: a variable that begins with a pointer to the table, then six slices of it, then the code's bounds.
 */
final class GoFunctions {
  private static final long MAGIC = 0xffff_fff1L;
  /** Go 1.18 and 1.19. */
  private static final long OLD_MAGIC = 0xffff_fff0L;
  private static final int MODULE_BYTES = 32 * Long.BYTES;
  private static final int MOST_FUNCTIONS = 1 << 24;
  private static final int LONGEST_NAME = 512;
  private static final int MOST_CACHED = 1 << 18;

  // of a function's description
  private static final int NAME_AT = 4;
  private static final int FILE_AT = 20;
  private static final int LINE_AT = 24;
  private static final int TABLES_AT = 28;
  private static final int UNIT_AT = 32;
  private static final int INLINED = 2;
  private static final int INLINE_TREE = 3;
  private static final long NONE = 0xffff_ffffL;

  private final ProcessMemory memory;
  private final long[] module;
  private final boolean old;
  private final long treesAt;
  private final Map<Long, Optional<Frame>> known = new HashMap<>();

  private GoFunctions(ProcessMemory memory, long[] module, boolean old, long treesAt) {
    this.memory = memory;
    this.module = module;
    this.old = old;
    this.treesAt = treesAt;
  }

  /** @param minor the program was built by Go 1.{@code minor} */
  static Optional<GoFunctions> find(GoVariables variables, int minor) {
    return variables.first(MODULE_BYTES, (stretch, at) -> at(variables.memory(), stretch, at, minor));
  }

  private static Optional<GoFunctions> at(ProcessMemory memory, Stretch words, int at, int minor) {
    for (int slice = 1; slice <= 16; slice += 3) {
      long length = words.word(at + (slice + 1) * Long.BYTES);
      if (length <= 0 || length != words.word(at + (slice + 2) * Long.BYTES)) {
        return Optional.empty();
      }
    }
    long[] module = new long[MODULE_BYTES / Long.BYTES];
    for (int i = 0; i < module.length; i++) {
      module[i] = words.word(at + i * Long.BYTES);
    }
    boolean inOrder = module[22] > 0 && module[22] <= module[20] && module[20] < module[21] && module[26] <= module[27]
        && module[24] <= module[25]
        && module[17] < MOST_FUNCTIONS;
    long magic = inOrder ? memory.u32(module[0]).orElse(0) : 0;
    if (magic != MAGIC && magic != OLD_MAGIC) {
      return Optional.empty();
    }
    boolean old = magic == OLD_MAGIC;
    int treesWord = old ? 38 : minor < 27 ? 40 : 43;
    return memory.u64(words.start() + at + (long) treesWord * Long.BYTES).stream()
        .mapToObj(trees -> new GoFunctions(memory, module, old, trees)).findFirst();
  }

  boolean isCode(long address) {
    return address >= module[20] && address <= module[21];
  }

  /** Variables that began with a value. */
  AddressRange data() {
    return new AddressRange(module[26], module[27]);
  }

  /** As {@link #data}, of variables without pointers. */
  AddressRange plainData() {
    return new AddressRange(module[24], module[25]);
  }

  /** What stands at the address in the source; of functions that were inlined, the innermost. */
  Optional<Frame> frame(long address) {
    return known.size() < MOST_CACHED ? known.computeIfAbsent(address, this::look) : look(address);
  }

  /** Whether a function begins here. */
  boolean isEntry(long address) {
    int index = indexOf(address);
    return index >= 0 && entry(index) == address;
  }

  /** The name of the function that holds the address, whatever was inlined there. */
  Optional<String> function(long address) {
    int index = indexOf(address);
    return index < 0 ? Optional.empty() : name(memory.u32(description(index) + NAME_AT).orElse(NONE));
  }

  /** The bounds of a function's code, by its name. */
  Optional<AddressRange> code(String function) {
    for (int i = 0; i < module[17] - 1 && !memory.budgetExceeded(); i++) {
      long nameAt = memory.u32(description(i) + NAME_AT).orElse(NONE);
      if (nameAt != NONE && name(nameAt, function.length() + 1).filter(function::equals).isPresent()) {
        return Optional.of(new AddressRange(entry(i), Math.max(entry(i), entry(i + 1))));
      }
    }
    return Optional.empty();
  }

  private Optional<Frame> look(long address) {
    int index = indexOf(address);
    if (index < 0) {
      return Optional.empty();
    }
    long function = description(index);
    long entry = entry(index);
    Optional<String> name = inlined(function, entry, address)
        .or(() -> name(memory.u32(function + NAME_AT).orElse(NONE)));
    long line = value(memory.u32(function + LINE_AT).orElse(0), entry, address);
    return name.map(known -> new Frame(known, file(function, entry, address), Math.max(0, line)));
  }

  private Optional<String> inlined(long function, long entry, long address) {
    int head = old ? 40 : 44;
    long tables = memory.u32(function + TABLES_AT).orElse(0);
    long more = memory.u8(function + head - 1).orElse(0);
    if (tables <= INLINED || more <= INLINE_TREE) {
      return Optional.empty();
    }
    long tree = memory.u32(function + head + (tables + INLINE_TREE) * Integer.BYTES).orElse(NONE);
    long node = tree == NONE
        ? -1
        : value(memory.u32(function + head + INLINED * Integer.BYTES).orElse(0), entry, address);
    if (node < 0) {
      return Optional.empty();
    }
    long nameAt = treesAt + tree + (old ? node * 20 + 12 : node * 16 + 4);
    return name(memory.u32(nameAt).orElse(NONE));
  }

  private String file(long function, long entry, long address) {
    long number = value(memory.u32(function + FILE_AT).orElse(0), entry, address);
    long unit = memory.u32(function + UNIT_AT).orElse(NONE);
    long offset = number < 0 || unit == NONE ? NONE : memory.u32(module[4] + (unit + number) * 4).orElse(NONE);
    return offset == NONE || offset >= module[8] ? "" : text(module[7] + offset, LONGEST_NAME).orElse("");
  }

  private Optional<String> name(long offset) {
    return name(offset, LONGEST_NAME);
  }

  private Optional<String> name(long offset, int most) {
    return offset >= module[2] ? Optional.empty() : text(module[1] + offset, most).filter(name -> !name.isEmpty());
  }

  /** Text of the target, cut, without what is not to be printed. */
  private Optional<String> text(long address, int most) {
    return memory.cString(address, most)
        .map(bytes -> new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)
            .replaceAll("\\p{Cntrl}", "?"));
  }

  private long entry(int index) {
    return module[22] + memory.u32(module[16] + index * 8L).orElse(0);
  }

  private long description(int index) {
    return module[13] + memory.u32(module[16] + index * 8L + 4).orElse(0);
  }

  private int indexOf(long address) {
    if (!isCode(address)) {
      return -1;
    }
    int low = 0;
    int high = (int) module[17] - 2;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (entry(middle) <= address) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return high;
  }

  /** The value at an address, from a table of steps: a change of the value, and for how many bytes of code it holds; -1 where none is. */
  private long value(long table, long entry, long address) {
    if (table <= 0 || table >= module[11]) {
      return -1;
    }
    Steps steps = new Steps(memory, module[10] + table, module[10] + module[11]);
    long code = entry;
    long value = -1;
    for (boolean first = true;; first = false) {
      long change = steps.next();
      if (change < 0 || (change == 0 && !first)) {
        return -1;
      }
      value += (change & 1) != 0 ? -((change + 1) >>> 1) : change >>> 1;
      long length = steps.next();
      if (length < 0) {
        return -1;
      }
      code += length;
      if (address < code) {
        return value;
      }
    }
  }

  /** Numbers of seven bits a byte. */
  private static final class Steps {
    private static final int WINDOW = 256;

    private final ProcessMemory memory;
    private final long end;
    private long from;
    private byte[] window = {};
    private int at;

    Steps(ProcessMemory memory, long from, long end) {
      this.memory = memory;
      this.from = from;
      this.end = end;
    }

    /** The next number; -1 at the end of what can be read. */
    long next() {
      long number = 0;
      for (int shift = 0; shift < 35; shift += 7) {
        if (at == window.length && !refill()) {
          return -1;
        }
        byte part = window[at++];
        number |= (part & 0x7fL) << shift;
        if (part >= 0) {
          return number;
        }
      }
      return -1;
    }

    private boolean refill() {
      from += window.length;
      window = memory.read(from, (int) Math.max(0, Math.min(WINDOW, end - from))).orElse(new byte[0]);
      at = 0;
      return window.length > 0;
    }
  }
}
