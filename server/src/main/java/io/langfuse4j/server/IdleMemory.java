package io.langfuse4j.server;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;
import java.lang.management.ManagementFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives memory back to the machine once a burst is over. The heap keeps the size that it grew to
 * until the collector runs again, which in an idle server may be never.
 */
final class IdleMemory {
  private static final Logger LOGGER = LoggerFactory.getLogger(IdleMemory.class);
  private static final String INTERVAL = "G1PeriodicGCInterval";

  /** The virtual machine looks as often as this, so that up to twice as long may pass. */
  private static final String MILLIS = "15000";

  private IdleMemory() {}

  /** Collects when nothing was collected for a while, unless the command line says otherwise. */
  static void giveBack() {
    try {
      HotSpotDiagnosticMXBean machine =
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
      if (machine != null && machine.getVMOption(INTERVAL).getOrigin() == VMOption.Origin.DEFAULT) {
        machine.setVMOption(INTERVAL, MILLIS);
      }
    } catch (IllegalArgumentException e) {
      LOGGER.debug("This virtual machine cannot be told to collect while idle", e);
    }
  }
}
