// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import picocli.CommandLine.TypeConversionException;

/** How findings are written. */
enum ReportFormat {
    TEXT,
    JSON;

    static ReportFormat named(String name) {
        return switch (name) {
            case "text" -> TEXT;
            case "json" -> JSON;
            default ->
                throw new TypeConversionException("\"" + name + "\" is not a format; the formats are text and json");
        };
    }
}
