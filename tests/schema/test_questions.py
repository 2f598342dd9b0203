"""The questions that this release exists to answer fit its schema."""

import pytest
from graphql import parse, validate

from hub.schema import served

QUESTIONS = {
    "who masters a process, who does not yet, and what hangs on one person": """
        query($code: String!, $asOf: DateTime) {
          process(by: {code: $code}, asOf: $asOf) {
            name
            matrix {
              requirement { competence { name } required { rank } minHolders criticality }
              coverage {
                required qualified singlePointOfFailure
                derivation { complete missingSources { name } }
              }
              masters(first: 50) {
                totalCount complete
                nodes { person { displayName } level { rank } status lastUsedAt }
              }
              notYet(first: 50) {
                totalCount nodes { person { displayName } delta neededBy coveredBy { status } }
              }
              expiring(first: 20) { nodes { person { displayName } validUntil } }
            }
          }
        }
    """,
    "which nonconformities come from which lacking competence": """
        query($unit: CodeKey, $raised: DateWindow!) {
          nonconformityGroups(
            where: {unit: $unit, raised: $raised, causes: [CONFIRMED]}, groupBy: [COMPETENCE]
          ) {
            keys {
              value label
              node { ... on Competence { coverage(unit: $unit) { disclosure missing } } }
            }
            disclosure count per1000Hours changeVsPrevious recurred
            items(first: 10) { nodes { number title } }
          }
        }
    """,
    "which shifts are not covered, and who could take them": """
        query($unit: CodeKey!, $during: TimeWindow!) {
          workAssignments(
            where: {
              unit: $unit, during: $during,
              verdicts: [WITH_SUPERVISION, WARN, UNKNOWN, NOT_ELIGIBLE]
            }
            first: 50
          ) {
            nodes {
              title startsAt
              eligibility {
                person { displayName } verdict
                missing { requirement { competence { name } enforcement } }
                expiringBefore { name validUntil }
              }
              replacements { person { displayName } verdict supervisor { displayName } }
            }
            pageInfo { hasNextPage endCursor }
          }
        }
    """,
    "what I can do, want and was promised, and what is within reach": """
        {
          me {
            displayName
            competences(first: 50) {
              nodes {
                competence { name } level { label } status validUntil
                explanation { text }
                evidence(first: 10) { nodes { id kind contest { outcome } viewerCanContest } }
              }
            }
            ambitions { statement energy visibleTo }
            agreements(first: 20) {
              nodes { results { workOutcome met } facilities { kind deliveredOn overdue } }
            }
            suggestions(for: AMBITION) {
              reasons { text }
              competence { name }
              target {
                ... on WorkAssignment { title startsAt }
                ... on Person { displayName }
              }
            }
          }
        }
    """,
}


@pytest.mark.parametrize("text", QUESTIONS.values(), ids=QUESTIONS)
def test_a_question_fits_the_schema(text: str) -> None:
    assert validate(served().graph, parse(text)) == []
