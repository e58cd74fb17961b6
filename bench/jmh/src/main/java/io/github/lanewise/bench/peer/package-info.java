/**
 * Who is measured, and at what: Lanewise, and the libraries that another module brings. {@link
 * io.github.lanewise.bench.peer.GemmPeer} multiplies what a {@link
 * io.github.lanewise.bench.peer.GemmShape} says, {@link io.github.lanewise.bench.peer.LatencyPeer}
 * answers requests to a {@link io.github.lanewise.bench.peer.Mlp}.
 */
package io.github.lanewise.bench.peer;
