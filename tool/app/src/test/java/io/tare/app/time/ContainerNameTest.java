package io.tare.app.time;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ContainerNameTest {
  private static final String ID = "4f5e6d7c8b9a" + "0123456789abcdef".repeat(3) + "0123";
  private static final String OTHER = "aaaaaaaaaaaa" + "f".repeat(52);

  @Test
  void theGroupsOfEachContainerRuntimeNameTheContainer() {
    assertThat(ContainerName.in("0::/system.slice/docker-" + ID + ".scope\n")).isEqualTo("4f5e6d7c8b9a");
    assertThat(ContainerName.in("5:memory:/docker/" + ID + "\n4:cpu:/docker/" + ID + "\n")).isEqualTo("4f5e6d7c8b9a");
    assertThat(ContainerName.in("0::/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod1234.slice/"
        + "cri-containerd-" + ID + ".scope\n")).isEqualTo("4f5e6d7c8b9a");
    assertThat(ContainerName.in("0::/machine.slice/libpod-" + ID + ".scope/container\n")).isEqualTo("4f5e6d7c8b9a");
  }

  @Test
  void ofContainersInContainersItIsTheInnermost() {
    assertThat(ContainerName.in("0::/docker/" + OTHER + "/docker/" + ID + "\n")).isEqualTo("4f5e6d7c8b9a");
  }

  @Test
  void whatIsInNoContainerHasNoName() {
    assertThat(ContainerName.in("0::/user.slice/user-1000.slice/session-2.scope\n")).isEmpty();
    assertThat(ContainerName.in("0::/docker/" + ID + "0\n")).as("too long for an id").isEmpty();
    assertThat(ContainerName.in("")).isEmpty();
    assertThat(ContainerName.of(Long.MAX_VALUE)).isEmpty();
  }
}
