// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest, and the JVM that runs it. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"heldby " + (version == null ? "(unpackaged)" : version) + " on Java " + Runtime.version()
        };
    }
}
