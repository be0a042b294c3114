package io.tare.cases.faults.classes;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** The few instructions that generated methods are made of; none of them branches, so no stack maps are needed. */
final class Bytecode {
  private static final int SIPUSH = 0x11;
  private static final int ILOAD_0 = 0x1a;
  private static final int ILOAD_1 = 0x1b;
  private static final int ALOAD_0 = 0x2a;
  private static final int IADD = 0x60;
  private static final int IMUL = 0x68;
  private static final int IRETURN = 0xac;
  private static final int RETURN = 0xb1;
  private static final int INVOKESPECIAL = 0xb7;
  private static final int INVOKESTATIC = 0xb8;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);

  /** {@code super(); return;} */
  static byte[] constructor(int superConstructor) throws IOException {
    Bytecode code = new Bytecode();
    code.out.writeByte(ALOAD_0);
    code.call(INVOKESPECIAL, superConstructor);
    code.out.writeByte(RETURN);
    return code.bytes.toByteArray();
  }

  /** {@code return x * a + b …}, with so many terms, no two methods the same. */
  static byte[] arithmetic(int terms, int seed) throws IOException {
    Bytecode code = new Bytecode();
    code.out.writeByte(ILOAD_0);
    for (int i = 0; i < terms; i++) {
      code.constant(seed * 31 + i * 7 + 3, IMUL);
      code.constant(seed * 17 + i * 5 + 1, IADD);
    }
    code.out.writeByte(IRETURN);
    return code.bytes.toByteArray();
  }

  /** {@code return m2(m1(m0(x)))…}: one call of every method. */
  static byte[] callAll(int[] methods) throws IOException {
    Bytecode code = new Bytecode();
    code.out.writeByte(ILOAD_1);
    for (int method : methods) {
      code.call(INVOKESTATIC, method);
    }
    code.out.writeByte(IRETURN);
    return code.bytes.toByteArray();
  }

  private void constant(int value, int instruction) throws IOException {
    out.writeByte(SIPUSH);
    out.writeShort((value & 0x7ffe) + 1);
    out.writeByte(instruction);
  }

  private void call(int instruction, int method) throws IOException {
    out.writeByte(instruction);
    out.writeShort(method);
  }
}
