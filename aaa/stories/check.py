"""Is the workbook in order?"""

from collections.abc import Iterator, Sequence

from aaa.figures import findings
from aaa.metrics.completeness import completeness, overall
from aaa.stories.parts import Facts, Findings, Part, Rows, Story, Ticks
from aaa.values.finding import counted
from aaa.words.texts import translate
from aaa.workbook.programme import Programme


def story(
    programme: Programme,
    lang: str,
    version: Sequence[tuple[str, str]],
    ticks: Ticks | None = None,
) -> Story:
    """Tell what is wrong with the workbook, how much of it is filled, and which version it is.

    Args:
        programme: whole, in the reader's language.
        lang: that language.
        version: facts about the version: of each the name of its message and its words.
        ticks: beside findings that have one right answer.
    """
    share = overall(completeness(programme))
    return Story(
        translate(lang, "page.check"),
        findings.title(programme.findings, share, lang),
        "",
        tuple(_parts(programme, lang, version, ticks)),
    )


def _parts(
    programme: Programme, lang: str, version: Sequence[tuple[str, str]], ticks: Ticks | None
) -> Iterator[Part]:
    found = programme.findings
    yield Findings(
        translate(lang, "check.findings", n=counted(found).total()),
        found,
        translate(lang, "check.no_findings"),
        ticks,
    )
    caption = translate(lang, "check.completeness")
    yield Rows(caption, findings.topics(completeness(programme), lang))
    yield Facts(
        translate(lang, "check.version"),
        tuple((translate(lang, name), words) for name, words in version),
    )
