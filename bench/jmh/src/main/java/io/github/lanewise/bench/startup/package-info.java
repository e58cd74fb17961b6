/** From the start of a JVM to steady speed, call by call. */
package io.github.lanewise.bench.startup;
