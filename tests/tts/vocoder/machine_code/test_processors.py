"""The flags that Linux lists for the processors decide which code may run."""

from pathlib import Path

import pytest

from app.tts.vocoder.machine_code.processors import INSTRUCTION_SETS, present_instruction_sets

NEHALEM = (
    "fpu vme de pse tsc msr pae mce cx8 apic sep mtrr pge mca cmov pat pse36 clflush mmx fxsr sse "
    "sse2 ht syscall nx rdtscp lm constant_tsc nopl pni ssse3 cx16 sse4_1 sse4_2 popcnt lahf_lm"
)
GOLDMONT = f"{NEHALEM} pclmulqdq movbe tsc_deadline_timer aes xsave rdrand rdseed smap sha_ni"
SANDY_BRIDGE = f"{NEHALEM} pclmulqdq tsc_deadline_timer aes xsave avx xsaveopt"
HASWELL = f"{SANDY_BRIDGE} fma movbe f16c rdrand abm fsgsbase bmi1 avx2 smep bmi2 erms invpcid"
ZEN_2 = f"{HASWELL} sse4a misalignsse 3dnowprefetch clwb sha_ni xsavec xgetbv1 clzero rdpid"
XEON_PHI = f"{HASWELL} avx512f avx512pf avx512er avx512cd"
SAPPHIRE_RAPIDS = (
    f"{HASWELL} avx512f avx512dq rdseed avx512ifma avx512cd sha_ni avx512bw avx512vl avx_vnni "
    "avx512_bf16 avx512vbmi avx512_fp16 amx_tile amx_int8"
)
RASPBERRY_PI_4 = "fp asimd evtstrm crc32 cpuid"
NEOVERSE_N1 = (
    "fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid asimdrdm lrcpc dcpop "
    "asimddp ssbs"
)


def x86(flags: str, number: int = 0) -> str:
    return (
        f"processor\t: {number}\nvendor_id\t: GenuineIntel\nmodel name\t: Made up\n"
        f"flags\t\t: {flags}\nvmx flags\t: vnmi avx2 fma\nbugs\t\t: spectre_v1\n\n"
    )


def arm(features: str, number: int = 0) -> str:
    return (
        f"processor\t: {number}\nBogoMIPS\t: 108.00\nFeatures\t: {features}\n"
        "CPU implementer\t: 0x41\nCPU architecture: 8\n\n"
    )


def names(root: Path, cpuinfo: str, machine: str, system: str = "Linux") -> list[str]:
    (root / "proc").mkdir(exist_ok=True)
    (root / "proc/cpuinfo").write_text(cpuinfo)
    return [found.name for found in present_instruction_sets(root, machine, system)]


@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        (SAPPHIRE_RAPIDS, ["x86-64-v4", "x86-64-v3"]),
        (ZEN_2, ["x86-64-v3"]),
        (HASWELL, ["x86-64-v3"]),
        # It has other extensions of AVX-512 than servers.
        (XEON_PHI, ["x86-64-v3"]),
        (SANDY_BRIDGE, []),
        (GOLDMONT, []),
        (NEHALEM, []),
        ("", []),
    ],
)
def test_an_x86_processor_has_the_levels_whose_flags_are_all_listed(
    tmp_path: Path, flags: str, expected: list[str]
) -> None:
    assert names(tmp_path, x86(flags) + x86(flags, 1), "x86_64") == expected


@pytest.mark.parametrize("missing", ["fma", "abm", "f16c", "avx2", "bmi2"])
def test_a_virtual_machine_that_hides_a_flag_lacks_its_level(tmp_path: Path, missing: str) -> None:
    flags = " ".join(flag for flag in SAPPHIRE_RAPIDS.split() if flag != missing)
    assert names(tmp_path, x86(flags), "x86_64") == []


@pytest.mark.parametrize("features", [RASPBERRY_PI_4, NEOVERSE_N1])
def test_a_64_bit_arm_processor_has_armv8(tmp_path: Path, features: str) -> None:
    board = "Revision\t: c03111\nModel\t\t: Raspberry Pi 4 Model B Rev 1.1\n"
    assert names(tmp_path, arm(features) + arm(features, 1) + board, "aarch64") == ["armv8-a"]


def test_a_level_that_only_some_processors_have_is_not_used(tmp_path: Path) -> None:
    cpuinfo = x86(SAPPHIRE_RAPIDS) + x86(HASWELL, 1)
    assert names(tmp_path, cpuinfo, "x86_64") == ["x86-64-v3"]


@pytest.mark.parametrize(
    ("machine", "system"),
    [("aarch64", "Linux"), ("i686", "Linux"), ("x86_64", "Darwin"), ("AMD64", "Windows")],
)
def test_other_machines_and_systems_have_no_instruction_sets(
    tmp_path: Path, machine: str, system: str
) -> None:
    assert names(tmp_path, x86(SAPPHIRE_RAPIDS), machine, system) == []


def test_without_cpuinfo_there_are_no_instruction_sets(tmp_path: Path) -> None:
    assert present_instruction_sets(tmp_path, "x86_64", "Linux") == []


@pytest.mark.parametrize("instructions", INSTRUCTION_SETS, ids=lambda found: found.name)
def test_the_micro_kernels_sums_weights_and_a_value_fit_the_registers(instructions) -> None:
    registers = 16 if instructions.name == "x86-64-v3" else 32
    assert (instructions.rows + 1) * instructions.columns + 1 <= registers
