"""Roster imports by the API: ask for one, follow it, read every row's outcome."""

from typing import Annotated

from fastapi import File, Form, Query, UploadFile

from ssc.accounts.loaders import Staff
from ssc.core.errors import TOO_LARGE, Problem
from ssc.roster.importing import actions, queries, uploads
from ssc.roster.importing.shapes import ImportAsked, ImportShape, Outcome, OutcomeShape
from ssc.roster.reading.tables import ROSTER_BYTES
from ssc.web import api
from ssc.web.paging import Page, Paging
from ssc.web.transactions import Running, Transaction

router = api.router(tags=["The desk"])


@router.post(
    "/roster-imports",
    status_code=202,
    max_body_size=api.ROSTER_LIMIT,
    responses=api.problems(400, 401, 403, 413, 415, 422),
    summary="Import a roster",
)
async def import_roster(
    viewer: Staff,
    session: Transaction,
    process: Running,
    file: Annotated[UploadFile, File(description="CSV or XLSX, at most 30 MiB.")],
    dry_run: Annotated[bool, Form(description="Change nothing, and tell every row's outcome.")] = False,
    mapping: Annotated[
        str | None,
        Form(
            max_length=100_000,
            description='JSON: columns to fields, as in `{"Who": "name", "#3": "country", "Remarks": null}`, or '
            "`{sheet?, header_row?, columns?, fixed?, fill_down?, day_first?}`. Without one the header is recognised, "
            "or mapped as staff kept it.",
        ),
    ] = None,
) -> ImportAsked:
    """The columns, in English or Japanese and any order: name, name_native, email, email_2, country, birth_date,
    programme, exchange_code, exchange_title, fiscal_year, host, sending (several parted by `;`), role, starts_on,
    ends_on, field, do_not_contact, mail_opt_out, deceased. Needed are name, country and exchange: its code, or its
    title, fiscal year and host. A role of `withdrawn` takes a participation away."""
    content = await file.read(ROSTER_BYTES + 1)
    if len(content) > ROSTER_BYTES:
        raise Problem(TOO_LARGE)
    decided = await uploads.readable(session, content, uploads.parsed(mapping))
    kept = await actions.keep_file(process, session, file.filename or "", content, viewer.id)
    wanted = await actions.ask_for_import(session, kept, decided, dry_run=dry_run, by=viewer.id)
    return ImportAsked(id=wanted.id)


@router.get("/roster-imports", responses=api.problems(401, 403, 422), summary="Roster imports")
async def imports(viewer: Staff, session: Transaction, part: Paging) -> Page[ImportShape]:
    """Latest first, rehearsals included; errors are left to each import's own answer."""
    rows = await queries.imports(session, part)
    cut = part.cut(rows, lambda row: (row.created_at.isoformat(), str(row.id)))
    return Page(items=[ImportShape.of(row, []) for row in cut.rows], next=cut.next)


@router.get("/roster-imports/{identity}", responses=api.problems(401, 403, 404), summary="One roster import")
async def one_import(identity: str, viewer: Staff, session: Transaction) -> ImportShape:
    """How far it is, and in the end what became of it."""
    job = await queries.import_of(session, identity)
    return ImportShape.of(job, await queries.bad_rows(session, job.id))


@router.get(
    "/roster-imports/{identity}/outcomes", responses=api.problems(401, 403, 404, 422), summary="Every row's outcome"
)
async def outcomes(
    identity: str,
    viewer: Staff,
    session: Transaction,
    part: Paging,
    outcome: Annotated[Outcome | None, Query(description="Only rows of this outcome.")] = None,
) -> Page[OutcomeShape]:
    """In the file's order."""
    job = await queries.import_of(session, identity)
    cut = part.cut(await queries.outcomes(session, job.id, outcome, part), lambda pair: (pair[0].row,))
    return Page(items=[OutcomeShape.of(row, member) for row, member in cut.rows], next=cut.next)
