// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave;

import dev.heldby.Level;
import dev.heldby.weave.rules.RuleBook;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;

/**
 * Inserts the probes that the rules ask for into a class.
 *
 * <p>Safe for threads; it holds no state of a class. Nearly all classes are dismissed by one hash look-up. It loads no
 * class and asks for no super class: frames are copied, and the few new ones are written by hand.
 */
public final class Weaver {
    private final RuleBook book;
    private final Kinds kinds;
    private final String gate;

    /** @param gate the internal name of the class that has the methods of {@link dev.heldby.recording.Probes} */
    public Weaver(RuleBook book, Kinds kinds, String gate) {
        this.book = book;
        this.kinds = kinds;
        this.gate = gate;
    }

    /** Whether the class named so, or any class that carries an annotation, might be woven. */
    public boolean mightWeave(String className, byte[] classFile) {
        return !book.entries(className).isEmpty() || AnnotationScan.mayCarry(classFile, book.annotations());
    }

    /**
     * Weaves one class.
     *
     * @param mayAddField whether the class may get a field: when it is being loaded, or was loaded with the field
     * @return nothing if no rule has anything to do in it
     */
    public Optional<WovenClass> weave(String className, byte[] classFile, boolean mayAddField) {
        ClassReader reader = new ClassReader(classFile);
        List<Stanza> stanzas = new ArrayList<>();
        for (RuleBook.Entry entry : entries(className, classFile, reader)) {
            stanzas.add(new Stanza(entry, kinds.of(entry.type())));
        }
        if (stanzas.isEmpty()) {
            return Optional.empty();
        }
        boolean field = mayAddField && LifecycleField.fits(reader, stanzas);
        stanzas.removeIf(stanza -> stanza.kind().rule().level() == Level.OFF);
        if (stanzas.isEmpty() && !field) {
            return Optional.empty();
        }
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        ClassWeaver weaver = new ClassWeaver(writer, stanzas, gate, field, MethodScan.of(reader));
        reader.accept(weaver, ClassReader.EXPAND_FRAMES);
        return Optional.of(new WovenClass(writer.toByteArray(), field, weaver.probes(), weaver.troubles()));
    }

    private List<RuleBook.Entry> entries(String className, byte[] classFile, ClassReader reader) {
        List<RuleBook.Entry> entries = new ArrayList<>(book.entries(className));
        if (AnnotationScan.mayCarry(classFile, book.annotations())) {
            AnnotationScan.ofClass(reader).forEach(annotation -> entries.addAll(book.annotated(annotation)));
        }
        return entries;
    }
}
