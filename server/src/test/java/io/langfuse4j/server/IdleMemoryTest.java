package io.langfuse4j.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class IdleMemoryTest {
  private static final String INTERVAL = "G1PeriodicGCInterval";

  private final HotSpotDiagnosticMXBean machine =
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);

  @Test
  void giveBack_collectsWhileIdle_butLeavesWhatWasAskedFor() {
    assumeThat(machine).as("a virtual machine of the HotSpot family").isNotNull();
    assumeThat(machine.getVMOption(INTERVAL).getOrigin()).isEqualTo(VMOption.Origin.DEFAULT);
    try {
      IdleMemory.giveBack();
      assertThat(machine.getVMOption(INTERVAL).getValue()).isEqualTo("15000");

      machine.setVMOption(INTERVAL, "90000");
      IdleMemory.giveBack();
      assertThat(machine.getVMOption(INTERVAL).getValue()).isEqualTo("90000");
    } finally {
      machine.setVMOption(INTERVAL, "0");
    }
  }
}
