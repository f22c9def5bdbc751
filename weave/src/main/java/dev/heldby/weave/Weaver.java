// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave;

import dev.heldby.Level;
import dev.heldby.weave.rules.RuleBook;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;

/**
 * Inserts the probes that the rules ask for into a class.
 *
 * <p>Safe for threads; it holds no state of a class. Nearly all classes are dismissed by one hash look-up and a
 * walk through their constant pool. It loads no
 * class and asks for no super class: frames are copied, and the few new ones are written by hand.
 */
public final class Weaver {
    private final RuleBook book;
    private final Kinds kinds;
    private final String gate;
    private final ConstantPoolScan annotations;
    private final ConstantPoolScan calls;
    private final CountedCalls counted;
    private final boolean lapses;

    /**
     * @param gate the internal name of the class that has the methods of {@link dev.heldby.recording.Probes}
     * @param lapses whether uses through variables whose references were given back are to be seen
     */
    public Weaver(RuleBook book, Kinds kinds, String gate, boolean lapses) {
        this.book = book;
        this.kinds = kinds;
        this.gate = gate;
        this.lapses = lapses;
        this.counted = new CountedCalls(book);
        this.annotations = new ConstantPoolScan(book.annotations());
        this.calls = new ConstantPoolScan(book.countingMethods());
    }

    /** Whether {@link #weave} might do anything: a quick look, for classes by the thousand. */
    public boolean mightWeave(String className, byte[] classFile) {
        return !book.entries(className).isEmpty()
                || !book.blocks(className).isEmpty()
                || annotations.finds(classFile)
                || makesCalls(className, classFile);
    }

    private boolean makesCalls(String className, byte[] classFile) {
        return kinds.anyTraced() && calls.finds(classFile) && !book.isPlumbing(className);
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
        boolean field = mayAddField && LifecycleField.fits(reader, stanzas);
        stanzas.removeIf(stanza -> stanza.kind().rule().level() == Level.OFF);
        List<RuleBook.BlockEntry> blocks = book.blocks(className).stream()
                .filter(entry -> !kinds.isOff(entry.rule()))
                .toList();
        boolean callSites = makesCalls(className, classFile);
        boolean members = field || !stanzas.isEmpty();
        if (!members && blocks.isEmpty() && !callSites) {
            return Optional.empty();
        }
        ClassNotes notes = new ClassNotes(className);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        ClassVisitor target = callSites ? callers(writer) : writer;
        if (members || !blocks.isEmpty()) {
            MethodScan scan = MethodScan.of(reader);
            target = new BlockWeaver(target, className, blocks, gate, scan, notes);
            reader.accept(
                    new ClassWeaver(target, className, stanzas, gate, field, lapses, scan, notes),
                    ClassReader.EXPAND_FRAMES);
        } else {
            reader.accept(target, lapses ? ClassReader.EXPAND_FRAMES : 0);
        }
        return Optional.of(new WovenClass(writer.toByteArray(), field, notes.probes(), notes.troubles()));
    }

    private ClassVisitor callers(ClassVisitor next) {
        ClassVisitor sites = new CallSites(next, gate, book.countingMethods());
        return lapses ? new LapseWeaver(sites, counted, gate) : sites;
    }

    private List<RuleBook.Entry> entries(String className, byte[] classFile, ClassReader reader) {
        List<RuleBook.Entry> entries = new ArrayList<>(book.entries(className));
        if (annotations.finds(classFile)) {
            AnnotationScan.ofClass(reader).forEach(annotation -> entries.addAll(book.annotated(annotation)));
        }
        return entries;
    }
}
