"""Write the hooks of every scaffold."""

from sandbox.generate.hooks import hooks
from sandbox.generate.load import load_scaffold
from sandbox.knowledge import load_knowledge
from sandbox.paths import KNOWLEDGE, SCAFFOLDS

known = load_knowledge(KNOWLEDGE)
for settings in sorted(SCAFFOLDS.glob("*/cookiecutter.json")):
    scaffold = load_scaffold(settings.parent, known)
    folder = scaffold.folder / "hooks"
    folder.mkdir(exist_ok=True)
    for name, text in hooks(scaffold, known.features, known.frameworks).items():
        (folder / name).write_bytes(text.encode())
