package io.tare.formats.profile.jfr;

import io.tare.formats.NotThisFormat;
import io.tare.formats.profile.jfr.JfrTypes.JfrField;
import io.tare.formats.profile.jfr.JfrTypes.JfrType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A chunk of a flight recording, read: of each event that counts, how often it came and with how many bytes, by the chunk's own numbers of
 * stacks, classes and threads; and the tables that say what these are. It needs no other chunk.
 */
record JfrChunk(JfrTables tables, JfrFrames frames, List<Count> counts) {
  private static final int HEAD_BYTES = 68;
  private static final int MAGIC = 0x464c5200;

  /** Where a chunk lies, and in it its last tables and its types. */
  record Head(long at, long size, long tables, long types) {
    long end() {
      return at + size;
    }
  }

  /**
   * The counts of one kind of event.
   *
   * @param type in which table the classes are; nothing where they are not asked after
   * @param thread in which table the threads are
   */
  record Count(JfrEvent event, long type, long thread, JfrSites sites) {}

  /** Whether the file can have a chunk there. */
  static boolean isAt(long at, JfrSource source) {
    return at + HEAD_BYTES <= source.bytes();
  }

  static Head head(JfrInput in, String artifact, long at) throws NotThisFormat {
    if (in.bigEndian(at, 4) != MAGIC) {
      throw in.torn();
    }
    if (in.bigEndian(at + 4, 2) != 2) {
      throw new NotThisFormat(artifact + " is a flight recording of version " + in.bigEndian(at + 4, 2)
          + "; version 2, of JDK 11 and later, is read");
    }
    long size = in.bigEndian(at + 8, Long.BYTES);
    long tables = in.bigEndian(at + 16, Long.BYTES);
    long types = in.bigEndian(at + 24, Long.BYTES);
    if (size < HEAD_BYTES || size > in.size() - at || types < HEAD_BYTES || types >= size || tables < HEAD_BYTES
        || tables >= size) {
      throw new NotThisFormat(artifact + " is torn, or still being written: its part at byte " + at + " has no end");
    }
    if ((in.bigEndian(at + 64, 4) & 1) == 0) {
      throw new NotThisFormat(artifact + " has numbers that are not compressed, which is not read");
    }
    return new Head(at, size, tables, types);
  }

  /** Events first: then of the tables only that is kept to which they refer. */
  static JfrChunk read(JfrInput in, Head head, Predicate<String> tags) throws NotThisFormat {
    in.go(head.at() + head.types(), head.end());
    JfrTypes types = JfrTypes.read(in);
    List<Plan> plans = events(in, head, types, tags);
    JfrTables tables = new JfrTables(types);
    JfrFrames frames = new JfrFrames(types,
        plans.stream().mapToLong(Plan::stackType).filter(type -> type != 0).findFirst().orElse(0));
    tables.want(frames.methodType());
    for (Plan plan : plans) {
      tables.want(plan.typeOf(Plan.TYPE));
      tables.want(plan.typeOf(Plan.THREAD));
      for (int site = 0; site < plan.sites.size(); site++) {
        frames.want(plan.sites.stack(site));
      }
    }
    tables.read(in, head.at(), head.tables(), head.end(), frames);
    return new JfrChunk(tables, frames, plans.stream()
        .map(plan -> new Count(plan.event, plan.typeOf(Plan.TYPE), plan.typeOf(Plan.THREAD), plan.sites)).toList());
  }

  private static List<Plan> events(JfrInput in, Head head, JfrTypes types, Predicate<String> tags)
      throws NotThisFormat {
    List<Optional<Plan>> plans = new ArrayList<>();
    JfrNumbering kinds = new JfrNumbering();
    in.go(head.at() + HEAD_BYTES, head.end());
    while (in.hasMore()) {
      long begin = in.at();
      long length = in.number();
      if (length <= 0 || length > head.end() - begin) {
        throw in.torn();
      }
      long kind = in.number();
      int number = kinds.add(kind);
      if (number == plans.size()) {
        plans.add(Plan.of(types.type(kind), types, tags));
      }
      if (plans.get(number).isPresent()) {
        plans.get(number).get().count(in);
      }
      in.go(begin + length, head.end());
    }
    return plans.stream().flatMap(Optional::stream).toList();
  }

  /** How an event is read: member by member, up to the last that is wanted. */
  private static final class Plan {
    private static final int BYTES = 1;
    private static final int STACK = 2;
    private static final int TYPE = 3;
    private static final int THREAD = 4;

    private final JfrEvent event;
    private final JfrTypes types;
    private final List<JfrField> fields;
    /** Of each member what it is; nothing of those that are passed over. */
    private final int[] roles;
    private final boolean areNumbers;
    private final long[] members = new long[THREAD + 1];
    private final JfrSites sites = new JfrSites();

    static Optional<Plan> of(@Nullable JfrType type, JfrTypes types, Predicate<String> tags) {
      return type == null
          ? Optional.empty()
          : JfrEvent.of(type.name()).map(event -> new Plan(event, type, types, tags));
    }

    private Plan(JfrEvent event, JfrType type, JfrTypes types, Predicate<String> tags) {
      this.event = event;
      this.types = types;
      int[] all = new int[type.fields().size()];
      int last = -1;
      for (int i = 0; i < all.length; i++) {
        all[i] = types.isNumber(type.fields().get(i)) ? role(type.fields().get(i).name(), tags) : 0;
        last = all[i] == 0 ? last : i;
      }
      this.fields = type.fields().subList(0, last + 1);
      this.roles = Arrays.copyOf(all, last + 1);
      this.areNumbers = fields.stream().allMatch(types::isNumber);
    }

    private int role(String member, Predicate<String> tags) {
      if (member.equals(event.bytes)) {
        return BYTES;
      }
      if (member.equals("stackTrace")) {
        return STACK;
      }
      if (member.equals(event.member()) && tags.test("type")) {
        return TYPE;
      }
      return member.equals("eventThread") && tags.test("thread") ? THREAD : 0;
    }

    /** In which table a member's entries are; nothing where there is no such member. */
    private long typeOf(int role) {
      for (int i = 0; i < roles.length; i++) {
        if (roles[i] == role) {
          return fields.get(i).type();
        }
      }
      return 0;
    }

    private long stackType() {
      return typeOf(STACK);
    }

    private void count(JfrInput in) throws NotThisFormat {
      for (int i = 0; i < roles.length; i++) {
        if (areNumbers || types.isNumber(fields.get(i))) {
          members[roles[i]] = in.number();
        } else {
          types.pass(in, fields.get(i));
        }
      }
      sites.add(members[STACK], members[TYPE], members[THREAD], 1, Math.max(0, members[BYTES]));
    }
  }
}
