"""Folders of columnar tables about some accounts: read, written, merged, purged.

What other rooms use stands in these modules; nothing is imported here, so that a command
which only opens a folder stays quick:

- `folder.Collection.open(path)`: a folder as it is, with `.manifest`, `.files(table)`, `.rejects()`;
- `gathering.gather(sources, into, readers, options, progress)`: files, archives and other collections into
  a folder; tells what became of every row as a `summary.Summary`;
- `gathering.gather_records(records, into, name)`: the same for records that no file holds;
- `readers.readers()`: the readers of this room; `reader.Reader` is what others must offer,
  `source.Source` what they are given, `records` what they hand over;
- `rereading.reread(folder)`: readings by today's model for every post;
- `purging.purge(folder, older_than=…, network=…, accounts=…)`: what must not be kept;
- `exporting.export(folder, accounts)`: all that is known of a person, for that person;
- `writing.writing(folder)` with `parts.NewPart`: tables written straight, without a merge;
- `errors`: every message names the place and the cure.
"""
