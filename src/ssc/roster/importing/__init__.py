"""Importing: a roster file becomes members, exchanges and participations, or says row by row why not.

What identifies a row is its person and its exchange. For each such pair the rows that count are kept (`RosterLine`),
and what they say together, the roster's own line as it was last imported (`RosterEntry`), so that
- the same file again finds only rows that count already, and changes nothing, whatever members have edited and staff
  have decided meanwhile;
- a corrected line changes exactly what was corrected. A new line only fills in what nobody knew. A cell that a later
  edition leaves empty takes back what the line said before; a column that the file does not have says nothing;
- what a member changed herself, after claiming her record, stands against later corrections.

Who a line is about: the person who had the very same line before; else whoever has its address and its name or birth
date (or, where a birth date is unknown, its exchange, if nobody else has that address: the name was corrected); else,
where one side has no address, whoever has its name, country and birth date (or, without a birth date, its exchange).
Who is likely but not certain to be somebody known waits for staff (`rules.compare`), is neither merged nor doubled, and
a decision is remembered.

Two lines of a file may be about one pair: the later one counts where they differ. A participation is taken away
- when a line says so: its role is `withdrawn` (辞退, cancelled, did not take part, …);
- when the file lists the person, and lists her exchange with at least half of the others known in it, but without her;
- when the file puts her in an exchange that is new for her, in the same fiscal year, and either nobody else is known
  in the old one or the old line stood in this very row of a file of this name: the row was corrected.
A row that cannot be read takes nothing away, nor does a file that was imported before. Nobody is removed because a file
does not mention her: files are often parts.
"""
