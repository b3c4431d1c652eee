"""How the desk speaks to its database: writing, asking, many rows at once; the same on both."""

from twoway.desk.database.ahead import ahead
from twoway.desk.database.arrays import array
from twoway.desk.database.asking import Begins, RowAfter, RowBefore, ask, change, fetch
from twoway.desk.database.log import leaving_the_log
from twoway.desk.database.many import Among, add, among_pairs, begin, insert
from twoway.desk.database.plans import plan_once
from twoway.desk.database.reconnecting import reconnecting
from twoway.desk.database.sharing import alone, shared
from twoway.desk.database.writing import TRIES, Moved, again, lock_names, writing

__all__ = [
    "TRIES",
    "Among",
    "Begins",
    "Moved",
    "RowAfter",
    "RowBefore",
    "add",
    "again",
    "ahead",
    "alone",
    "among_pairs",
    "array",
    "ask",
    "begin",
    "change",
    "fetch",
    "insert",
    "leaving_the_log",
    "lock_names",
    "plan_once",
    "reconnecting",
    "shared",
    "writing",
]
