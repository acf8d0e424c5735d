"""Many independent cells side by side: the one vectorised building block of the sweeps.

A value of the compiled type `Lanes` is LANES numbers of one kind (ranks or keys, payoffs, margins) next to each
other. Loops over such values read like loops over single numbers and compile to the widest instructions of the
machine at hand (numba does not vectorise the plain loops: it cannot know that two rows do not overlap). Nothing
here knows what the numbers mean.
"""

# mypy: disable-error-code="untyped-decorator,misc"
# (numba and llvmlite come without types)

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import boolean, float64, int32, int64, types
from numba.core import cgutils
from numba.extending import intrinsic, models, register_model

LANES = 64
"""Enough for four of the widest registers in use, so that the cost of a loop step is spread thin."""

_CODES = {int32: ir.IntType(32), int64: ir.IntType(64), float64: ir.DoubleType()}


class _LanesType(types.Type):
    def __init__(self, number: Any) -> None:
        super().__init__(name=f"Lanes{LANES}({number})")
        self.number = number


@register_model(_LanesType)
class _LanesModel(models.PrimitiveModel):
    def __init__(self, manager: Any, fe_type: Any) -> None:
        super().__init__(manager, fe_type, _vector(fe_type.number))


def _vector(number: Any) -> Any:
    return ir.VectorType(_CODES[number], LANES)


_RANKS = _LanesType(int32)
_MARGINS = _LanesType(float64)


def _at(context: Any, builder: Any, array_type: Any, array: Any, first: Any, kind: Any) -> Any:
    data = cgutils.create_struct_proxy(array_type)(context, builder, array).data
    return builder.bitcast(builder.gep(data, [first]), kind.as_pointer())


def _align(number: Any) -> int:
    """Rows start at any multiple of a number's own size."""
    return int(number.bitwidth) // 8


@intrinsic
def load(typing: Any, array: Any, first: Any) -> Any:
    """The LANES numbers of an array from its flat index `first` on."""
    number = array.dtype

    def build(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        pointer = _at(context, builder, signature.args[0], given[0], given[1], _vector(number))
        return builder.load(pointer, align=_align(number))

    return _LanesType(number)(array, int64), build


@intrinsic
def store(typing: Any, array: Any, first: Any, lanes: Any) -> Any:
    """Put the lanes into an array from its flat index `first` on."""
    number = lanes.number

    def build(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        pointer = _at(context, builder, signature.args[0], given[0], given[1], _vector(number))
        builder.store(given[2], pointer, align=_align(number))
        return context.get_dummy_value()

    return types.none(array, int64, lanes), build


@intrinsic
def add_bits(typing: Any, array: Any, first: Any, lanes: Any) -> Any:
    """Set the bits of the lanes' lowest byte in an array of bytes from its flat index `first` on."""
    octets = ir.VectorType(ir.IntType(8), LANES)

    def build(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        pointer = _at(context, builder, signature.args[0], given[0], given[1], octets)
        joined = builder.or_(builder.load(pointer, align=1), builder.trunc(given[2], octets))
        builder.store(joined, pointer, align=1)
        return context.get_dummy_value()

    return types.none(array, int64, _RANKS), build


@intrinsic(prefer_literal=True)
def carry(typing: Any, target: Any, to: Any, source: Any, start: Any, count: Any) -> Any:
    """Copy `count` (a literal power of two) numbers of an int32 array from `source[start]` to `target[to]`.

    One number goes as a relaxed atomic: plain copies with a stride would become gather and scatter
    instructions, which are slower than one move per number.
    """
    several = ir.VectorType(ir.IntType(32), count.literal_value)
    align = _align(int32)

    def build(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        data = [cgutils.create_struct_proxy(signature.args[k])(context, builder, given[k]).data for k in (0, 2)]
        target, source = builder.gep(data[0], [given[1]]), builder.gep(data[1], [given[3]])
        if count.literal_value == 1:
            number = builder.load_atomic(source, "monotonic", align)
            builder.store_atomic(number, target, "monotonic", align)
        else:
            numbers = builder.load(builder.bitcast(source, several.as_pointer()), align=align)
            builder.store(numbers, builder.bitcast(target, several.as_pointer()), align=align)
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
        return _repeated(builder, given[0], number)

    return _LanesType(number)(number), build


def _repeated(builder: Any, value: Any, number: Any) -> Any:
    empty = ir.Constant(_vector(number), ir.Undefined)
    one = builder.insert_element(empty, value, ir.Constant(ir.IntType(32), 0))
    return builder.shuffle_vector(one, empty, ir.Constant(ir.VectorType(ir.IntType(32), LANES), None))


def _below(builder: Any, number: Any, a: Any, b: Any) -> Any:
    return builder.fcmp_ordered("<", a, b) if number is float64 else builder.icmp_signed("<", a, b)


@intrinsic
def least(typing: Any, a: Any, b: Any) -> Any:
    """Lane by lane the smaller of two."""

    def build(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        return builder.select(_below(builder, a.number, given[1], given[0]), given[1], given[0])

    return a(a, a), build


@intrinsic
def most(typing: Any, a: Any, b: Any) -> Any:
    """Lane by lane the larger of two."""

    def build(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        return builder.select(_below(builder, a.number, given[0], given[1]), given[1], given[0])

    return a(a, a), build


@intrinsic
def where_above(typing: Any, a: Any, b: Any, yes: Any, no: Any) -> Any:
    """Lane by lane `yes` where a > b, else `no`, which may be of another kind than a and b."""

    def build(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        return builder.select(_below(builder, a.number, given[1], given[0]), given[2], given[3])

    return yes(a, a, yes, yes), build


@intrinsic
def differ(typing: Any, a: Any, b: Any) -> Any:
    """Whether two differ in any lane."""

    def build(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        word = ir.IntType(LANES)
        unequal = builder.bitcast(builder.icmp_signed("!=", given[0], given[1]), word)
        return builder.icmp_unsigned("!=", unequal, ir.Constant(word, 0))

    return boolean(_RANKS, _RANKS), build


@intrinsic
def apart(typing: Any, a: Any, b: Any, unit: Any) -> Any:
    """Lane by lane a - b in units of a number; int32 are widened first, as their difference may not fit."""

    def build(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        wide = _vector(float64)
        if a.number is int32:
            gap = builder.fsub(builder.sitofp(given[0], wide), builder.sitofp(given[1], wide))
        else:
            gap = builder.sitofp(builder.sub(given[0], given[1]), wide)
        return builder.fdiv(gap, _repeated(builder, given[2], float64))

    return _MARGINS(a, a, float64), build
