package io.tare.capture.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.capture.attach.AttachRefused.Reason;
import io.tare.capture.attach.AttachSafety.AttachFacts;
import io.tare.capture.attach.AttachSafety.AttachFacts.SocketState;
import io.tare.capture.attach.AttachSafety.Way;
import io.tare.capture.proc.Hsperfdata.AttachPermission;
import io.tare.capture.proc.ProcessIdentity;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class AttachSafetyTest {
  private static final long START = 777;
  private static final OptionalLong NOBODY_ELSE = OptionalLong.empty();
  private static final AttachFacts READY = facts(Optional.of(process('S', START)), SocketState.MISSING);

  private static ProcessIdentity process(char state, long start) {
    return new ProcessIdentity(4711, "java", state, 1, 0, start, 1, 1, "");
  }

  private static AttachFacts facts(Optional<ProcessIdentity> identity, SocketState socket) {
    return new AttachFacts(true, identity, true, true, false, Optional.of(AttachPermission.ALLOWED), socket,
        NOBODY_ELSE);
  }

  private static void assertRefused(AttachFacts facts, Reason reason) {
    assertThatThrownBy(() -> AttachSafety.decide(START, facts)).isInstanceOfSatisfying(AttachRefused.class,
        refused -> assertThat(refused.reason()).isEqualTo(reason));
  }

  @Test
  void aJvmThatMeetsEveryConditionIsSignalled() throws Exception {
    assertThat(AttachSafety.decide(START, READY)).isEqualTo(Way.SIGNAL);
  }

  @Test
  void aSocketThatExistsNeedsNeitherTheSignalNorItsConditions() throws Exception {
    AttachFacts started = new AttachFacts(true, READY.identity(), true, false, false, Optional.empty(),
        SocketState.PRESENT, NOBODY_ELSE);
    assertThat(AttachSafety.decide(START, started)).isEqualTo(Way.CONNECT);
  }

  @Test
  void eachMissingConditionIsARefusalOfItsOwn() {
    Optional<ProcessIdentity> me = READY.identity();
    assertRefused(
        new AttachFacts(false, me, true, true, false, Optional.of(AttachPermission.ALLOWED), SocketState.MISSING,
            NOBODY_ELSE),
        Reason.NOT_LIVE);
    assertRefused(
        new AttachFacts(true, me, false, true, false, Optional.of(AttachPermission.ALLOWED), SocketState.MISSING,
            NOBODY_ELSE),
        Reason.NOT_HOTSPOT);
    assertRefused(
        new AttachFacts(true, me, true, false, false, Optional.of(AttachPermission.ALLOWED), SocketState.MISSING,
            NOBODY_ELSE),
        Reason.SIGNAL_NOT_CAUGHT);
    assertRefused(
        new AttachFacts(true, me, true, true, false, Optional.of(AttachPermission.FORBIDDEN), SocketState.MISSING,
            NOBODY_ELSE),
        Reason.DISABLED);
    assertRefused(
        new AttachFacts(true, me, true, true, false, Optional.of(AttachPermission.STARTING), SocketState.MISSING,
            NOBODY_ELSE),
        Reason.STARTING);
    assertRefused(new AttachFacts(true, me, true, true, false, Optional.empty(), SocketState.MISSING, NOBODY_ELSE),
        Reason.UNKNOWN_IF_ALLOWED);
    assertRefused(
        new AttachFacts(true, me, true, true, false, Optional.of(AttachPermission.ALLOWED), SocketState.MISSING,
            OptionalLong.of(1000)),
        Reason.OTHER_USER);
    assertRefused(facts(me, SocketState.FOREIGN), Reason.FOREIGN_SOCKET);
  }

  @Test
  void whoseProcessItIsMayAskAndIsToldHow() {
    AttachFacts others = new AttachFacts(true, READY.identity(), true, true, false, Optional.empty(),
        SocketState.MISSING, OptionalLong.of(1000));
    assertThatThrownBy(() -> AttachSafety.decide(START, others)).hasMessageContaining("sudo -u '#1000'");
  }

  @Test
  void aStoppedOrTracedProcessIsLeftAloneEvenWhenItsSocketExists() {
    assertRefused(facts(Optional.of(process('T', START)), SocketState.PRESENT), Reason.STOPPED);
    assertRefused(facts(Optional.of(process('t', START)), SocketState.PRESENT), Reason.STOPPED);
    assertRefused(facts(Optional.of(process('Z', START)), SocketState.PRESENT), Reason.ZOMBIE);
  }

  @Test
  void aRecycledPidIsLeftAlone() {
    assertRefused(facts(Optional.of(process('S', START + 1)), SocketState.PRESENT), Reason.GONE);
    assertRefused(facts(Optional.empty(), SocketState.MISSING), Reason.GONE);
  }
}
