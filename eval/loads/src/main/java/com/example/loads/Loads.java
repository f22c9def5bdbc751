// SPDX-License-Identifier: Apache-2.0
package com.example.loads;

import java.util.List;

/** The programs, and what each needs to be started and watched. */
public enum Loads {
    NETTY_HTTP(NettyHttp.class, List.of(), List.of("netty"), List.of()),
    NETTY_WEB_SOCKET(NettyWebSocket.class, List.of(), List.of("netty"), List.of()),
    NETTY_HTTP2(NettyHttp2.class, List.of(), List.of("netty"), List.of()),
    GRPC(Grpc.class, List.of(), List.of("netty"), List.of()),
    REACTOR_NETTY(ReactorNetty.class, List.of(), List.of("netty"), List.of()),
    ARROW(
            Arrow.class,
            List.of("--add-opens=java.base/java.nio=ALL-UNNAMED"),
            List.of("arrow", "jdk"),
            List.of("arrow.rules")),
    LUCENE(Lucene.class, List.of(), List.of("lucene", "jdk"), List.of("lucene.rules")),
    JETTY(Jetty.class, List.of(), List.of("jetty"), List.of("jetty.rules")),
    JDBC_POOL(JdbcPool.class, List.of(), List.of("hikari", "h2"), List.of("jdbc.rules")),
    FILES_AND_ZIPS(FilesAndZips.class, List.of(), List.of("jdk"), List.of());

    private final String mainClass;
    private final List<String> jvmOptions;
    private final List<String> rules;
    private final List<String> ruleFiles;

    Loads(Class<?> mainClass, List<String> jvmOptions, List<String> rules, List<String> ruleFiles) {
        this.mainClass = mainClass.getName();
        this.jvmOptions = jvmOptions;
        this.rules = rules;
        this.ruleFiles = ruleFiles;
    }

    /** The class with the program's {@code main}. */
    public String mainClass() {
        return mainClass;
    }

    /** What the {@code java} command needs besides the class path. */
    public List<String> jvmOptions() {
        return jvmOptions;
    }

    /** The names of the rules whose types the program takes and gives back. */
    public List<String> rules() {
        return rules;
    }

    /** Rule files in the module's folder {@code rules} that have those which are not built in. */
    public List<String> ruleFiles() {
        return ruleFiles;
    }
}
