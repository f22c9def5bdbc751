// SPDX-License-Identifier: Apache-2.0
package dev.heldby.bench;

import java.nio.file.Path;
import java.util.List;

/** What watches the benchmark's JVM. */
enum Detector {
    NONE("none", "disabled", null),
    NETTY_SIMPLE("Netty simple", "simple", null),
    NETTY_ADVANCED("Netty advanced", "advanced", null),
    NETTY_PARANOID("Netty paranoid", "paranoid", null),
    HELDBY_OFF("HeldBy off", "disabled", "off"),
    HELDBY_COUNT("HeldBy count", "disabled", "count"),
    HELDBY_TRACE("HeldBy trace", "disabled", "trace"),
    HELDBY_FULL("HeldBy full", "disabled", "full");

    private final String shown;
    private final String nettyLevel;
    private final String heldByLevel;

    Detector(String shown, String nettyLevel, String heldByLevel) {
        this.shown = shown;
        this.nettyLevel = nettyLevel;
        this.heldByLevel = heldByLevel;
    }

    String shown() {
        return shown;
    }

    List<String> jvmArguments(Path agentJar) {
        String netty = "-Dio.netty.leakDetection.level=" + nettyLevel;
        return heldByLevel == null
                ? List.of(netty)
                : List.of(netty, "-javaagent:" + agentJar + "=mode=junit,level=" + heldByLevel);
    }
}
