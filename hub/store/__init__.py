"""The mirror: what sources say, the entities folded from it, and the hub's own bookkeeping.

Open it once, write in transactions, read in snapshots:

    store = await Store.open(url, now=clock.now)     # sqlite+aiosqlite:///… postgresql+psycopg://…

    async with store.transaction() as tx:            # all or nothing; one writer at a time
        kept = await tx.keep(source, "employee", Person, records, deleted=ids, rejected=faults,
                             fetched_at=started, generation=7)
        folded = await tx.fold(kept.touched)         # Folded(changes=(Change, …))
        await tx.checkpoint(source.key, "employee", text)
        await tx.touch("Person", ids)                # work for whoever derives

    async with store.snapshot(as_of=None) as snapshot:
        rows = await snapshot.rows(
            f"SELECT id, display_name FROM person WHERE {among('id', 'ids')}", {"ids": ids})

Writing, besides these:
- `tx.sweep(source, stream, type, generation=…)` deletes what a full pass did not meet.
- `source` is anything with `key` and `kind`; the hub's own records are kept with `HUB`, stream =
  name of the table. A relation to something of which only the hub id is at hand is
  `Ref(type, "id", hub_id, "hub")`.
- `tx.put({id: record})` adds or replaces *kept* records (`version` rises); `tx.happen(events)` adds
  domain events once; `tx.replace(type, {id: record}, within="person_id", ids=…)` makes *derived*
  records what they should be and returns the ids that changed.
- `tx.take(kind)` takes touched keys off the list; `tx.position(system, stream)` reads a checkpoint;
  `tx.answered(key)` and `tx.answer(key, hash, payload)` serve idempotency; `tx.audit(action, …)`.
- `hub.store.identity` (link, decide, unlink, merge, split, candidates) and `hub.store.terms` (add,
  save, users, suggestions) are the decisions on both crosswalks; each takes `tx`, folds what it
  moves and returns `Folded`. `hub.store.outbox` and `hub.store.inbox` keep what goes and comes.
- `tx.rows(text, parameters)` reads within the transaction; `tx.write(table, text, parameters)` is
  for the rest, and raises the epoch of `table`.

Tables (see `hub.store.tables`): snake case of the type. A *sourced* type has `id`, its fields,
`{field}_id` beside each relation, `version`, `recorded_at`; `{table}__{field}` (owner_id, position,
ref, target_id) for many relations; `{table}_history`. *Derived*: `id` and fields. *Kept*: and
`version`. Truth is 0 or 1 (`WHERE met = 1`), moments, days and enums are text, tuples and values
are canonical JSON text; `concept(type).decode(row)` makes a record of a row (a mapping) again.

Hub ids are `identifier(type, …)`: of `identifier("Person", "employee_number", "", "17")` for what
has a natural key, and of (type, system, stream, external id) for what has none. An id that was
merged away leads on by `canonical_ids(snapshot, ids)`.

Statements are the same text on both databases: parameters `:name`, a list is one parameter and
read with `among("column", "name")` or `listed("name")`. Columns whose names are words of SQL stand
in quotes: `"values"` of data_conflict, `"to"` of coupling_rule. With `as_of` the same statement
answers from what the hub knew then; where a relation leads that led nowhere is found out, and holds
for the past too. `snapshot.epoch("person", …)` moves when one of these did.
"""

from hub.store.concepts import Concept, concept, concepts
from hub.store.dialect import among, listed
from hub.store.entities import Change
from hub.store.folding import Folded
from hub.store.keeping import Kept
from hub.store.matching import canonical_ids
from hub.store.page import HUB, Origin, Rejected, Source
from hub.store.reader import Asks, Rows, Snapshot
from hub.store.store import Store
from hub.store.tables import tables_in
from hub.store.transaction import Transaction
from hub.store.values import BEGINNING, canonical, identifier, moment_of, text_of

__all__ = [
    "BEGINNING",
    "HUB",
    "Asks",
    "Change",
    "Concept",
    "Folded",
    "Kept",
    "Origin",
    "Rejected",
    "Rows",
    "Snapshot",
    "Source",
    "Store",
    "Transaction",
    "among",
    "canonical",
    "canonical_ids",
    "concept",
    "concepts",
    "identifier",
    "listed",
    "moment_of",
    "tables_in",
    "text_of",
]
