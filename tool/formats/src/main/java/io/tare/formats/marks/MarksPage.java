package io.tare.formats.marks;

import java.util.List;
import java.util.OptionalLong;

/**
 * The marks that a process keeps for others to read, oldest first.
 *
 * @param pid of the writer, in its own pid namespace
 * @param processStartMillis tells a recycled pid apart
 * @param droppedMarks how many found no room
 */
public record MarksPage(long pid, OptionalLong processStartMillis, long droppedMarks, List<PageMark> marks) {
  public MarksPage {
    marks = List.copyOf(marks);
  }
}
