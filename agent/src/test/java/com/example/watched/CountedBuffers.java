// SPDX-License-Identifier: Apache-2.0
package com.example.watched;

import dev.heldby.counted.Counted;
import java.lang.management.ManagementFactory;
import java.util.List;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Makes buffers that it never closes: one that goes with its scope, and one with the object that holds it. */
public final class CountedBuffers {
    private CountedBuffers() {}

    public static void main(String[] args) throws Exception {
        {
            Buffer buffer = new Buffer("one");
            say("made " + buffer.name);
        }
        if (List.of(args).contains("level")) {
            changeLevel();
        }
        if (List.of(args).contains("plain")) {
            new Plain().say();
        }
        Frame frame = new Frame(new Buffer("two"));
        say("holds " + frame.buffer.name);
        frame = null;
        say("end");
    }

    /** Has all that rules speak of woven anew. */
    private static void changeLevel() throws Exception {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        for (String level : List.of("off", "full")) {
            beans.invoke(
                    new ObjectName("dev.heldby:type=Control"),
                    "setLevel",
                    new Object[] {"buffers", level},
                    new String[] {String.class.getName(), String.class.getName()});
        }
    }

    private static void say(String line) {
        System.out.println(line);
    }

    /** Only a rule can make it a counted type. */
    public static class Plain {
        void say() {
            CountedBuffers.say("made plain");
        }

        public void free() {
            CountedBuffers.say("freed plain");
        }
    }

    /** What holds a buffer goes with it. */
    private static final class Frame {
        private Buffer buffer;

        Frame(Buffer buffer) {
            this.buffer = buffer;
        }
    }

    /** Carries its own type, and is named by a rule as well. */
    @Counted
    public static class Buffer implements AutoCloseable {
        private final String name;

        Buffer(String name) {
            this.name = name;
        }

        @Override
        public void close() {
            say("closed " + name);
        }
    }
}
