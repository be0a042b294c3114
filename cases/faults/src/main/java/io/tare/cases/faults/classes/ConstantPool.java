package io.tare.cases.faults.classes;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** The constants of a class file that is being written; each is written once. */
final class ConstantPool {
  private static final int UTF8 = 1;
  private static final int CLASS = 7;
  private static final int METHOD = 10;
  private static final int NAME_AND_TYPE = 12;
  private final Map<String, Integer> indexes = new HashMap<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);

  int utf8(String text) throws IOException {
    Integer known = indexes.get(text);
    if (known != null) {
      return known;
    }
    out.writeByte(UTF8);
    out.writeUTF(text);
    return added(text);
  }

  int type(String name) throws IOException {
    int nameIndex = utf8(name);
    return pair(CLASS, nameIndex, 0);
  }

  int method(String owner, String name, String descriptor) throws IOException {
    int ownerIndex = type(owner);
    int nameAndType = pair(NAME_AND_TYPE, utf8(name), utf8(descriptor));
    return pair(METHOD, ownerIndex, nameAndType);
  }

  private int pair(int tag, int first, int second) throws IOException {
    String key = tag + "\0" + first + "\0" + second;
    Integer known = indexes.get(key);
    if (known != null) {
      return known;
    }
    out.writeByte(tag);
    out.writeShort(first);
    if (tag != CLASS) {
      out.writeShort(second);
    }
    return added(key);
  }

  private int added(String key) {
    indexes.put(key, indexes.size() + 1);
    return indexes.size();
  }

  void writeTo(DataOutputStream classFile) throws IOException {
    classFile.writeShort(indexes.size() + 1);
    bytes.writeTo(classFile);
  }
}
