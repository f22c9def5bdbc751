// SPDX-License-Identifier: Apache-2.0
package dev.heldby.junit;

import java.lang.reflect.AnnotatedElement;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * What the annotations ask for.
 *
 * @param allowed those of the test itself and of all classes around it
 * @param own those of the test method itself
 */
record Wishes(
        boolean isEnabled, Duration limit, boolean refusedCalls, List<AllowedLeak> allowed, List<AllowedLeak> own) {

    @LeakCheck
    private static final class Defaults {}

    static Wishes of(ExtensionContext context) {
        Set<AnnotatedElement> elements = elements(context);
        LeakCheck check = elements.stream()
                .flatMap(element -> AnnotationSupport.findAnnotation(element, LeakCheck.class).stream())
                .findFirst()
                .orElseGet(() -> Defaults.class.getAnnotation(LeakCheck.class));
        List<AllowedLeak> allowed = elements.stream()
                .flatMap(element -> allowedOn(element).stream())
                .toList();
        List<AllowedLeak> own = context.getTestMethod().map(Wishes::allowedOn).orElse(List.of());
        return new Wishes(check.enabled(), Duration.ofMillis(check.waitMillis()), check.refusedCalls(), allowed, own);
    }

    private static List<AllowedLeak> allowedOn(AnnotatedElement element) {
        return AnnotationSupport.findRepeatableAnnotations(element, AllowedLeak.class);
    }

    /** The test and all around it, innermost first; a test and the template that it came from are one method. */
    private static Set<AnnotatedElement> elements(ExtensionContext context) {
        Set<AnnotatedElement> elements = new LinkedHashSet<>();
        for (ExtensionContext each = context;
                each != null;
                each = each.getParent().orElse(null)) {
            each.getElement().ifPresent(elements::add);
        }
        return elements;
    }
}
