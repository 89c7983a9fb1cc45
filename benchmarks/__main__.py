"""`python -m benchmarks`: print every ratio and write them to benchmarks/results.json."""

import json
from pathlib import Path

from benchmarks import rerun

RESULTS = Path(__file__).parent / "results.json"


def main() -> None:
    """Run every benchmark."""
    pages = rerun.measure()
    print(f"warm rerun against an empty page (target: at most {rerun.TARGET:.0f} x)")
    for name, figures in pages.items():
        print(f"  {name:<10} {figures['ratio']:5.1f} x   {1000 * figures['page_s']:6.1f} ms against {1000 * figures['empty_s']:5.1f} ms")
    RESULTS.write_text(json.dumps({"warm_rerun": {"target": rerun.TARGET, "visits": rerun.VISITS, "pages": pages}}, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
