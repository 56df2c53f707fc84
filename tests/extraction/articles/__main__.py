"""`python -m tests.extraction.articles [name …]`: how each field is read, and what is missed."""

import sys
from collections import Counter

from tests.extraction.articles import NAMES, facts, load


def main(names: list[str]) -> None:
    told = {name: list(facts(load(name))) for name in names}
    total = Counter(fact.field for facts in told.values() for fact in facts)
    right = Counter(fact.field for facts in told.values() for fact in facts if fact.right)
    for name, facts_of in told.items():
        print(name)
        for fact in facts_of:
            if not fact.right:
                print(f"    {fact}: {fact.got}")
    for field in total:
        print(f"{field:<10}{right[field]:5} of {total[field]:4}{right[field] / total[field]:8.1%}")


if __name__ == "__main__":
    main(sys.argv[1:] or NAMES)
