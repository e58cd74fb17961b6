/**
 * The program. Commands and the list of suites stand here; arrows only go down:
 *
 * <pre>
 *   bench                                  run: rounds, progress bar, interrupts
 *   gemm   layers   latency   startup      what is measured
 *   suite                                  what suites are made of: forks
 *   machine   report                       the limits beside; the model, the page, compare
 *   peer                                   who is measured, and at what
 * </pre>
 */
package io.github.lanewise.bench;
