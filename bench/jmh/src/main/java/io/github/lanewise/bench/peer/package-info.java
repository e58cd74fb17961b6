/**
 * Who is measured, and at what: Lanewise, and the libraries that another module brings. {@link
 * io.github.lanewise.bench.peer.GemmPeer} multiplies what a {@link
 * io.github.lanewise.bench.peer.GemmShape} says, {@link io.github.lanewise.bench.peer.LatencyPeer}
 * answers requests to a {@link io.github.lanewise.bench.peer.Mlp}. What is right stands here too:
 * {@link io.github.lanewise.bench.peer.Contract} and {@link io.github.lanewise.bench.peer.Chain}.
 */
package io.github.lanewise.bench.peer;
