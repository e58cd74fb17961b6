/** SIMD kernels for dense neural-network layers. */
module io.github.lanewise {
  requires jdk.incubator.vector;

  // Optional: asks the VM for its flags (HotSpotDiagnosticMXBean). Implies java.management.
  requires static jdk.management;

  // Optional: events for Java Flight Recorder.
  requires static jdk.jfr;

  exports io.github.lanewise;
}
