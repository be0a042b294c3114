package io.tare.formats.profile.jfr;

import io.tare.formats.NotThisFormat;
import io.tare.formats.profile.jfr.JfrTypes.JfrType;
import io.tare.model.profile.Profile.Frame;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The call stacks of one chunk that its events refer to. Stacks are by far the most of a chunk's tables: of those that nobody refers to
 * nothing is kept, of the others a few numbers a frame.
 */
final class JfrFrames {
  private static final int DEEPEST_STACK = 2048;
  private static final int MOST_FRAMES = 50_000_000;
  private static final int METHOD = 1;
  private static final int LINE = 2;

  private final JfrTypes types;
  private final long type;
  private final @Nullable JfrType known;
  private final @Nullable JfrType frame;
  private final int list;
  /** Of each member of a frame, what it is. */
  private final int[] roles;
  /** By the stacks' ids, those that are wanted; of each, where its frames begin and end. */
  private final JfrNumbering ids = new JfrNumbering();
  private int[] begins = new int[64];
  private int[] ends = new int[64];
  private int[] framesOfAll = new int[1 << 12];
  private int size;
  private final JfrPlaces places = new JfrPlaces();

  /** @param type what the events' stacks are */
  JfrFrames(JfrTypes types, long type) {
    this.types = types;
    this.type = type;
    this.known = types.type(type);
    this.list = known == null ? -1 : known.indexOf("frames").orElse(-1);
    this.frame = known == null || list < 0 ? null : types.type(known.fields().get(list).type());
    boolean isReadable = frame != null && known != null && known.fields().get(list).isArray()
        && !known.fields().get(list).isInTable() && !frame.fields().isEmpty()
        && frame.fields().stream().allMatch(types::isNumber) && frame.indexOf("method").isPresent();
    this.roles = new int[isReadable && frame != null ? frame.fields().size() : 0];
    if (isReadable && frame != null) {
      roles[frame.indexOf("method").orElseThrow()] = METHOD;
      frame.indexOf("lineNumber").ifPresent(line -> roles[line] = LINE);
    }
  }

  /** What the methods of the frames are; nothing where stacks have no form that is known. */
  long methodType() {
    return frame == null || roles.length == 0 ? 0 : frame.fields().get(frame.indexOf("method").orElseThrow()).type();
  }

  boolean isOf(long table) {
    return table == type && roles.length > 0;
  }

  void want(long stack) {
    int number = ids.add(stack);
    if (number >= begins.length) {
      begins = Arrays.copyOf(begins, 2 * number);
      ends = Arrays.copyOf(ends, 2 * number);
    }
  }

  /** Reads the entries of a table of stacks. */
  void read(JfrInput in, int entries) throws NotThisFormat {
    for (int entry = 0; entry < entries; entry++) {
      int stack = ids.find(in.number());
      for (int i = 0; known != null && i < known.fields().size(); i++) {
        if (i != list) {
          types.pass(in, known.fields().get(i));
        } else if (stack >= 0 && ends[stack] == 0) {
          frames(in, stack);
        } else {
          in.passNumbers((long) in.count() * roles.length);
        }
      }
    }
  }

  private void frames(JfrInput in, int stack) throws NotThisFormat {
    int count = in.count();
    int taken = Math.min(count, DEEPEST_STACK);
    if (size + taken > MOST_FRAMES) {
      throw in.tooMuch(MOST_FRAMES + " frames");
    }
    if (size + taken > framesOfAll.length) {
      framesOfAll = Arrays.copyOf(framesOfAll, Math.max(size + taken, 2 * framesOfAll.length));
    }
    begins[stack] = size;
    long[] members = new long[LINE + 1];
    for (int at = 0; at < taken; at++) {
      for (int role : roles) {
        members[role] = in.number();
      }
      framesOfAll[size++] = places.add(members[METHOD], Math.max(0, (int) members[LINE]));
    }
    ends[stack] = size;
    in.passNumbers((long) (count - taken) * roles.length);
  }

  /** The stacks' numbers among those of all chunks, by the order in which they were wanted. */
  int[] numbers(JfrStacks all, JfrTables tables) {
    int[] frames = new int[places.size()];
    for (int place = 0; place < frames.length; place++) {
      frames[place] = all.frame(tables.frame(methodType(), places.method(place), places.line(place)));
    }
    for (int i = 0; i < size; i++) {
      framesOfAll[i] = frames[framesOfAll[i]];
    }
    int[] nobodys = {all.frame(new Frame("not told", "", 0))};
    int[] numbers = new int[ids.size()];
    for (int stack = 0; stack < numbers.length; stack++) {
      numbers[stack] = ends[stack] == begins[stack]
          ? all.stack(nobodys, 0, 1)
          : all.stack(framesOfAll, begins[stack], ends[stack]);
    }
    return numbers;
  }

  /** Of a stack that was wanted, the how manieth it was. */
  int number(long stack) {
    return ids.find(stack);
  }
}
