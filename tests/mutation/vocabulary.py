"""Builds and judges one fault of src/domain and src/guideline at a time.

Both layers are linked as one shared library, and the test programs against it, so that a fault costs one compilation
and one small link.
"""

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

from record import INVALID, UNNOTICED

PROGRAMS = ["domain_tests", "guideline_tests", "exhaustive_tests", "cases_tests", "scenarios_tests"]
LAYERS = ["domain", "guideline"]
LIBRARY = "libfaulty.so"
PATIENCE = 120  # seconds of processor time, so that a busy machine notices nothing by itself; a fault that hangs is noticed


class Bench:
    """A folder of its own, with the test programs and the sound objects. Not for two faults at a time."""

    def __init__(self, root, build, folder):
        self.root, self.build, self.folder = Path(root), Path(build), Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.compilations = self._compilations()
        for name in PROGRAMS:
            self._link_program(name)

    def _commands(self, target):
        asked = subprocess.run(["ninja", "-C", self.build, "-t", "commands", target], capture_output=True, text=True, check=True)
        return asked.stdout.splitlines()

    def _compilations(self):
        """Source, relative to the checkout, to the command without its output, quick rather than good."""
        found = {}
        for line in self._commands(PROGRAMS[0]) + self._commands(PROGRAMS[1]):
            words = shlex.split(line.split(" && ")[0])
            if "-c" not in words:
                continue
            source = os.path.relpath(words[words.index("-c") + 1], self.root)
            if source.split("/")[0] != "src" or source.split("/")[1] not in LAYERS:
                continue
            words = words[next(i for i, word in enumerate(words) if re.search(r"(\+\+|clang)[^/]*$", word)) :]
            compiler = [word for word in words if not re.match(r"-O\d|-MD$|-Werror|-D_FORTIFY", word)]
            for flag in ("-MT", "-MF", "-o", "-c"):
                at = compiler.index(flag)
                del compiler[at : at + 2]
            found[source] = compiler + ["-O0", "-w"]
        return found

    def _link_program(self, name):
        command = self._commands(name)[-1] if name else ""
        lines = [line for line in self._commands(name) if f"-o tests/{name} " in line]
        command = lines[-1].split(" && ")[1]
        words = shlex.split(command)
        words[words.index("-o") + 1] = str(self.folder / name)
        layers = tuple(f"librectal_cds_{layer}.a" for layer in LAYERS)
        words = [word for word in words if not word.endswith(layers)]
        if not (self.folder / LIBRARY).exists():
            self._link_library({})
        words += [str(self.folder / LIBRARY), f"-Wl,-rpath,{self.folder}"]
        subprocess.run(words, cwd=self.build, check=True)

    def _link_library(self, replaced):
        objects = [replaced.get(source) or next(iter(self.build.glob(f"**/rectal_cds_{source.split('/')[1]}.dir/{source}.o"))) for source in self.compilations]
        base = next(iter(self.build.glob("**/librectal_cds_base.a")))
        compiler = next(iter(self.compilations.values()))[0]
        subprocess.run([compiler, "-shared", "-o", self.folder / LIBRARY, *objects, base], check=True)

    def judge(self, mutant, text):
        """INVALID when it does not compile, the name of the program that noticed it, or UNNOTICED."""
        source, made = self.folder / "faulty.cpp", self.folder / "faulty.o"
        source.write_text(text[: mutant.start] + mutant.new + text[mutant.end :])
        compiled = subprocess.run([*self.compilations[mutant.file], "-o", made, "-c", source], cwd=self.build, capture_output=True)
        if compiled.returncode != 0:
            return INVALID
        self._link_library({mutant.file: made})
        return self.noticed_by() or UNNOTICED

    def noticed_by(self):
        environment = dict(os.environ, RECTAL_CDS_SOURCE_DIR=str(self.root))
        environment.pop("RECTAL_CDS_APPROVE", None)
        for name in PROGRAMS:
            command = ["prlimit", f"--cpu={PATIENCE}", self.folder / name, "--report_level=no", "--log_level=nothing"]
            if subprocess.run(command, env=environment, capture_output=True).returncode != 0:
                return name
        return None

    def clear(self):
        shutil.rmtree(self.folder)
