package io.tare.formats.profile.jfr;

import io.tare.formats.NotThisFormat;
import io.tare.formats.profile.jfr.JfrTypes.JfrField;
import io.tare.formats.profile.jfr.JfrTypes.JfrType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** One table of a chunk, of classes, methods, threads or texts: of each entry what names it, and to what it refers. */
final class JfrTable {
  private static final Set<String> NAMING = Set.of("type", "name", "javaName", "osName");
  private static final int NO_COLUMN = -1;

  private final JfrTypes types;
  /** Of each member, where it is kept; nothing of most. */
  private final int[] columns;
  private final List<JfrField> kept = new ArrayList<>();
  private final JfrType type;
  private final JfrNumbering ids = new JfrNumbering();
  /** Of each entry its members that are kept: a reference, or which of the texts. */
  private long[] values = new long[64];
  private final List<String> texts = new ArrayList<>();

  JfrTable(JfrTypes types, JfrType type) {
    this.types = types;
    this.type = type;
    this.columns = new int[type.fields().size()];
    for (int i = 0; i < columns.length; i++) {
      JfrField field = type.fields().get(i);
      boolean isKept = NAMING.contains(field.name())
          ? types.isNumber(field) || types.isText(field)
          : i == 0 && types.isText(field);
      columns[i] = isKept ? kept.size() : NO_COLUMN;
      if (columns[i] != NO_COLUMN) {
        kept.add(field);
      }
    }
    if (isOfTexts()) {
      kept.add(new JfrField("", type.id(), false, false));
    }
  }

  private boolean isOfTexts() {
    return type.id() == types.textType();
  }

  /** Whose entries are referred to from here. */
  List<Long> referred() {
    return kept.stream().filter(JfrField::isInTable).map(JfrField::type).toList();
  }

  void read(JfrInput in, int entries) throws NotThisFormat {
    for (int i = 0; i < entries; i++) {
      int first = ids.add(in.number()) * kept.size();
      if (first + kept.size() > values.length) {
        values = Arrays.copyOf(values, Math.max(2 * values.length, first + kept.size()));
      }
      if (isOfTexts()) {
        values[first] = text(in);
        continue;
      }
      for (int member = 0; member < columns.length; member++) {
        JfrField field = type.fields().get(member);
        if (columns[member] == NO_COLUMN) {
          types.pass(in, field);
        } else {
          values[first + columns[member]] = types.isText(field) ? text(in) : in.number();
        }
      }
    }
  }

  private int text(JfrInput in) throws NotThisFormat {
    texts.add(in.text());
    return texts.size() - 1;
  }

  /** To what a member of an entry refers; nothing where there is no such entry or member. */
  long reference(long id, String member) {
    int column = column(member);
    int entry = ids.find(id);
    return entry < 0 || column == NO_COLUMN || types.isText(kept.get(column))
        ? 0
        : values[entry * kept.size() + column];
  }

  /** A member that is a text in its place, or the entry that is one itself or begins with one; nothing where it is none. */
  String text(long id, String member) {
    int column = member.isEmpty() ? 0 : column(member);
    int entry = ids.find(id);
    return entry < 0 || column == NO_COLUMN || kept.size() <= column || !types.isText(kept.get(column))
        ? ""
        : texts.get((int) values[entry * kept.size() + column]);
  }

  /** Whether a member is a text in its place. */
  boolean isText(String member) {
    return column(member) != NO_COLUMN && types.isText(kept.get(column(member)));
  }

  /** The type of the entries to which a member refers; nothing where there is no such member. */
  long typeOf(String member) {
    return column(member) == NO_COLUMN ? 0 : kept.get(column(member)).type();
  }

  private int column(String member) {
    for (int i = 0; i < kept.size(); i++) {
      if (kept.get(i).name().equals(member)) {
        return i;
      }
    }
    return NO_COLUMN;
  }
}
