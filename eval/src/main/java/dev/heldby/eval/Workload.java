// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval;

import java.nio.file.Path;
import java.util.List;

/**
 * A healthy program to plant defects in.
 *
 * @param calls names of the planter's lists that concern it
 * @param rules rule files for HeldBy beside the built-in ones
 * @param netty whether Netty's own detector can be asked as well
 * @param arguments of the java command, from the JVM's options on
 */
record Workload(String name, List<String> calls, List<Path> rules, boolean netty, List<String> arguments) {}
