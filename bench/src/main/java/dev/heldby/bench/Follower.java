// SPDX-License-Identifier: Apache-2.0
package dev.heldby.bench;

import java.util.List;
import java.util.function.Supplier;

/** What follows the references to a resource, and the JVM's arguments that have it record both stacks. */
@SuppressWarnings("ImmutableEnumChecker")
public enum Follower {
    NOTHING("empty method", false, ""),
    HELDBY_OFF("HeldBy off", false, "-Dheldby.level=off"),
    HELDBY_COUNT("HeldBy count", false, "-Dheldby.level=count"),
    HELDBY_FULL("HeldBy full", true, "-Dheldby.level=full --add-exports=java.base/jdk.internal.misc=ALL-UNNAMED"),
    NETTY(
            "Netty ResourceLeakDetector",
            true,
            "-Dio.netty.leakDetection.level=paranoid -Dio.netty.leakDetection.trackClose=true"),
    CASSANDRA("Cassandra Ref", true, "-Dcassandra.debugrefcount=true"),
    /** Assertions are what switches it on. */
    ELASTICSEARCH_TRACK(
            "Elasticsearch LeakTracker.track", true, "-ea:org.elasticsearch... -Dlog4j2.statusLoggerLevel=OFF"),
    ELASTICSEARCH_WRAP(
            "Elasticsearch LeakTracker.wrap", true, "-ea:org.elasticsearch... -Dlog4j2.statusLoggerLevel=OFF"),
    /** It looks into the JDK at its start, whatever it is used for. */
    CHRONICLE(
            "Chronicle TracingReferenceCounted",
            true,
            "-Djvm.resource.tracing=true --add-opens=java.base/java.lang.reflect=ALL-UNNAMED");

    private final String shown;
    private final boolean recordsStacks;
    private final String jvmArguments;

    Follower(String shown, boolean recordsStacks, String jvmArguments) {
        this.shown = shown;
        this.recordsStacks = recordsStacks;
        this.jvmArguments = jvmArguments;
    }

    String shown() {
        return shown;
    }

    boolean recordsStacks() {
        return recordsStacks;
    }

    boolean isPeer() {
        return recordsStacks && this != HELDBY_FULL;
    }

    List<String> jvmArguments() {
        return jvmArguments.isEmpty() ? List.of() : List.of(jvmArguments.split(" "));
    }

    /** Makes a resource, which gives each thread its references. */
    Supplier<References> open() {
        return switch (this) {
            case NOTHING -> NoReferences::new;
            case HELDBY_OFF, HELDBY_COUNT, HELDBY_FULL -> HeldByReferences.resource();
            case NETTY -> NettyReferences.resource();
            case CASSANDRA -> CassandraReferences.resource();
            case ELASTICSEARCH_TRACK -> ElasticsearchTracked.resource();
            case ELASTICSEARCH_WRAP -> ElasticsearchWrapped.resource();
            case CHRONICLE -> ChronicleReferences.resource();
        };
    }
}
