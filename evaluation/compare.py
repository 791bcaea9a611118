"""Print every table that compares the tokenizer and the trained pipeline with others, and rewrite them in docs/.

python evaluation/compare.py                                 tokens, trees and names, rules with and without a model
python evaluation/compare.py --system "Stanza, here=DIR"     with a column for what another system wrote to DIR
(`treebanks.py` says which files)
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
#: Each script, and whether it takes the columns of other systems.
SCRIPTS = {"treebanks.py": True, "pipeline.py": True, "engine.py": False}


def main() -> int:
    arguments = sys.argv[1:]
    if {"-h", "--help"} & set(arguments):
        print(__doc__)
        return 0
    codes = []
    for script, others in SCRIPTS.items():
        print(f"== {script}", flush=True)
        codes.append(subprocess.run([sys.executable, HERE / script, *(arguments if others else [])]).returncode)
        print()
    return max(codes)


if __name__ == "__main__":
    raise SystemExit(main())
