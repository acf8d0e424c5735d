"""Compiled loops, kept on disk for later runs where that is possible.

Where it is not (a read-only installation without a home, a full disk, a folder that may not be read), every run
compiles anew, and a warning says so once. What was kept and is damaged is found by its seal and made anew; so
is what was kept before a loop, or one that it calls, was changed.
"""

from __future__ import annotations

import os
import pickle
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from types import CodeType, FunctionType
from typing import IO, Any

import numpy as np
from numba.core import caching

from detente.errors import DetenteWarning
from detente.written import Batch

SEAL = sha256().digest_size

_told: list[str] = []


def keep(dispatcher: Any) -> None:
    """Keep what a dispatcher of numba compiles, and let it find what was kept."""
    try:
        dispatcher._cache = _Kept(dispatcher.py_func)
    except (RuntimeError, OSError):  # numba: no locator available
        dispatcher._cache = _Nowhere()


def _tell(message: str) -> None:
    """Warn once: what goes wrong for one loop goes wrong for all of them."""
    if not _told:
        _told.append(message)
        warnings.warn(message, DetenteWarning, stacklevel=2)


def wording(loop: FunctionType) -> str:
    """A fingerprint of what stands in a loop, in all that it calls, and in the constants that they name."""
    found, waiting = dict[FunctionType, str](), [loop]
    while waiting:
        one = waiting.pop()
        if one not in found:
            named = [one.__globals__[name] for name in _names(one.__code__) if name in one.__globals__]
            constants = [value for value in named if isinstance(value, int | float | str | tuple | np.generic)]
            found[one] = f"{_words(one.__code__)} {constants!r}"
            waiting += [loop for loop in map(_loop, named) if loop is not None]
    return sha256("\n".join(sorted(found.values())).encode()).hexdigest()


def _loop(value: object) -> FunctionType | None:
    """The function of ours that stands behind a name: compiled, made of instructions, or plain."""
    plain = getattr(value, "py_func", getattr(value, "_defn", value))
    if isinstance(plain, FunctionType) and plain.__module__.partition(".")[0] not in ("numba", "llvmlite"):
        return plain
    return None


def _names(code: CodeType) -> list[str]:
    """What a function names, and the functions within it."""
    inner = [name for value in code.co_consts if isinstance(value, CodeType) for name in _names(value)]
    return [*code.co_names, *inner]


def _words(code: CodeType) -> str:
    constants = [_words(value) if isinstance(value, CodeType) else repr(value) for value in code.co_consts]
    return f"{code.co_name} {code.co_code.hex()} {code.co_names} {code.co_varnames} {constants}"


class _Nowhere(caching.NullCache):  # type: ignore[misc]
    """Where nothing can be kept."""

    def save_overload(self, sig: Any, cres: Any) -> None:
        _tell("no folder can be written to keep compiled loops; every run compiles them anew.")


class _Kept(caching.FunctionCache):  # type: ignore[misc]
    """The compiled forms of one loop on disk. No fault there stops a run."""

    def __init__(self, loop: Any) -> None:
        super().__init__(loop)
        self._cache_file = _Sealed(self._cache_path, f"{self._impl.filename_base}.sealed", loop)

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        try:
            return super().load_overload(sig, target_context)
        except OSError as error:
            self._tell_unkept(error)
        except Exception:  # bytes that were changed can raise anything
            _tell(f"compiled loops kept in {self.cache_path} are damaged; they are compiled anew.")
        return None

    def save_overload(self, sig: Any, data: Any) -> None:
        try:
            try:
                super().save_overload(sig, data)
            except OSError:
                raise
            except Exception:  # a damaged index
                self.flush()
                super().save_overload(sig, data)
        except Exception as error:
            self._tell_unkept(error)

    def _tell_unkept(self, error: Exception) -> None:
        reason = getattr(error, "strerror", None) or error
        _tell(f"compiled loops cannot be kept in {self.cache_path}: {reason}; every run compiles them anew.")


class _Sealed(caching.IndexDataCacheFile):  # type: ignore[misc]
    """The files of one loop, each with a seal before its content and none of them half written."""

    def __init__(self, folder: str, name: str, loop: FunctionType) -> None:
        super().__init__(folder, name, None)
        self._loop = loop

    def _load_index(self) -> Any:
        self._source_stamp = wording(self._loop)
        return super()._load_index()

    def _save_index(self, overloads: Any) -> None:
        self._source_stamp = wording(self._loop)
        super()._save_index(overloads)

    def _load_data(self, name: str) -> Any:
        whole = Path(self._data_path(name)).read_bytes()
        seal, data = whole[:SEAL], whole[SEAL:]
        if sha256(data).digest() != seal:
            raise ValueError("the seal is broken")
        return pickle.loads(data)

    def _save_data(self, name: str, data: Any) -> None:
        data = self._dump(data)
        with self._open_for_write(self._data_path(name)) as file:
            file.write(sha256(data).digest() + data)

    @contextmanager
    def _open_for_write(self, filepath: str) -> Iterator[IO[bytes]]:
        with Batch() as batch:
            file, name = batch.open(os.path.dirname(filepath), 0o666)
            with file:
                yield file
            batch.finish({name: Path(filepath)}, told=False)
