// SPDX-License-Identifier: Apache-2.0
package dev.heldby.bench;

import java.nio.file.Path;
import java.util.List;

/** What watches the benchmark's JVM. */
enum Detector {
    NONE("disabled", null),
    NETTY_SIMPLE("simple", null),
    NETTY_ADVANCED("advanced", null),
    NETTY_PARANOID("paranoid", null),
    HELDBY_OFF("disabled", "off"),
    HELDBY_COUNT("disabled", "count"),
    HELDBY_TRACE("disabled", "trace"),
    HELDBY_FULL("disabled", "full");

    private final String nettyLevel;
    private final String heldByLevel;

    Detector(String nettyLevel, String heldByLevel) {
        this.nettyLevel = nettyLevel;
        this.heldByLevel = heldByLevel;
    }

    List<String> jvmArguments(Path agentJar) {
        String netty = "-Dio.netty.leakDetection.level=" + nettyLevel;
        return heldByLevel == null
                ? List.of(netty)
                : List.of(netty, "-javaagent:" + agentJar + "=mode=junit,level=" + heldByLevel);
    }
}
