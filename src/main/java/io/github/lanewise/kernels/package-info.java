/**
 * The seam: what formulae ask of machine code, and what the machine is. Twins below implement it;
 * the public package above chooses one. This package knows neither.
 */
package io.github.lanewise.kernels;
