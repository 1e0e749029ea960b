"""Keep the files that the chosen features need, for the plain `cookiecutter` command."""

import json
import shutil
import sys
from fnmatch import fnmatch
from pathlib import Path

ANSWERS = json.loads(r"""{{ cookiecutter | jsonify }}""")
ORDER = json.loads(r"""{{ cookiecutter.keys() | list | jsonify }}""")
OFFERS = [key for key in ORDER if isinstance(ANSWERS[key], bool)]
CHOSEN = {"hello", *(key for key in OFFERS if ANSWERS[key])}
CLAIMS = [
    (len(claim), claim, feature)
    for feature, claims in ANSWERS["_feature_paths"].items()
    for claim in claims
]


def owner(path, plain):
    found = [
        (length, feature)
        for length, claim, feature in CLAIMS
        if claim in (path, plain) or (claim.endswith("/") and path.startswith(claim))
    ]
    return max(found)[1] if found else None


def variant(path):
    stem, mark, rest = path.name.partition(".without-")
    feature, dot, ending = rest.partition(".")
    return (path.with_name(stem + dot + ending), feature) if mark else None


def is_litter(path):
    return any(fnmatch(part, pattern) for part in path.parts for pattern in ANSWERS["_ignored"])


for feature, needs in ANSWERS["_needs"].items():
    missing = [need for need in needs if feature in CHOSEN and need not in CHOSEN]
    if missing:
        sys.exit(f"The feature {feature} needs {missing[0]}: switch it on, or {feature} off.")

files = [path for path in sorted(Path().rglob("*")) if path.is_file()]
standing_in = {}
for path in files:
    other = variant(path)
    plain = other[0] if other else path
    feature = owner(path.as_posix(), plain.as_posix())
    if is_litter(path) or feature not in CHOSEN or (other and other[1] in CHOSEN):
        path.unlink()
    elif other:
        standing_in.setdefault(plain, []).append((OFFERS.index(other[1]), path))
for plain, candidates in standing_in.items():
    first, *rest = [path for _, path in sorted(candidates)]
    first.replace(plain)
    for path in rest:
        path.unlink()
for folder in sorted((path for path in Path().rglob("*") if path.is_dir()), reverse=True):
    if is_litter(folder):
        shutil.rmtree(folder, ignore_errors=True)
    elif not any(folder.iterdir()):
        folder.rmdir()
