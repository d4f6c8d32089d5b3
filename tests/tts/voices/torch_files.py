"""Files as `torch.save` writes them, without PyTorch."""

import io
import pickle
import sys
import types
import zipfile
from collections import OrderedDict
from typing import Any
from unittest import mock

import numpy.typing as npt


def torch_file(
    array: npt.NDArray[Any],
    *,
    stride: tuple[int, ...] | None = None,
    storage_type: str = "FloatStorage",
    location: str = "cpu",
    offset: int = 0,
    requires_grad: bool = False,
) -> bytes:
    """Return the file that `torch.save` writes for a tensor, made with Python's own pickler."""
    stride = stride or tuple(step // array.itemsize for step in array.strides)
    utils, torch = types.ModuleType("torch._utils"), types.ModuleType("torch")
    storage = type(storage_type, (), {"__module__": "torch"})

    def _rebuild_tensor_v2() -> None: ...

    _rebuild_tensor_v2.__module__ = "torch._utils"
    _rebuild_tensor_v2.__qualname__ = "_rebuild_tensor_v2"
    vars(utils)["_rebuild_tensor_v2"] = _rebuild_tensor_v2
    vars(torch)[storage_type] = storage

    class Tensor:
        def __reduce_ex__(self, protocol: Any) -> tuple[Any, ...]:
            arguments = (memory, offset, array.shape, stride, requires_grad, OrderedDict())
            return _rebuild_tensor_v2, arguments

    class Pickler(pickle.Pickler):
        def persistent_id(self, value: Any) -> Any:
            if value is memory:
                return "storage", storage, "0", location, array.size
            return None

    memory, stream = object(), io.BytesIO()
    with mock.patch.dict(sys.modules, {"torch": torch, "torch._utils": utils}):
        Pickler(stream, protocol=2).dump(Tensor())
    return archive(
        {"data.pkl": stream.getvalue(), "byteorder": b"little", "data/0": array.tobytes()}
    )


def archive(members: dict[str, bytes], folder: str = "voice", compression: int = 0) -> bytes:
    """Return a zip of files in a folder."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as file:
        for name, content in members.items():
            file.writestr(f"{folder}/{name}", content)
    return stream.getvalue()


def members_of(content: bytes) -> dict[str, bytes]:
    """Return the files of an archive by their names."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name.partition("/")[2]: file.read(name) for name in file.namelist()}
