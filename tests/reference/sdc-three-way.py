"""What a gate without kinds 2 and 5 lets through, counted by singular value decomposition over people.

  python3 tests/reference/sdc-three-way.py ../shared/oracles > tests/reference/sdc_three_way_1200.json

`three_way` is the published set of scripts/91_sdc_prototype.py (n = 1200, k = 10, three ways), which knows kinds 1, 3 and 4
only; `two_way` is the example of fixtures/sdc_attack_1200.json, as outsider and as each contributor. Kinds as in METHOD 7.4.
A set is in the span where what is left of it is below 1e-6 of it. Cells, unions and pairs are counted as named, exclusions
by set."""
import importlib.util, itertools, json, sys
from pathlib import Path

import numpy as np

ORACLES = Path(sys.argv[1])
K = 10


def prototype():
    spec = importlib.util.spec_from_file_location("prototype", ORACLES / "scripts" / "91_sdc_prototype.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def count_leaks(records, published, ways):
    people = len(next(iter(records.values())))
    dims = list(records)
    meet = lambda table: not {"muni", "area"} <= set(table)
    members = lambda cell: np.logical_and.reduce([np.ones(people, bool)] + [records[d] == c for d, c in cell.items()])
    sets = [s for s in map(members, published) if s.any()]
    u, values, _ = np.linalg.svd(np.array(sets, float).T, full_matrices=False)
    basis = u[:, values > 1e-9 * values[0]]

    def tally(secrets):
        secrets = list(secrets)
        if not secrets:
            return {"looked": 0, "derivable": 0}
        s = np.array(secrets, float).T
        left = np.linalg.norm(s - basis @ (basis.T @ s), axis=0) / np.linalg.norm(s, axis=0)
        return {"looked": len(secrets), "derivable": int((left < 1e-6).sum())}

    tables = lambda way: [t for t in itertools.combinations(dims, way) if meet(t)]
    cells = lambda t: [dict(zip(t, c)) for c in sorted(set(zip(*[records[d] for d in t])))] if t else [{}]
    small = lambda t: [(c, s) for c in cells(t) for s in [members(c)] if s.sum() < K]
    lattice = {t: small(t) for way in range(ways + 1) for t in tables(way)}

    def unions():
        for table, children in lattice.items():
            for split in table:
                keys = [[d for d in table if d != split]]
                if split == "muni":
                    keys.append(keys[0] + ["area"])
                for key in keys:
                    families = {}
                    for _, s in children:
                        families.setdefault(tuple(records[d][s][0] for d in key), []).append(s)
                    for siblings in families.values():
                        together = np.logical_or.reduce(siblings)
                        if len(siblings) >= 2 and together.sum() < K:
                            yield together

    def exclusions():
        seen = set()
        for cell in published:
            whole = members(cell)
            if len(cell) > ways - 1 or not whole.any():
                continue
            for b, c in itertools.combinations([d for d in dims if d not in cell and meet([*cell, d])], 2):
                if not meet([b, c]):
                    continue
                for x, y in itertools.product(ALL[b], ALL[c]):
                    s = whole & (records[b] != x) & (records[c] != y)
                    if 0 < s.sum() < K and s.tobytes() not in seen:
                        seen.add(s.tobytes())
                        yield s

    nested = sum(
        bool(0 < a.sum() - b.sum() < K and (a & b).sum() == b.sum()) for a, b in itertools.permutations(sets, 2)
    )
    return {
        "small": tally(s for group in lattice.values() for _, s in group),
        "deeper": tally(s for t in tables(ways + 1) for _, s in small(t)),
        "unions": tally(unions()),
        "differences": {"looked": nested, "derivable": nested},
        "exclusions": tally(exclusions()),
    }


attack = json.loads((ORACLES / "fixtures" / "sdc_attack_1200.json").read_text())
records = {d: np.array(v) for d, v in attack["input"]["records"].items()}
records["area"] = np.array(attack["input"]["muni_area"])[records["muni"]]
ALL = {d: sorted(set(v)) for d, v in records.items()}

proto = prototype()
drawn = proto.make(1200, 4)
lattice = proto.lattice(3)
matrix, counts, at = proto.cols(drawn, lattice)
_, chosen, _ = proto.gate(matrix, counts, K, lattice, [np.ones(len(counts), bool)], proto.sibling_groups(lattice))
assert all((drawn[d] == records[d]).all() for d in drawn)
three_way = [dict(zip(names, map(int, codes))) for names, codes in (lattice[j] for j in chosen)]

example = attack["expected"]["example_valid_published_2way_with_contributor_protection"]
two_way = {"outsider": count_leaks(records, example, 2)}
for org in ALL["org"]:
    others = {d: v[records["org"] != org] for d, v in records.items()}
    two_way[str(org)] = count_leaks(others, example, 2)
expected = {"two_way": two_way, "three_way": {"outsider": count_leaks(records, three_way, 3)}}
print(json.dumps({"source": "sdc-three-way.py", "published": {"three_way": three_way}, "expected": expected}))
