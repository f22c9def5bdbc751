// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted.oracle;

import java.util.Map;

/** A program as javac compiled it, by internal class name, and as the interpreter has it. */
record Compiled(Program program, Map<String, byte[]> classes, Interpreter interpreter) {}
