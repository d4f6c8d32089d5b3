"""Generates the loop that executes the steps of a run, in all threads that call it.

Threads take the parts of a step from an atomic counter and wait for each other at its end, without
Python and its lock. A thread that joins late skips the finished steps quickly; one that is asked to
leave does so between two parts.
"""

from llvmlite import ir

from app.tts.vocoder.kernels.ir import INTEGER, POINTER, Code, Function
from app.tts.vocoder.records import RUN, SLOTS, STEP

_SPINS = 64
"""Number of times that a waiting thread spins before it yields to others."""


def run_loop(module: ir.Module) -> str:
    """Generate the function (run, leave, workspace), and return its name.

    `leave` is the address of an integer that is not zero when the thread is to leave.
    """
    f = Function(module, "run", "ppp", 4)
    run, leave, workspace = f.arguments
    build = f.build
    steps = f.field(run, RUN.indices["steps"])
    stop, yield_thread = (f.field(run, RUN.indices[name], POINTER) for name in ("stop", "pause"))
    blocks = {name: f.block(name) for name in _BLOCKS}
    before = build.block
    build.branch(blocks["step"])

    build.position_at_end(blocks["step"])
    number = build.phi(INTEGER)
    number.add_incoming(ir.Constant(INTEGER, 0), before)
    record = f.at(run, f.plus(len(RUN.indices), f.times(number, SLOTS)), INTEGER)
    tickets, function = (
        f.field(record, STEP.indices[name], kind)
        for name, kind in (("tickets", INTEGER), ("function", POINTER))
    )
    following, done = (f.at(record, STEP.indices[name], INTEGER) for name in ("next", "done"))
    build.cbranch(f.less(number, steps), blocks["check"], blocks["end"])

    build.position_at_end(blocks["check"])
    build.cbranch(_is_set(f, leave), blocks["end"], blocks["take"])

    build.position_at_end(blocks["take"])
    ticket = build.atomic_rmw("add", following, ir.Constant(INTEGER, 1), "acq_rel")
    build.cbranch(f.less(ticket, tickets), blocks["taken"], blocks["wait"])

    # A stopped run still counts its parts, but skips their work.
    build.position_at_end(blocks["taken"])
    build.cbranch(_is_set(f, stop), blocks["count"], blocks["work"])
    build.position_at_end(blocks["work"])
    f.call_address(function, record, ticket, workspace)
    build.branch(blocks["count"])
    build.position_at_end(blocks["count"])
    build.atomic_rmw("add", done, ir.Constant(INTEGER, 1), "acq_rel")
    build.branch(blocks["check"])

    build.position_at_end(blocks["wait"])
    spins = build.phi(INTEGER)
    spins.add_incoming(ir.Constant(INTEGER, 0), blocks["take"])
    finished = build.load_atomic(done, "acquire", 8, typ=INTEGER)
    build.cbranch(f.less(finished, tickets), blocks["unfinished"], blocks["next"])
    build.position_at_end(blocks["unfinished"])
    build.cbranch(_is_set(f, leave), blocks["end"], blocks["spin"])
    build.position_at_end(blocks["spin"])
    _relax(f, module)
    more = f.plus(spins, 1)
    spins.add_incoming(more, blocks["spin"])
    build.cbranch(f.less(more, _SPINS), blocks["wait"], blocks["yield"])
    build.position_at_end(blocks["yield"])
    f.call_address(yield_thread)
    spins.add_incoming(ir.Constant(INTEGER, 0), blocks["yield"])
    build.branch(blocks["wait"])

    build.position_at_end(blocks["next"])
    number.add_incoming(f.plus(number, 1), blocks["next"])
    build.branch(blocks["step"])
    build.position_at_end(blocks["end"])
    f.finish()
    return "run"


_BLOCKS = (
    "step", "check", "take", "taken", "work", "count", "wait", "unfinished", "spin", "yield",
    "next", "end",
)  # fmt: skip


def _relax(f: Function, module: ir.Module) -> None:
    """Tell the processor that this is a spin loop."""
    if module.triple.startswith("aarch64"):
        number = ir.IntType(32)
        hint = ir.Function(module, ir.FunctionType(ir.VoidType(), [number]), "llvm.aarch64.hint")
        f.build.call(hint, [number(1)])
    else:
        pause = ir.Function(module, ir.FunctionType(ir.VoidType(), []), "llvm.x86.sse2.pause")
        f.build.call(pause, [])


def _is_set(f: Function, flag: Code) -> Code:
    value = f.build.load_atomic(flag, "monotonic", 8, typ=INTEGER)
    return f.build.icmp_signed("!=", value, ir.Constant(INTEGER, 0))
