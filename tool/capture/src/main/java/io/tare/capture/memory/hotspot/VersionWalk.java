package io.tare.capture.memory.hotspot;

/** The JVM's version, as {@code 17.0.15+6-Debian-1deb12u1}. */
final class VersionWalk {
  private VersionWalk() {}

  static void walk(Vm vm, Layout layout) throws Unreadable {
    long release = vm.staticWord("Abstract_VM_Version._s_vm_release", "VM_Version._s_vm_release");
    layout.fact("version", vm.text(release));
  }
}
