"""What can be asked of the demo, and what the generator knows that the answer must be.

No expectation is taken from the hub's answers.
"""

from hub.demo.organisation.model import Organisation
from hub.demo.questions import matrix, people, quality, roster
from hub.demo.questions.asked import Asked
from hub.demo.questions.signing_in import SignIn, sign_ins

__all__ = ["Asked", "SignIn", "first_question", "questions", "sign_ins"]


def questions(organisation: Organisation) -> list[Asked]:
    """Return the questions: each story by the question that shows it, with what is nearly so."""
    return [
        *matrix.cases(organisation),
        *quality.cases(organisation),
        *roster.cases(organisation),
        *people.cases(organisation),
    ]


def first_question(organisation: Organisation) -> Asked:
    """Return the question that the demo opens with."""
    return roster.first(organisation)
