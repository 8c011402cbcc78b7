"""Who may do what: every route and every kind of person. Case 37.

A route without a row fails; so does a row whose answer has changed. Whoever adds a row decides who may.
"""

from datetime import timedelta

import httpx

from ssc.accounts.models import Account
from ssc.core import clock
from ssc.people.models import Member
from tests.abuse import attack
from tests.cast import Cast

# Asked without a body, for things that do not exist: 404 and 422 mean that this person passed the door.
# 303 of a page that is for members: to the sign-in page, for a visitor.
TABLE = """
method and path                                               visitor member recovered staff
GET /                                                         200 200 200 200
GET /api/v1/desk/figures                                      401 403 403 200
GET /api/v1/desk/queue                                        401 403 403 200
GET /api/v1/docs                                              200 200 200 200
GET /api/v1/duplicates                                        401 403 403 200
POST /api/v1/duplicates/{identity}/decision                   401 403 403 404
POST /api/v1/email-changes/{token}/undo                       404 404 404 404
GET /api/v1/exchanges                                         200 200 200 200
GET /api/v1/exchanges/{code}                                  404 404 404 404
GET /api/v1/invitation-rounds                                 401 403 403 200
POST /api/v1/invitation-rounds/{identity}/pause               401 403 403 404
POST /api/v1/invitation-rounds/{identity}/resume              401 403 403 404
POST /api/v1/invitations                                      401 403 403 422
GET /api/v1/invitations/{token}                               404 404 404 404
POST /api/v1/invitations/{token}/accept                       404 404 404 404
POST /api/v1/invitations/{token}/renewal                      202 202 202 202
GET /api/v1/me                                                401 200 200 200
PATCH /api/v1/me                                              401 422 422 422
GET /api/v1/me/emails                                         401 200 200 200
POST /api/v1/me/emails                                        401 422 403 422
POST /api/v1/me/emails/confirm                                422 422 422 422
DELETE /api/v1/me/emails/{address_id}                         401 404 403 404
PUT /api/v1/me/emails/{address_id}/primary                    401 404 403 404
DELETE /api/v1/me/password                                    401 204 403 204
PUT /api/v1/me/password                                       401 422 403 422
DELETE /api/v1/me/photo                                       401 204 204 204
PUT /api/v1/me/photo                                          401 422 422 422
GET /api/v1/me/preferences                                    401 200 200 200
PATCH /api/v1/me/preferences                                  401 422 422 422
GET /api/v1/me/sessions                                       401 200 200 200
DELETE /api/v1/me/sessions/{session_id}                       401 404 404 404
GET /api/v1/me/tokens                                         401 200 200 200
POST /api/v1/me/tokens                                        401 422 403 422
DELETE /api/v1/me/tokens/{token_id}                           401 404 404 404
GET /api/v1/members                                           200 200 403 200
GET /api/v1/members/{handle}                                  404 404 403 404
DELETE /api/v1/members/{handle}/block                         401 404 404 404
PUT /api/v1/members/{handle}/block                            401 404 404 404
GET /api/v1/members/{handle}/similar                          401 404 403 404
GET /api/v1/membership-requests                               401 403 403 200
POST /api/v1/membership-requests                              422 422 422 422
POST /api/v1/membership-requests/{identity}/decision          401 403 403 404
GET /api/v1/notifications                                     401 200 200 200
PUT /api/v1/notifications/read                                401 422 422 422
GET /api/v1/openapi.json                                      200 200 200 200
GET /api/v1/organisations                                     200 200 200 200
POST /api/v1/password-reset                                   422 422 422 422
POST /api/v1/password-reset/redeem                            422 422 422 422
GET /api/v1/recoveries                                        401 200 200 200
POST /api/v1/recoveries                                       422 422 422 422
POST /api/v1/recoveries/{identity}/vouch                      401 404 404 404
POST /api/v1/recoveries/{token}/veto                          404 404 404 404
GET /api/v1/roster-imports                                    401 403 403 200
POST /api/v1/roster-imports                                   401 403 403 422
GET /api/v1/roster-imports/{identity}                         401 403 403 404
POST /api/v1/roster-imports/{identity}/invite                 401 403 403 404
GET /api/v1/roster-imports/{identity}/outcomes                401 403 403 404
DELETE /api/v1/session                                        204 204 204 204
GET /api/v1/session                                           401 200 200 200
POST /api/v1/session                                          422 422 422 422
POST /api/v1/session/fresh                                    401 422 422 422
POST /api/v1/session/link                                     422 422 422 422
POST /api/v1/session/link/redeem                              422 422 422 422
GET /api/v1/threads/{thread_id}/messages                      401 404 404 404
POST /api/v1/threads/{thread_id}/messages                     401 404 404 404
GET /api/v1/threads/{thread_id}/messages/{seq}                401 404 404 404
PATCH /api/v1/threads/{thread_id}/messages/{seq}              401 404 404 404
DELETE /api/v1/threads/{thread_id}/messages/{seq}             401 404 404 404
GET /api/v1/threads/{thread_id}/messages/{seq}/history        401 404 404 404
PUT /api/v1/threads/{thread_id}/messages/{seq}/reactions/{emoji} 401 404 404 404
DELETE /api/v1/threads/{thread_id}/messages/{seq}/reactions/{emoji} 401 404 404 404
GET /api/v1/threads/{thread_id}/pins                          401 404 404 404
PUT /api/v1/threads/{thread_id}/pins/{seq}                    401 404 404 404
DELETE /api/v1/threads/{thread_id}/pins/{seq}                 401 404 404 404
PUT /api/v1/threads/{thread_id}/read                          401 404 404 404
GET /desk                                                     303 403 403 200
GET /desk/duplicates                                          303 403 403 200
POST /desk/duplicates/{identity}/decision                     401 403 403 404
GET /desk/gallery                                             303 403 403 200
GET /desk/invitations                                         303 403 403 200
POST /desk/invitations                                        401 403 403 422
POST /desk/invitations/rounds/{identity}/pause                401 403 403 404
POST /desk/invitations/rounds/{identity}/resume               401 403 403 404
GET /desk/membership-requests                                 303 403 403 200
POST /desk/membership-requests/{identity}/decision            401 403 403 404
GET /desk/recoveries                                          303 403 403 200
POST /desk/recoveries/{identity}/close                        401 403 403 404
POST /desk/recoveries/{identity}/record                       401 403 403 422
POST /desk/recoveries/{identity}/vouch                        401 403 403 404
GET /desk/roster-imports                                      303 403 403 200
POST /desk/roster-imports                                     401 403 403 422
GET /desk/roster-imports/files/{identity}                     303 403 403 404
POST /desk/roster-imports/files/{identity}                    401 403 403 404
GET /desk/roster-imports/{identity}                           303 403 403 404
POST /desk/roster-imports/{identity}/carry-out                401 403 403 404
POST /desk/roster-imports/{identity}/invite                   401 403 403 404
GET /desk/roster-imports/{identity}/outcomes.csv              303 403 403 404
GET /email-changes/{token}/undo                               410 410 410 410
POST /email-changes/{token}/undo                              410 410 410 410
GET /exchanges                                                200 200 200 200
GET /exchanges/{code}                                         404 404 404 404
GET /favicon.ico                                              307 307 307 307
GET /files/photos/{photo}/{name}                              404 404 404 404
GET /healthz                                                  200 200 200 200
GET /invitations/{token}                                      404 404 404 404
POST /invitations/{token}                                     404 404 404 404
POST /invitations/{token}/renewal                             202 202 202 202
GET /join                                                     200 200 200 200
POST /join                                                    422 422 422 422
POST /language                                                303 303 303 303
GET /manifest.webmanifest                                     200 200 200 200
GET /me                                                       303 200 200 200
GET /me/emails                                                303 200 200 200
POST /me/emails                                               401 422 403 422
GET /me/emails/confirm/{token}                                410 410 410 410
POST /me/emails/confirm/{token}                               410 410 410 410
POST /me/emails/{address_id}/primary                          401 404 403 404
POST /me/emails/{address_id}/remove                           401 404 403 404
POST /me/mail-stops/allow                                     401 303 303 303
POST /me/photo                                                401 422 422 422
POST /me/photo/remove                                         401 303 303 303
GET /me/preferences                                           303 200 200 200
POST /me/preferences                                          401 422 422 422
GET /me/preview                                               303 200 200 200
GET /me/profile                                               303 200 200 200
POST /me/profile                                              401 422 422 422
GET /me/security                                              303 200 200 200
POST /me/security/password                                    401 422 403 422
POST /me/security/password/remove                             401 303 403 303
POST /me/security/sessions/end                                401 303 303 303
POST /me/security/sessions/{session_id}/end                   401 404 404 404
POST /me/security/tokens                                      401 422 403 422
POST /me/security/tokens/{token_id}/revoke                    401 404 404 404
GET /members                                                  200 200 403 200
GET /members/{handle}                                         404 404 403 404
POST /members/{handle}/block                                  401 404 404 404
POST /members/{handle}/unblock                                401 404 404 404
GET /metrics                                                  200 200 200 200
GET /notifications                                            303 200 200 200
POST /notifications/read                                      401 303 303 303
GET /password-reset                                           200 200 200 200
POST /password-reset                                          422 422 422 422
GET /password-reset/mailed                                    200 200 200 200
GET /password-reset/{token}                                   410 410 410 410
POST /password-reset/{token}                                  410 410 410 410
GET /privacy                                                  200 200 200 200
GET /problems/{slug}                                          404 404 404 404
GET /readyz                                                   200 200 200 200
GET /recover                                                  200 200 200 200
POST /recover                                                 422 422 422 422
GET /recover/{token}                                          404 404 404 404
POST /recover/{token}                                         404 404 404 404
GET /recoveries                                               303 200 200 200
POST /recoveries/{identity}/vouch                             401 404 404 404
GET /recoveries/{token}/veto                                  404 404 404 404
POST /recoveries/{token}/veto                                 404 404 404 404
GET /robots.txt                                               200 200 200 200
GET /session/fresh                                            303 200 200 200
POST /session/fresh                                           401 422 422 422
POST /session/fresh/link                                      401 303 303 303
GET /session/link/{token}                                     410 410 410 410
POST /session/link/{token}                                    410 410 410 410
GET /sign-in                                                  200 303 303 303
POST /sign-in                                                 422 422 422 422
GET /sign-in/mailed                                           200 200 200 200
POST /sign-out                                                303 303 303 303
GET /terms                                                    200 200 200 200
GET /unsubscribe/n.{token}                                    404 404 404 404
POST /unsubscribe/n.{token}                                   404 404 404 404
POST /unsubscribe/n.{token}/undo                              404 404 404 404
GET /unsubscribe/{token}                                      404 404 404 404
POST /unsubscribe/{token}                                     404 404 404 404
GET /welcome                                                  303 200 200 200
POST /welcome                                                 401 303 303 303
GET /welcome/cohort                                           303 200 200 200
GET /welcome/profile                                          303 200 200 200
POST /welcome/profile                                         401 303 303 303
"""


