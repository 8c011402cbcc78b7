"""The desk's pages of roster imports: upload, map, rehearse, import, and every row's outcome."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.datastructures import UploadFile
from starlette.responses import Response, StreamingResponse

from ssc.accounts.loaders import Staff
from ssc.core import i18n
from ssc.core.db import Session
from ssc.core.errors import Problem, conflict, not_found
from ssc.core.i18n import _
from ssc.core.process import Process
from ssc.people.viewer import Viewer
from ssc.roster.importing import actions, forms, queries, uploads
from ssc.roster.importing.models import OUTCOMES, RosterFile, RosterImport
from ssc.roster.importing.outcome_file import outcome_file, remarks
from ssc.roster.importing.shapes import Outcome, failure_of, outcome_words
from ssc.roster.reading import BadMapping, Mapping, SheetSurvey
from ssc.roster.reading.tables import ROSTER_BYTES
from ssc.web import api, pages
from ssc.web.forms import Form, blank, submission
from ssc.web.paging import Paging
from ssc.web.transactions import Running, Transaction

router = APIRouter(include_in_schema=False)

DESK = "/desk/roster-imports"
FILES = "/desk/roster-imports/files"


@router.get(DESK)
async def overview(request: Request, viewer: Staff, session: Transaction, part: Paging) -> Response:
    return await _overview(request, viewer, session, part, blank())


@router.post(DESK, max_body_size=api.ROSTER_LIMIT)
async def upload(request: Request, viewer: Staff, session: Transaction, process: Running, part: Paging) -> Response:
    name, content = await _uploaded(request)
    form: Form[Any] = blank()
    try:
        if not content:
            form.errors["file"] = _("Choose a file first.")
        else:
            await uploads.surveyed(content, None)
    except Problem as problem:
        form.refuse(problem)
        form.errors.setdefault("file", form.errors.pop("", ""))
    if form.errors:
        return await _overview(request, viewer, session, part, form)
    kept = await actions.keep_file(process, session, name, content, viewer.id)
    return pages.see_other(f"{FILES}/{kept.id}")


@router.get(FILES + "/{identity}")
async def columns(
    request: Request,
    identity: str,
    viewer: Staff,
    session: Transaction,
    process: Running,
    sheet: Annotated[str | None, Query(max_length=200)] = None,
    header_row: Annotated[int | None, Query(ge=1, le=60)] = None,
) -> Response:
    """Which column is which: as it was kept for such a header, else as guessed."""
    file, content = await _file(session, process, identity)
    kept = await uploads.kept_mapping(session, content) if sheet is None and header_row is None else None
    sheets = await uploads.surveyed(content, kept or Mapping(header_row=header_row))
    chosen = _chosen(sheets, kept.sheet if kept else sheet)
    return _columns(request, viewer, file, sheets, chosen, forms.shown(chosen, kept))


@router.post(FILES + "/{identity}")
async def start(request: Request, identity: str, viewer: Staff, session: Transaction, process: Running) -> Response:
    """Rehearses or imports the file as mapped."""
    file, content = await _file(session, process, identity)
    submitted = await submission(request)
    form = forms.submitted(submitted)
    header_row = forms.header_row_of(form.values)
    sheets = await uploads.surveyed(content, Mapping(header_row=header_row or None))
    chosen = _chosen(sheets, str(submitted.get("sheet") or ""))
    try:
        mapping = forms.mapping_of(form.values, chosen.sheet, chosen.header_row, len(chosen.columns))
        await uploads.readable(session, content, mapping)
    except BadMapping as bad:
        form.errors[""] = bad.message
    except Problem as problem:
        form.refuse(problem)
        form.errors[""] = form.errors.pop("file", "") or form.errors.get("", "")
    if form.errors:
        return _columns(request, viewer, file, sheets, chosen, form)
    if form.value("keep") == "true":
        await actions.keep_mapping(session, [column.header for column in chosen.columns], mapping, viewer.id)
    dry_run = form.value("act") != "import"
    wanted = await actions.ask_for_import(session, file, mapping, dry_run=dry_run, by=viewer.id)
    return pages.see_other(f"{DESK}/{wanted.id}")


@router.get(DESK + "/{identity}")
async def one_import(
    request: Request,
    identity: str,
    viewer: Staff,
    session: Transaction,
    part: Paging,
    outcome: Annotated[Outcome | None, Query()] = None,
) -> Response:
    job = await queries.import_of(session, identity)
    cut = part.cut(await queries.outcomes(session, job.id, outcome, part), lambda pair: (pair[0].row,))
    chosen = f"outcome={outcome}&" if outcome else ""
    return pages.render(
        request,
        "roster/imports/import.html",
        viewer,
        job=job,
        failure=failure_of(job),
        kept=job.file_id is not None and job.dry_run,
        rows=[(row, member, remarks(row)) for row, member in cut.rows],
        outcome=outcome,
        outcomes=[(name, outcome_words(name), getattr(job, name)) for name in OUTCOMES],
        outcome_words=outcome_words,
        next_href=f"{DESK}/{job.id}?{chosen}cursor={cut.next}" if cut.next else "",
        first_href=f"{DESK}/{job.id}?{chosen}".rstrip("?&") if part.after else "",
    )


@router.post(DESK + "/{identity}/carry-out")
async def carry_out(identity: str, viewer: Staff, session: Transaction) -> Response:
    """After a rehearsal: the same file, mapped in the same way, in earnest."""
    rehearsed = await queries.import_of(session, identity)
    file = await session.get(RosterFile, rehearsed.file_id) if rehearsed.file_id else None
    if file is None:
        raise conflict(_("The file is not kept any more. Please upload it again."))
    mapping = Mapping.of(rehearsed.mapping) if rehearsed.mapping is not None else None
    wanted = await actions.ask_for_import(session, file, mapping, dry_run=False, by=viewer.id)
    return pages.see_other(f"{DESK}/{wanted.id}")


@router.get(DESK + "/{identity}/outcomes.csv")
async def download(identity: str, viewer: Staff, session: Transaction, process: Running) -> Response:
    job = await queries.import_of(session, identity)
    return StreamingResponse(
        outcome_file(process, job.id, i18n.language()),
        media_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="roster-{job.id}.csv"',
            "Cache-Control": pages.PRIVATE,
            "X-Content-Type-Options": "nosniff",
        },
    )


async def _uploaded(request: Request) -> tuple[str, bytes]:
    """The file's name and bytes; nothing where none was chosen."""
    async with request.form() as form:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            return "", b""
        return file.filename or "", await file.read(ROSTER_BYTES + 1)


