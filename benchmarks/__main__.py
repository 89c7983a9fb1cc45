"""`python -m benchmarks`: print every ratio and write them to benchmarks/results.json."""

import json
from pathlib import Path

from benchmarks import first_visit, rerun

RESULTS = Path(__file__).parent / "results.json"


def main() -> None:
    """Run every benchmark."""
    pages = rerun.measure()
    print(f"warm rerun against an empty page (target: at most {rerun.TARGET:.0f} x)")
    for name, figures in pages.items():
        print(f"  {name:<10} {figures['ratio']:5.1f} x   {1000 * figures['page_s']:6.1f} ms against {1000 * figures['empty_s']:5.1f} ms")
    visits = first_visit.measure()
    print(f"cold first visit on a phone against an empty page (target: at most {first_visit.TARGET} x)")
    for name, figures in visits.items():
        print(f"  {name:<15} {figures['ratio']:5.2f} x   {figures['page_s']:6.2f} s against {figures['empty_s']:5.2f} s")
    found = {
        "warm_rerun": {"target": rerun.TARGET, "visits": rerun.VISITS, "pages": pages},
        "first_visit": {"target": first_visit.TARGET, "visits": first_visit.VISITS, "pages": visits},
    }
    RESULTS.write_text(json.dumps(found, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
