/**
 * Fusions beside their twins of separate passes: those of the library, and those that did not win.
 */
package io.github.lanewise.bench.fusion;
