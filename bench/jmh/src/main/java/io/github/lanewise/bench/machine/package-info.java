/**
 * The machine that figures belong to: its card, its caches, and its limits, measured beside every
 * iteration.
 */
package io.github.lanewise.bench.machine;
