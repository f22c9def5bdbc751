// SPDX-License-Identifier: Apache-2.0
package dev.heldby.bench;

import java.util.List;
import java.util.function.Supplier;

/** What follows the references to a resource, and the JVM's arguments that have it record both stacks. */
@SuppressWarnings("ImmutableEnumChecker")
public enum Follower {
    NOTHING("empty method", false, () -> NoReferences::new),
    HELDBY_OFF("HeldBy off", false, HeldByReferences::resource, "-Dheldby.level=off"),
    HELDBY_COUNT("HeldBy count", false, HeldByReferences::resource, "-Dheldby.level=count"),
    HELDBY_FULL(
            "HeldBy full",
            true,
            HeldByReferences::resource,
            "-Dheldby.level=full",
            "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED"),
    /** Without what the agent, or an option of the JVM, opens to us. */
    HELDBY_FULL_ALONE("HeldBy full, no --add-exports", true, HeldByReferences::resource, "-Dheldby.level=full"),
    NETTY(
            "Netty ResourceLeakDetector",
            true,
            NettyReferences::resource,
            "-Dio.netty.leakDetection.level=paranoid",
            "-Dio.netty.leakDetection.trackClose=true"),
    CASSANDRA("Cassandra Ref", true, CassandraReferences::resource, "-Dcassandra.debugrefcount=true"),
    /** Assertions are what switches it on. */
    ELASTICSEARCH_TRACK(
            "Elasticsearch LeakTracker.track",
            true,
            ElasticsearchTracked::resource,
            "-ea:org.elasticsearch...",
            "-Dlog4j2.statusLoggerLevel=OFF"),
    ELASTICSEARCH_WRAP(
            "Elasticsearch LeakTracker.wrap",
            true,
            ElasticsearchWrapped::resource,
            "-ea:org.elasticsearch...",
            "-Dlog4j2.statusLoggerLevel=OFF"),
    /** It looks into the JDK at its start, whatever it is used for. */
    CHRONICLE(
            "Chronicle TracingReferenceCounted",
            true,
            ChronicleReferences::resource,
            "-Djvm.resource.tracing=true",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED");

    private final String shown;
    private final boolean recordsStacks;
    private final Supplier<Supplier<References>> resource;
    private final List<String> jvmArguments;

    Follower(String shown, boolean recordsStacks, Supplier<Supplier<References>> resource, String... jvmArguments) {
        this.shown = shown;
        this.recordsStacks = recordsStacks;
        this.resource = resource;
        this.jvmArguments = List.of(jvmArguments);
    }

    String shown() {
        return shown;
    }

    boolean recordsStacks() {
        return recordsStacks;
    }

    boolean isPeer() {
        return recordsStacks && this != HELDBY_FULL && this != HELDBY_FULL_ALONE;
    }

    List<String> jvmArguments() {
        return jvmArguments;
    }

    /** Makes a resource, which gives each thread its references. */
    Supplier<References> open() {
        return resource.get();
    }
}
