"""What became of each fault: kept line by line, so that a campaign that was stopped goes on, and told as tables."""

from collections import Counter, defaultdict

SEPARATOR = "\t"
UNNOTICED, INVALID = "unnoticed", "invalid"


class Record:
    """Verdicts on mutants: the name of the program that noticed it, UNNOTICED, or INVALID (did not compile)."""

    def __init__(self, file=None):
        self.file, self.verdicts = file, {}
        if file and file.exists():
            for line in file.read_text().splitlines():
                verdict, place = line.split(SEPARATOR, 1)
                self.verdicts[place] = verdict

    @staticmethod
    def _place(mutant):
        return SEPARATOR.join([str(mutant.start), mutant.kind, mutant.key])

    def verdict_on(self, mutant):
        return self.verdicts.get(self._place(mutant))

    def add(self, mutant, verdict):
        self.verdicts[self._place(mutant)] = verdict
        if self.file:
            with self.file.open("a") as out:
                out.write(verdict + SEPARATOR + self._place(mutant) + "\n")


def _share(noticed, faults):
    return f"{noticed / faults:.1%}" if faults else ""


def _table(title, rows):
    lines = [f"| {title} | faults | noticed | share |", "|---|---:|---:|---:|"]
    for name, verdicts in rows:
        noticed = len(verdicts) - verdicts.count(UNNOTICED)
        lines.append(f"| {name} | {len(verdicts)} | {noticed} | {_share(noticed, len(verdicts))} |")
    return "\n".join(lines)


def tables(results):
    """Markdown: faults per file, per kind and per program that noticed them. Without those that did not compile."""
    counted = [(mutant, verdict) for mutant, verdict in results if verdict != INVALID]
    files, kinds = defaultdict(list), defaultdict(list)
    for mutant, verdict in counted:
        files[f"`{mutant.file}`"].append(verdict)
        kinds[mutant.kind].append(verdict)
    everything = [("all", [verdict for _, verdict in counted])]
    programs = Counter(verdict for _, verdict in counted if verdict != UNNOTICED)
    told = [f"| `{name}` | {count} |" for name, count in programs.most_common()]
    return "\n\n".join(
        [
            _table("file", sorted(files.items()) + everything),
            _table("kind", sorted(kinds.items()) + everything),
            "\n".join(["| first noticed by | faults |", "|---|---:|", *told]),
        ]
    )
