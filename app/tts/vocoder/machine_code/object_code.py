"""Compiles LLVM IR to ELF object files; imported only where code is made."""

from typing import Any

import llvmlite.binding as llvm

from app.tts.errors import CannotPrepare
from app.tts.vocoder.machine_code.processors import InstructionSet

# Functions of the C library to which LLVM may add calls. Linked code calls nothing outside itself,
# so it has its own; no-builtins keeps LLVM from turning their loops into calls to themselves.
_RUNTIME = """
define ptr @memset(ptr %target, i32 %value, i64 %size) nounwind "no-builtins" {
entry:
  %byte = trunc i32 %value to i8
  %one = insertelement <32 x i8> poison, i8 %byte, i64 0
  %many = shufflevector <32 x i8> %one, <32 x i8> poison, <32 x i32> zeroinitializer
  %whole = and i64 %size, -32
  br label %vectors
vectors:
  %i = phi i64 [0, %entry], [%next_i, %vector]
  %more_vectors = icmp ult i64 %i, %whole
  br i1 %more_vectors, label %vector, label %bytes
vector:
  %vector_at = getelementptr i8, ptr %target, i64 %i
  store <32 x i8> %many, ptr %vector_at, align 1
  %next_i = add i64 %i, 32
  br label %vectors
bytes:
  %j = phi i64 [%i, %vectors], [%next_j, %rest]
  %more_bytes = icmp ult i64 %j, %size
  br i1 %more_bytes, label %rest, label %end
rest:
  %byte_at = getelementptr i8, ptr %target, i64 %j
  store i8 %byte, ptr %byte_at
  %next_j = add i64 %j, 1
  br label %bytes
end:
  ret ptr %target
}

define ptr @memcpy(ptr %target, ptr %source, i64 %size) nounwind "no-builtins" {
entry:
  %whole = and i64 %size, -32
  br label %vectors
vectors:
  %i = phi i64 [0, %entry], [%next_i, %vector]
  %more_vectors = icmp ult i64 %i, %whole
  br i1 %more_vectors, label %vector, label %bytes
vector:
  %from_vector = getelementptr i8, ptr %source, i64 %i
  %to_vector = getelementptr i8, ptr %target, i64 %i
  %many = load <32 x i8>, ptr %from_vector, align 1
  store <32 x i8> %many, ptr %to_vector, align 1
  %next_i = add i64 %i, 32
  br label %vectors
bytes:
  %j = phi i64 [%i, %vectors], [%next_j, %rest]
  %more_bytes = icmp ult i64 %j, %size
  br i1 %more_bytes, label %rest, label %end
rest:
  %from_byte = getelementptr i8, ptr %source, i64 %j
  %to_byte = getelementptr i8, ptr %target, i64 %j
  %one = load i8, ptr %from_byte
  store i8 %one, ptr %to_byte
  %next_j = add i64 %j, 1
  br label %bytes
end:
  ret ptr %target
}
"""


class CompileError(CannotPrepare):
    """LLVM rejected the code."""


def compile_module(ir_text: str, target: InstructionSet) -> bytes:
    """Return a position-independent ELF object file for a module of LLVM IR, for any target.

    The triple and data layout are the target's, whatever the text says. The object contains its own
    `memset` and `memcpy`. Raise CompileError if LLVM rejects the text.
    """
    llvm.initialize_all_targets()
    llvm.initialize_all_asmprinters()
    try:
        machine = llvm.Target.from_triple(target.triple).create_target_machine(
            cpu=target.cpu, features=target.features, opt=3, reloc="pic", codemodel="small"
        )
        module = _parse(ir_text, target, machine)
        module.link_in(_parse(_RUNTIME, target, machine))
        _hide(module)
        _optimize(module, machine)
        return bytes(machine.emit_object(module))
    except RuntimeError as error:
        raise CompileError(f"LLVM cannot compile for {target.name}: {error}") from error


def _parse(ir_text: str, target: InstructionSet, machine: Any) -> Any:
    module = llvm.parse_assembly(ir_text)
    module.triple = target.triple
    module.data_layout = str(machine.target_data)
    module.verify()
    return module


def _hide(module: Any) -> None:
    """Let code refer to its own module's symbols without a table that a loader would fill."""
    for value in (*module.functions, *module.global_variables):
        if not value.is_declaration and value.linkage == llvm.Linkage.external:
            value.visibility = "hidden"


def _optimize(module: Any, machine: Any) -> None:
    options = llvm.create_pipeline_tuning_options(speed_level=3)
    # The generated code is already vectorized.
    options.loop_vectorization = options.slp_vectorization = False
    builder = llvm.create_pass_builder(machine, options)
    builder.getModulePassManager().run(module, builder)