async def test_every_route_answers_every_kind_of_person_as_the_table_says(cast: Cast) -> None:
    people: tuple[Member | None, ...] = (
        None,
        await cast.member("Mali Member"),
        await recovered(cast),
        await cast.staff(),
    )
    answered = {}
    for method, route in attack.routes():
        path = attack.filled(route.path)
        answered[f"{method} {route.path}"] = [await asked(cast, who, method, path) for who in people]
    assert answered == expected()


async def test_a_coordinator_is_a_member_wherever_no_country_is_spoken_of(cast: Cast) -> None:
    coordinator = await cast.coordinator("TH")
    for row, (_visitor, member, _recovered, _staff) in expected().items():
        method, path = row.split()
        if path.startswith(("/desk", f"{attack.API}/desk", f"{attack.API}/duplicates", f"{attack.API}/roster")):
            assert await asked(cast, coordinator, method, attack.filled(path)) == member, row


async def test_no_route_for_staff_opens_to_a_token_without_that_scope(cast: Cast) -> None:
    """Her office is hers in the browser; a program has it only where she said so."""
    staff = await cast.staff()
    async with await cast.bearer(staff, "read", "write") as program, await cast.bearer(staff, "read", "staff") as desk:
        for row, (_visitor, member, _recovered, office) in expected().items():
            method, path = row.split()
            if member == 403 and office == 200:
                assert (await program.request(method, attack.filled(path))).status_code == 403, row
                assert (await desk.request(method, attack.filled(path))).status_code == 200, row


