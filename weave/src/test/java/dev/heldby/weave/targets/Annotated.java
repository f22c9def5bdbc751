// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.targets;

import static dev.heldby.weave.ProbeLog.expect;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** A class and methods that are marked by annotations. */
@Annotated.Counted
public class Annotated {
    public static final String RULES = """
            rule test
            type annotated dev.heldby.weave.targets.Annotated$Counted
              born <init>
              get @dev.heldby.weave.targets.Annotated$Get
              put @dev.heldby.weave.targets.Annotated$Put
            """;

    /** Marks a type. */
    @Retention(RetentionPolicy.CLASS)
    @interface Counted {}

    /** Marks a method. */
    @Retention(RetentionPolicy.RUNTIME)
    @interface Get {}

    /** Marks a method. */
    @Retention(RetentionPolicy.CLASS)
    @interface Put {}

    /** Names the annotation but does not carry it. */
    static class Unmarked {
        Counted none;

        @Get
        void take() {}
    }

    @Get
    void take() {}

    @Put
    void giveBack() {}

    void neither() {}

    public static void run() {
        Annotated target = new Annotated();
        expect("born");
        target.take();
        target.neither();
        target.giveBack();
        expect("get 1", "put 1");
        new Unmarked().take();
        expect();
    }
}
