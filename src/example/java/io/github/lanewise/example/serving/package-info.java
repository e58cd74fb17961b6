/**
 * The recommended way to serve: weights from safetensors files, packed; one warm-up for all
 * networks, beside the first requests; a workspace for each thread; new weights under load.
 *
 * <pre>
 *   Serving    the service: the order of things, the exit code
 *   Endpoint   one network of it: its requests, timed and compared bit by bit
 * </pre>
 */
package io.github.lanewise.example.serving;
