/**
 * The main job, one command: train a network on handwritten digits, then answer single requests
 * with it.
 *
 * <pre>
 *   Digits       the command: arguments, the order of things, the exit code
 *   DigitSet     images and labels, as bytes        IdxFile      the file format they come in
 *   Skeletons    how each digit is written          Pen          ink on paper of 28x28 pixels
 *   Handwriting  a seeded, unsteady hand            DrawnFolder  its digits under MNIST's names
 *   Training     the loop over batches              Reading      what the network reads in each image
 *   Serving      one request at a time, timed       Report       what the command tells
 *                                                   Screen       bars, and images in characters
 * </pre>
 */
package io.github.lanewise.example.digits;
