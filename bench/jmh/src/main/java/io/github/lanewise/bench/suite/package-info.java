/**
 * What suites are made of: presets, steps of one fork each, forks under JMH and forks without it.
 */
package io.github.lanewise.bench.suite;
