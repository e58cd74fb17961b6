/** Percentiles of requests, each fork a JVM of its own without JMH. */
package io.github.lanewise.bench.latency;
