"""Many independent cells side by side: the one vectorised building block of the sweeps.

A value of the compiled type `Lanes` is LANES ranks next to each other. Loops over such values read like
loops over single ranks and compile to the widest instructions of the machine at hand (numba does not
vectorise the plain loops: it cannot know that two rows do not overlap). Nothing here knows what the numbers
mean.
"""

# mypy: disable-error-code="untyped-decorator,misc"
# (numba and llvmlite come without types)

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import boolean, int32, int64, types
from numba.core import cgutils
from numba.extending import intrinsic, models, register_model

LANES = 64
"""Enough for four of the widest registers in use, so that the cost of a loop step is spread thin."""

_VECTOR = ir.VectorType(ir.IntType(32), LANES)
_ANYWHERE = 4  # rows start at any multiple of four bytes


class _LanesType(types.Type):
    def __init__(self) -> None:
        super().__init__(name=f"Lanes{LANES}")


lanes_type = _LanesType()


@register_model(_LanesType)
class _LanesModel(models.PrimitiveModel):
    def __init__(self, manager: Any, fe_type: Any) -> None:
        super().__init__(manager, fe_type, _VECTOR)


def _pointer(context: Any, builder: Any, array_type: Any, array: Any, first: Any) -> Any:
    data = cgutils.create_struct_proxy(array_type)(context, builder, array).data
    return builder.bitcast(builder.gep(data, [first]), _VECTOR.as_pointer())


@intrinsic
def load(typing: Any, array: Any, first: Any) -> Any:
    """The LANES numbers of an int32 array from its flat index `first` on."""

    def build(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        pointer = _pointer(context, builder, signature.args[0], given[0], given[1])
        return builder.load(pointer, align=_ANYWHERE)

    return lanes_type(array, int64), build


@intrinsic
def store(typing: Any, array: Any, first: Any, lanes: Any) -> Any:
    """Put the lanes into an int32 array from its flat index `first` on."""

    def build(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        pointer = _pointer(context, builder, signature.args[0], given[0], given[1])
        builder.store(given[2], pointer, align=_ANYWHERE)
        return context.get_dummy_value()

    return types.none(array, int64, lanes_type), build


@intrinsic(prefer_literal=True)
def carry(typing: Any, target: Any, to: Any, source: Any, start: Any, count: Any) -> Any:
    """Copy `count` (a literal power of two) numbers of an int32 array from `source[start]` to `target[to]`.

    One number goes as a relaxed atomic: plain copies with a stride would become gather and scatter
    instructions, which are slower than one move per number.
    """
    several = ir.VectorType(ir.IntType(32), count.literal_value)

    def build(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        data = [cgutils.create_struct_proxy(signature.args[k])(context, builder, given[k]).data for k in (0, 2)]
        target, source = builder.gep(data[0], [given[1]]), builder.gep(data[1], [given[3]])
        if count.literal_value == 1:
            number = builder.load_atomic(source, "monotonic", _ANYWHERE)
            builder.store_atomic(number, target, "monotonic", _ANYWHERE)
        else:
            numbers = builder.load(builder.bitcast(source, several.as_pointer()), align=_ANYWHERE)
            builder.store(numbers, builder.bitcast(target, several.as_pointer()), align=_ANYWHERE)
        return context.get_dummy_value()

    return types.none(target, int64, source, int64, count), build


@intrinsic
def fetch(typing: Any, array: Any, first: Any) -> Any:
    """Ask for the memory around `array[first]` early; changes nothing, not even when it lies outside."""

    def build(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        byte, word = ir.IntType(8).as_pointer(), ir.IntType(32)
        data = cgutils.create_struct_proxy(signature.args[0])(context, builder, given[0]).data
        place = builder.bitcast(builder.gep(data, [given[1]]), byte)
        kind = ir.FunctionType(ir.VoidType(), [byte, word, word, word])
        prefetch = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0")
        builder.call(prefetch, [place, *(ir.Constant(word, number) for number in (0, 3, 1))])
        return context.get_dummy_value()

    return types.none(array, int64), build


@intrinsic
def splat(typing: Any, number: Any) -> Any:
    """The same number in every lane."""

    def build(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        empty = ir.Constant(_VECTOR, ir.Undefined)
        one = builder.insert_element(empty, given[0], ir.Constant(ir.IntType(32), 0))
        pattern = ir.Constant(ir.VectorType(ir.IntType(32), LANES), None)
        return builder.shuffle_vector(one, empty, pattern)

    return lanes_type(int32), build


@intrinsic
def least(typing: Any, a: Any, b: Any) -> Any:
    """Lane by lane the smaller of two."""

    def build(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        return builder.select(builder.icmp_signed("<", given[1], given[0]), given[1], given[0])

    return lanes_type(lanes_type, lanes_type), build


@intrinsic
def most(typing: Any, a: Any, b: Any) -> Any:
    """Lane by lane the larger of two."""

    def build(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        return builder.select(builder.icmp_signed(">", given[1], given[0]), given[1], given[0])

    return lanes_type(lanes_type, lanes_type), build


@intrinsic
def where_above(typing: Any, a: Any, b: Any, yes: Any, no: Any) -> Any:
    """Lane by lane `yes` where a > b, else `no`."""

    def build(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        return builder.select(builder.icmp_signed(">", given[0], given[1]), given[2], given[3])

    return lanes_type(lanes_type, lanes_type, lanes_type, lanes_type), build


@intrinsic
def differ(typing: Any, a: Any, b: Any) -> Any:
    """Whether two differ in any lane."""

    def build(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        word = ir.IntType(LANES)
        unequal = builder.bitcast(builder.icmp_signed("!=", given[0], given[1]), word)
        return builder.icmp_unsigned("!=", unequal, ir.Constant(word, 0))

    return boolean(lanes_type, lanes_type), build
