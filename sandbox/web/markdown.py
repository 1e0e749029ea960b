"""Our own Markdown as HTML: lessons and notes. Raw HTML in it is shown, never obeyed."""

from functools import lru_cache

from markdown_it.token import Token
from markupsafe import Markup, escape

from sandbox.learn import markdown as lesson_markdown
from sandbox.web.highlight import highlight_lines

_LANGUAGES = frozenset({"bash", "console", "html", "json", "python", "sql", "toml", "yaml"})


@lru_cache(maxsize=512)
def block(text: str) -> Markup:
    """Return paragraphs, lists, tables and typed code as HTML."""
    return Markup(_PARSER.render(text))


@lru_cache(maxsize=1024)
def inline(text: str) -> Markup:
    """Return one line's emphasis, code and links as HTML."""
    return Markup(_PARSER.renderInline(text))


def _fence(_: object, tokens: list[Token], index: int, *__: object) -> str:
    token = tokens[index]
    named = token.info.strip()
    language = named if named in _LANGUAGES else "text"
    lines = Markup("\n").join(highlight_lines(token.content, language))
    return Markup(
        '<pre class="code typed" tabindex="0" role="group" aria-label="{}"><code>{}</code></pre>\n'
    ).format(escape("Commands and answers" if language == "console" else "Example"), lines)


_PARSER = lesson_markdown()
_PARSER.add_render_rule("fence", _fence)