async def test_a_token_for_reading_changes_nothing(cast: Cast) -> None:
    member = await cast.member("Mali Member")
    async with await cast.bearer(member, "read") as reader, await cast.bearer(member, "write") as writer:
        for method, route in attack.routes():
            if expected()[f"{method} {route.path}"][0] != 401:
                continue  # not a matter of who asks
            refused, passed = reader, writer
            if method == "GET":
                refused, passed = writer, reader
            path = attack.filled(route.path)
            assert (await refused.request(method, path)).status_code == 403, route.path
            if expected()[f"{method} {route.path}"][1] == 200:
                assert (await passed.request(method, path)).status_code == 200, route.path


def expected() -> dict[str, list[int]]:
    rows = [line.split() for line in TABLE.strip().splitlines()[1:]]
    return {f"{method} {path}": [int(status) for status in statuses] for method, path, *statuses in rows}


async def recovered(cast: Cast) -> Member:
    """Somebody who came back by vouching, while her old addresses may object."""
    made = await cast.member("Rika Recovered")
    async with cast.running.database.transaction() as session:
        (await session.get_one(Account, made.id)).limited_until = clock.now() + timedelta(days=2)
    return made


async def asked(cast: Cast, who: Member | None, method: str, path: str) -> int:
    """A session of its own for each: some of the calls end it."""
    browser: httpx.AsyncClient = cast.visitor() if who is None else await cast.browser(who)
    async with browser:
        return (await browser.request(method, path)).status_code
