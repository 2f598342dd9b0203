"""How much of everything there is; what grows with the people is said as a share of them.

With 500 people: some 1,500 shifts, 200 inspections, 350 appraisals and 550 statements.
"""

PAST_DAYS, COMING_DAYS = 56, 28

WORKS_AT_MOST = 8
"""Kinds of work of a unit, stories aside; the crews grow with the people."""
CREW = 4
"""People for each kind of work, as long as there are not too many kinds."""
TEAM = 4
"""People on one shift at most."""
PAST_ROUNDS, COMING_ROUNDS = 4, 2
"""How often each of a crew works on it: in the past days, and in the days to come."""
HELPERS = 2
"""Others who do the work of a story that is about one person alone only by chance."""
ENDING_SHARE = 0.15
"""Requirements of routine work that are to end, in half a year or later."""
LEARNERS = 2
"""Coming shifts of a unit on which a joiner learns alongside."""

CHECKED_SHARE = 0.5
"""Inspections for each of a crew."""
PASSED_SHARE, FAILED_SHARE = 0.75, 0.2
"""Outcomes of inspections; the rest is not done yet."""
OLD_SHARE = 0.1
"""Work in which something went wrong long ago."""

APPRAISED_SHARE, OPEN_SHARE = 0.75, 0.12
"""People whose appraisal was held; appraisals not yet signed among all."""
RATINGS = 3
GOAL_SHARE = 0.4
OBJECTION_SHARE = 0.03
"""Signed appraisals to which somebody objects."""
STATEMENTS_SHARE = 1.2
PAPERS_SHARE = 0.1
"""Certificates of people away from the stations, for work that they do not do."""
AGREEMENT_SHARE = 0.15
WISH_SHARE = 0.25

TWICE_SHARE = 0.01
"""People and statements that stand there twice."""
ASTRAY_SHARE = 0.02
"""People without a manager in the records."""
SPELLED_SHARE = 0.03
"""Accounts with another spelling of the name."""


def some(share: float, of: int) -> int:
    """Return how many a share is: at least one, where there are any."""
    return min(of, max(1, round(share * of)))
