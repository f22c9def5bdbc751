// SPDX-License-Identifier: Apache-2.0
package dev.heldby.handle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heldby.Level;
import dev.heldby.snapshot.Op;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HandleViewTest {
    private final Checked checked = Checked.fully();
    private final Handle<ViewedToy> handle = checked.handle(ViewedToy.make());
    private final ViewedToy view = handle.view(ViewedToy.class);

    @Test
    void should_forward_every_primitive_when_it_is_an_argument_or_a_result() {
        assertThat(view.not(true)).isFalse();
        assertThat(view.next((byte) 126)).isEqualTo(Byte.MAX_VALUE);
        assertThat(view.next((short) -1)).isZero();
        assertThat(view.next('a')).isEqualTo('b');
        assertThat(view.next(Integer.MAX_VALUE)).isEqualTo(Integer.MIN_VALUE);
        assertThat(view.next(1L << 40)).isEqualTo((1L << 40) + 1);
        assertThat(view.next(0.5f)).isEqualTo(1.5f);
        assertThat(view.next(0.25)).isEqualTo(1.25);
    }

    @Test
    void should_keep_arguments_in_place_when_some_take_two_slots() {
        String all = view.all(
                true, (byte) 2, (short) 3, 'd', 5, 6, 7, 8, "nine", new int[] {10}, new Object[][] {{"eleven"}});

        assertThat(all).isEqualTo("[true, 2, 3, d, 5, 6, 7.0, 8.0, nine, [10], [[eleven]]]");
    }

    @Test
    void should_forward_arrays_and_type_parameters() {
        assertThat(view.reversed(1, 2, 3)).containsExactly(3, 2, 1);
        assertThat(view.reversed()).isEmpty();
        assertThat(view.grouped(List.of("a", "b", "a"))).isEqualTo(Map.of("a", List.of("a", "a"), "b", List.of("b")));
    }

    @Test
    void should_forward_inherited_methods_under_each_of_their_signatures() {
        NamedToy<String> named = view;
        named.rename("Jo");
        Comparable<ViewedToy> comparable = view;

        assertThat(named.name()).isEqualTo("Jo");
        assertThat(view.name()).isEqualTo("Jo");
        assertThat(view.greeting()).isEqualTo("Hello Jo");
        assertThat(comparable.compareTo(new PlainToy("Ka"))).isPositive();
    }

    @Test
    void should_let_exceptions_through() {
        assertThatThrownBy(view::fail).isExactlyInstanceOf(IOException.class).hasMessage("on purpose");
    }

    @Test
    void should_compare_the_targets_when_views_are_compared() {
        ViewedToy equal = checked.handle(new PlainToy("plain")).view(ViewedToy.class);
        ViewedToy other = checked.handle(new PlainToy("other")).view(ViewedToy.class);

        assertThat(view).isEqualTo(handle.retain().view(ViewedToy.class)).isEqualTo(equal);
        assertThat(view.hashCode()).isEqualTo("plain".hashCode());
        assertThat(view).isNotEqualTo(other).isNotEqualTo(handle.get()).isNotEqualTo(null);
        assertThat(view).hasToString("toy plain");
    }

    @Test
    void should_refuse_each_call_when_the_handle_is_closed() {
        Handle<ViewedToy> second = handle.retain();
        ViewedToy secondView = second.view(ViewedToy.class);
        handle.close();

        assertThatThrownBy(() -> view.next(1)).isInstanceOf(LapsedHandleException.class);
        assertThatThrownBy(view::greeting).isInstanceOf(LapsedHandleException.class);
        assertThatThrownBy(view::hashCode).isInstanceOf(LapsedHandleException.class);
        assertThatThrownBy(() -> handle.view(ViewedToy.class)).isInstanceOf(LapsedHandleException.class);
        assertThat(secondView.next(1)).isEqualTo(2);
    }

    private static int callThrough(ViewedToy toy) {
        return toy.next(1);
    }

    @Test
    void should_begin_stacks_with_the_caller_when_a_view_refuses() {
        handle.close();

        assertThatThrownBy(() -> callThrough(view))
                .satisfies(refused ->
                        assertThat(refused.getStackTrace()[0].getMethodName()).isEqualTo("callThrough"));
        assertThat(Checked.place(checked.observation(), Op.USE).getMethodName()).isEqualTo("callThrough");
    }

    @Test
    void should_use_one_class_for_all_views_of_an_interface() {
        assertThat(view.getClass())
                .isSameAs(handle.retain().view(ViewedToy.class).getClass())
                .isFinal();
        assertThat(view.getClass().isHidden()).isTrue();
    }

    @Test
    void should_view_an_interface_of_the_jdk() {
        Handle<String> text = checked.handle("text");

        assertThat(text.view(CharSequence.class).length()).isEqualTo(4);
        assertThat(text.view(CharSequence.class).subSequence(1, 3)).hasToString("ex");
    }

    @Test
    void should_return_the_target_when_checking_is_off() {
        Handle<ViewedToy> off = new Checked(Level.OFF).handle(handle.get());

        assertThat(off.view(ViewedToy.class)).isSameAs(handle.get());
        assertThat(off.view(ViewedToy.class, MethodHandles.lookup())).isSameAs(handle.get());
    }

    interface Narrow {
        int answer();
    }

    private interface Narrowest extends IntSupplier {}

    @Test
    void should_view_an_interface_that_is_not_public_when_a_lookup_of_its_package_is_given() {
        Handle<Narrow> narrow = checked.handle(() -> 42);
        Handle<Narrowest> narrowest = checked.handle(() -> 43);

        assertThat(narrow.view(Narrow.class, MethodHandles.lookup()).answer()).isEqualTo(42);
        assertThat(narrow.view(Narrow.class, MethodHandles.lookup()).answer()).isEqualTo(42);
        assertThat(narrowest.view(Narrowest.class, MethodHandles.lookup()).getAsInt())
                .isEqualTo(43);
    }

    @Test
    void should_say_what_to_pass_when_an_interface_is_not_public() {
        Handle<Narrow> narrow = checked.handle(() -> 42);

        assertThatThrownBy(() -> narrow.view(Narrow.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "The interface dev.heldby.handle.HandleViewTest$Narrow is not a public one in an exported package;"
                                + " call view with a MethodHandles.lookup() of that package as its second argument.");
    }

    @Test
    void should_say_what_to_pass_when_a_lookup_has_no_access() {
        Handle<Narrow> narrow = checked.handle(() -> 42);

        assertThatThrownBy(() -> narrow.view(Narrow.class, MethodHandles.publicLookup()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The interface dev.heldby.handle.HandleViewTest$Narrow is not accessible to the lookup"
                        + " java.lang.Object/publicLookup; pass what MethodHandles.lookup() returns when a class of the"
                        + " interface's package calls it.");
    }

    @Test
    void should_say_what_is_wrong_when_there_is_no_such_view() {
        assertThatThrownBy(() -> handle.view(PlainToy.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A view needs an interface, and dev.heldby.handle.PlainToy is a class.");
        assertThatThrownBy(() -> handle.view(Runnable.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "The handle's target, a dev.heldby.handle.PlainToy, does not implement java.lang.Runnable, so that"
                                + " there is no such view of it.");
    }

    sealed interface Closed permits One {}

    record One() implements Closed {}

    @Test
    void should_say_what_is_wrong_when_an_interface_is_sealed() {
        Handle<Closed> closed = checked.handle(new One());

        assertThatThrownBy(() -> closed.view(Closed.class, MethodHandles.lookup()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "The interface dev.heldby.handle.HandleViewTest$Closed is sealed or hidden, so that no view can"
                                + " implement it; use one that it extends.");
    }
}
