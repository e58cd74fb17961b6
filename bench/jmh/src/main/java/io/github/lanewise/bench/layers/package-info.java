/** A training step, the backward pass of one layer, and activations by themselves, under JMH. */
package io.github.lanewise.bench.layers;
