package io.tare.capture.attach;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnswerScrubTest {
  private static final String INFO = """
      4711:
      # JRE version: OpenJDK Runtime Environment (25.0.3+9)
      ---------------  S U M M A R Y ------------

      Command Line: -Dpassword=swordfish Shop

      Host: shop-7, Some Processor, 2 cores
      Time: Sat Nov 21 05:05:46 2026 UTC elapsed time: 1.695137 seconds (0d 0h 0m 1s)

      ---------------  P R O C E S S  ---------------

      Heap address: 0x00000000fc000000, size: 64 MB, Compressed Oops mode: 32-bit

      Heap:
       garbage-first heap   total reserved 65536K, committed 65536K, used 12430K [0xfc000000, 0x100000000)

      Card table byte_map: [0x00007f74aae42000,0x00007f74aae62000] _byte_map_base: 0x00007f74aa662000

      Compilation events (1 events):
      Event: 0.1 Thread 0x1 nmethod 1 com.example.Secret::run

      GC Heap Usage History (1 events):
      Event: 0.084 {heap Before GC invocations=0 (full 0):
       garbage-first heap   total reserved 65536K

      }
      Classes loaded (1 events):
      Event: 0.1 Loading class com/example/Secret

      Dynamic libraries:
      7f74aae42000-7f74aae62000 r-xp 00000000 fe:00 1 /home/joe/libsecret.so

      VM Arguments:
      java_command: Shop --password=swordfish

      Environment Variables:
      PASSWORD=swordfish

      ---------------  S Y S T E M  ---------------

      uname: Linux shop-7 6.18
      libc: glibc 2.36 NPTL 2.36
      C-Heap outstanding allocations: 12699K, retained: 1732K
      """;

  @Test
  void whatDescribesMemoryIsKept() {
    assertThat(VmInfoScrub.scrub(INFO)).contains("# JRE version", "Heap address: 0x00000000fc000000",
        "Heap:\n garbage-first",
        "Card table byte_map", "GC Heap Usage History", "heap Before GC", "C-Heap outstanding allocations: 12699K",
        "P R O C E S S", "libc: glibc 2.36");
  }

  @Test
  void whatTellsOfTheProgramItsUserAndItsMachineIsLeftOut() {
    assertThat(VmInfoScrub.scrub(INFO)).doesNotContain("swordfish", "shop-7", "joe", "Secret", "Shop", "4711:");
  }
}
