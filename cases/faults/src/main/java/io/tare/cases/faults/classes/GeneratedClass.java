package io.tare.cases.faults.classes;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The class file of an {@code IntUnaryOperator} with so many static methods, all of which its one operation calls. */
record GeneratedClass(String name, int methods, int termsEach) {
  private static final int MAGIC = 0xcafebabe;
  private static final int JAVA_8 = 52;
  private static final int PUBLIC_SUPER = 0x21;
  private static final int PUBLIC = 0x1;
  private static final int PUBLIC_STATIC = 0x9;
  private static final String INT_TO_INT = "(I)I";
  private static final String NOTHING = "()V";

  byte[] bytes(int seed) {
    try {
      return write(seed);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
  }

  private byte[] write(int seed) throws IOException {
    ConstantPool pool = new ConstantPool();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    writeBody(new DataOutputStream(body), pool, seed);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(file);
    out.writeInt(MAGIC);
    out.writeInt(JAVA_8);
    pool.writeTo(out);
    body.writeTo(out);
    return file.toByteArray();
  }

  private void writeBody(DataOutputStream out, ConstantPool pool, int seed) throws IOException {
    out.writeShort(PUBLIC_SUPER);
    out.writeShort(pool.type(name));
    out.writeShort(pool.type("java/lang/Object"));
    out.writeShort(1);
    out.writeShort(pool.type("java/util/function/IntUnaryOperator"));
    out.writeShort(0);
    out.writeShort(methods + 2);
    int superConstructor = pool.method("java/lang/Object", "<init>", NOTHING);
    method(out, pool, new Signature(PUBLIC, "<init>", NOTHING), Bytecode.constructor(superConstructor));
    int[] calls = new int[methods];
    for (int i = 0; i < methods; i++) {
      calls[i] = pool.method(name, "m" + i, INT_TO_INT);
      method(out, pool, new Signature(PUBLIC_STATIC, "m" + i, INT_TO_INT),
          Bytecode.arithmetic(termsEach, seed * methods + i));
    }
    method(out, pool, new Signature(PUBLIC, "applyAsInt", INT_TO_INT), Bytecode.callAll(calls));
    out.writeShort(0);
  }

  private record Signature(int access, String name, String descriptor) {}

  private static void method(DataOutputStream out, ConstantPool pool, Signature signature, byte[] code)
      throws IOException {
    out.writeShort(signature.access);
    out.writeShort(pool.utf8(signature.name));
    out.writeShort(pool.utf8(signature.descriptor));
    out.writeShort(1);
    out.writeShort(pool.utf8("Code"));
    out.writeInt(code.length + 12);
    out.writeShort(2);
    out.writeShort(2);
    out.writeInt(code.length);
    out.write(code);
    out.writeShort(0);
    out.writeShort(0);
  }
}