async def _file(session: Session, process: Process, identity: str) -> tuple[RosterFile, bytes]:
    file = await queries.file_of(session, identity)
    content = await process.blobs.get(file.blob)
    if content is None:
        raise not_found()
    return file, content


def _chosen(sheets: list[SheetSurvey], name: str | None) -> SheetSurvey:
    named = [sheet for sheet in sheets if sheet.sheet == name]
    return (named or [sheet for sheet in sheets if sheet.best])[0]


def _columns(
    request: Request,
    viewer: Viewer,
    file: RosterFile,
    sheets: list[SheetSurvey],
    chosen: SheetSurvey,
    form: Form[Any],
) -> Response:
    return pages.render(
        request,
        "roster/imports/columns.html",
        viewer,
        status=422 if form.errors else 200,
        file=file,
        sheets=sheets,
        chosen=chosen,
        form=form,
        fields=forms.field_choices(),
        said_once=[(name, forms.field_words(name)) for name in forms.SAID_ONCE],
        repeated=[(name, forms.field_words(name)) for name in forms.REPEATED],
        unsure=forms.unsure,
    )


async def _overview(request: Request, viewer: Viewer, session: Session, part: Paging, form: Form[Any]) -> Response:
    cut = part.cut(await queries.imports(session, part), _position)
    return pages.render(
        request,
        "roster/imports/page.html",
        viewer,
        status=422 if form.errors else 200,
        imports=cut.rows,
        form=form,
        next_href=f"{DESK}?cursor={cut.next}" if cut.next else "",
        first_href=DESK if part.after else "",
    )


def _position(row: RosterImport) -> tuple[str, str]:
    return row.created_at.isoformat(), str(row.id)
