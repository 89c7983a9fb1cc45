"""Who pays for the programme, and how sure is it?"""

from collections.abc import Iterator

from aaa import metrics
from aaa.figures import budget
from aaa.figures import money as figures
from aaa.metrics.budget import Total
from aaa.stories import parts, titles
from aaa.stories.parts import Pace, Part, Story, Tiles, Variance, Words
from aaa.words import wording
from aaa.words.texts import translate
from aaa.workbook.programme import Programme


def story(programme: Programme, lang: str) -> Story:
    """Tell what the programme costs, who carries it, how sure that is, and what was spent.

    Args:
        programme: in the reader's language.
        lang: that language.
    """
    costs = programme.costs
    usual = translate(lang, "budget.title_empty")
    if len(costs):
        usual = budget.title(metrics.budget.by_funder(costs), lang)
    return Story(
        translate(lang, "page.budget"),
        titles.budget(programme, lang) or usual,
        "Kostenraming, Toezeggingen, Uitgaven, Ambities",
        (*cautions(programme, lang), *_figures(programme, lang)),
    )


def money(programme: Programme, lang: str) -> Story:
    """Tell a meeting whether the money is all right: what differs from the estimate, what of it is
    covered, and what was paid in the course of the year. Arguments as of `story`.
    """
    told = story(programme, lang)
    source = "Kostenraming, Toezeggingen, Uitgaven"
    if programme.costs.empty and programme.spending.empty:
        missing = _missing("budget.title_empty", "empty.costs", lang)
        return Story(told.name, told.title, source, (missing,))
    found = list[Part](cautions(programme, lang))
    chart = figures.variance(metrics.budget.variance(programme.costs, programme.spending), lang)
    found.append(Variance(chart, chart.variance.rows))
    if cover := figures.cover(programme, lang):
        found.append(Words(cover))
    found += [one for one in told.parts if isinstance(one, Words) and one.is_remark]
    in_time = figures.pace(programme, lang)
    if in_time is not None:
        found.append(Pace(in_time))
    else:
        found.append(_missing("budget.spending_title_none", "empty.spending", lang))
    return Story(told.name, told.title, source, tuple(found))


def cautions(programme: Programme, lang: str) -> Iterator[Words]:
    """Yield what a reader must know before using the sums.

    Args:
        programme: in the reader's language.
        lang: that language.
    """
    yield from cautions_of_the_estimate(programme, lang)
    for left, key in (
        (metrics.budget.uncounted(programme.spending, ("kind",)), "budget.spending_uncounted"),
        (
            metrics.budget.uncounted(programme.commitments, ("certainty",)),
            "budget.commitments_uncounted",
        ),
    ):
        if left.unknown:
            yield Words(_uncounted(left, key, lang), warning=True)


def cautions_of_the_estimate(programme: Programme, lang: str) -> Iterator[Words]:
    """Yield what a reader must know before using the estimate alone; arguments as of `cautions`."""
    costs = programme.costs
    total = metrics.budget.estimate(costs)
    if metrics.budget.contradiction(costs) is not None:
        both = metrics.budget.covered(costs)
        words = translate(
            lang,
            "budget.contradiction",
            total=wording.euros(total.amount, lang),
            sum=wording.euros(both.amount, lang),
        )
        yield Words(words, warning=True)
    if total.unknown:
        yield Words(translate(lang, "budget.lines_unknown", n=total.unknown), warning=True)


def _uncounted(left: Total, key: str, lang: str) -> str:
    return translate(lang, key, n=left.unknown, amount=wording.euros(left.amount, lang))


def _figures(programme: Programme, lang: str) -> Iterator[Part]:
    costs = programme.costs
    levels = metrics.budget.certainty(costs, programme.commitments)
    spent = metrics.budget.spending_against_estimate(costs, programme.spending)
    sure, (paid, share) = metrics.budget.committed(levels), metrics.budget.paid_of_estimate(spent)
    total, funders = metrics.budget.estimate(costs), metrics.budget.by_funder(costs)
    yield Tiles(tuple(budget.tiles(total, len(costs), sure, paid, share, lang)))
    if len(costs):
        yield parts.bars(budget.cost_by_line(costs, funders, lang))
    else:
        yield _missing("budget.title_empty", "empty.costs", lang)
    if len(programme.spending):
        rows = metrics.budget.variance(costs, programme.spending)
        yield parts.bars(budget.spending(rows, lang))
    else:
        yield _missing("budget.spending_title_none", "empty.spending", lang)
    if sure is not None:
        yield parts.bars(budget.certainty(levels, lang))
    else:
        yield _missing("budget.certainty_title_none", "empty.commitments", lang)
    per_ambition = metrics.budget.per_ambition(costs, programme.ambitions)
    if (per_ambition["target"] > 0).any():
        yield parts.bars(budget.per_ambition(per_ambition, lang))
    else:
        yield _missing("budget.per_ambition_none", "overview.no_target", lang)


def _missing(heading: str, words: str, lang: str) -> Words:
    return Words(translate(lang, words), missing=True, heading=translate(lang, heading))
