"""Finding codes as short clauses, so that cautions reach whoever reads only the caption.

Knows nothing of how findings are measured.
"""

from collections.abc import Sequence

from wording.english import ENGLISH
from wording.language import Language

MOST_CLAUSES = 3


def clauses(codes: Sequence[str], *, language: Language = ENGLISH) -> tuple[str, ...]:
    """At most three clauses, each once, in the order of the codes.

    Codes beyond those, and codes without a clause, become one pointer to the findings.
    """
    known = list(
        dict.fromkeys(language.cautions[code] for code in codes if code in language.cautions)
    )
    is_all_said = len(known) <= MOST_CLAUSES and all(code in language.cautions for code in codes)
    rest = () if is_all_said else (language.templates["more_cautions"],)
    return (*known[:MOST_CLAUSES], *rest)
