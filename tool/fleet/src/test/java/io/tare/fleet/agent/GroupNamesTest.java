package io.tare.fleet.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the names of control groups tell, in every way in which nodes write them. */
class GroupNamesTest {
  private static final String ID = "4f5e0a1b2c3d4e5f60718293a4b5c6d7e8f90123456789abcdef0123456789ab";

  @Test
  void aPodUnderSystemd() {
    GroupNames names = GroupNames.of("0::/kubepods.slice/kubepods-burstable.slice/"
        + "kubepods-burstable-pod1f2a3b4c_5d6e_7f80_9a0b_1c2d3e4f5a6b.slice/cri-containerd-" + ID + ".scope\n");
    assertThat(names.podUid()).contains("1f2a3b4c-5d6e-7f80-9a0b-1c2d3e4f5a6b");
    assertThat(names.containerId()).contains(ID);
    assertThat(names.isBurstable()).isTrue();
    assertThat(names.unit()).as("a container's slice is no unit of the node").isEmpty();
  }

  @Test
  void aPodUnderGroupsOfTheKubeletsOwnAndOneWithoutRequests() {
    GroupNames names = GroupNames.of("0::/kubepods/pod1f2a3b4c-5d6e-7f80-9a0b-1c2d3e4f5a6b/" + ID);
    assertThat(names.podUid()).contains("1f2a3b4c-5d6e-7f80-9a0b-1c2d3e4f5a6b");
    assertThat(names.containerId()).contains(ID);
    assertThat(names.isBurstable()).isFalse();
  }

  @Test
  void aPodOfAFileHasAUidWithoutDashes() {
    assertThat(GroupNames.of("0::/kubepods/burstable/pod1f2a3b4c5d6e7f809a0b1c2d3e4f5a6b/" + ID).podUid())
        .contains("1f2a3b4c5d6e7f809a0b1c2d3e4f5a6b");
  }

  @Test
  void seenFromAContainerThePathBeginsSomewhereElse() {
    GroupNames names = GroupNames.of("0::/../../kubepods-besteffort.slice/"
        + "kubepods-besteffort-pod1f2a3b4c_5d6e_7f80_9a0b_1c2d3e4f5a6b.slice/crio-" + ID + ".scope");
    assertThat(names.podUid()).contains("1f2a3b4c-5d6e-7f80-9a0b-1c2d3e4f5a6b");
    assertThat(names.containerId()).contains(ID);
  }

  @Test
  void containersWithoutPods() {
    assertThat(GroupNames.of("0::/docker/" + ID).containerId()).contains(ID);
    assertThat(GroupNames.of("0::/system.slice/docker-" + ID + ".scope").containerId()).contains(ID);
    assertThat(GroupNames.of("0::/machine.slice/libpod-" + ID + ".scope/container").containerId()).contains(ID);
    assertThat(GroupNames.of("0::/docker/" + ID).podUid()).isEmpty();
  }

  @Test
  void ofSeveralHierarchiesTheOneOfMemoryCounts() {
    GroupNames names = GroupNames
        .of("12:pids:/other\n4:memory:/docker/" + ID + "\n1:name=systemd:/x.service\n0::/y.service\n");
    assertThat(names.containerId()).contains(ID);
    assertThat(names.path()).isEqualTo("/docker/" + ID);
  }

  @Test
  void aUnitOfSystemdTheInnermost() {
    assertThat(GroupNames.of("0::/system.slice/orders.service").unit()).contains("orders.service");
    assertThat(GroupNames.of("0::/user.slice/user-1000.slice/user@1000.service/app.slice/billing.service/x").unit())
        .contains("billing.service");
  }

  @Test
  void whatLooksLikeAPodOutsideOfPodsIsNone() {
    GroupNames names = GroupNames.of("0::/user.slice/pod1f2a3b4c-5d6e-7f80-9a0b-1c2d3e4f5a6b/x");
    assertThat(names).isEqualTo(new GroupNames("/user.slice/pod1f2a3b4c-5d6e-7f80-9a0b-1c2d3e4f5a6b/x",
        java.util.Optional.empty(), java.util.Optional.empty(), java.util.Optional.empty(), false));
    assertThat(GroupNames.of("")).isEqualTo(GroupNames.NONE);
  }
}
