"""Cells that pick one of a few things: roles, yes or no."""

from functools import lru_cache

from ssc.roster.reading.faults import Bad, shown
from ssc.roster.reading.folding import fold

PARTICIPANT, SUPERVISOR, HOST, STAFF = "participant", "supervisor", "host", "staff"
WITHDRAWN = "withdrawn"
"""On the list, but took no part: what a row says to take a participation away."""

_ROLES = {
    PARTICIPANT: """participant; participants; student; pupil; trainee; invitee; visitor; exchange student; attendee;
        researcher; postdoc; young researcher; 参加者; 参加学生; 参加; 学生; 生徒; 大学生; 大学院生; 高校生;
        研究者; 若手研究者; 招へい者; 招聘者; 被招へい者; 被招聘者; 一般参加者; 研修生""",
    SUPERVISOR: """supervisor; supervising teacher; accompanying supervisor; accompanying teacher; accompanying person;
        teacher; chaperone; leader; group leader; team leader; faculty; advisor; adviser; mentor; 引率; 引率者;
        引率教員; 引率教官; 引率教師; 教員; 教師; 指導者; 指導教員; 監督者; 団長; 同行者; 随行者""",
    HOST: """host; host staff; host contact; host supervisor; host professor; host researcher; host coordinator;
        japanese host; contact person in japan; 受入担当; 受入担当者; 受け入れ担当者; 受入れ担当者;
        受入教員; 受入責任者; 受入者; 受け入れ教員; 受入機関担当者; 受入研究者; 実施担当者; 実施主担当者;
        実施責任者; 担当者; 日本側担当者; ホスト""",
    STAFF: """staff; secretariat; assistant; helper; organiser; organizer; coordinator; jst staff; interpreter; escort;
        tutor; 事務局; 事務局員; 職員; スタッフ; 事務担当; 事務担当者;
        コーディネーター; コーディネータ; 通訳; アシスタント; チューター""",
    WITHDRAWN: """withdrawn; withdrew; cancelled; canceled; cancellation; declined; did not take part; did not attend;
        not attended; absent; no show; 辞退; 辞退者; 不参加; 欠席; 取消; 取消し; 取り消し; キャンセル;
        中止; 参加取消""",
}
_YES = """yes; y; true; t; 1; x; ok; on; はい; 有; あり; 有り; 可; 真; 該当; 済; 希望; 希望する; 不要; 停止; 禁止;
        拒否; 不可; 死亡; 逝去; 故人; deceased; dead; died; do not contact; opt out; opted out"""
_NO = """no; n; false; f; 0; off; none; いいえ; 無; なし; 無し; 偽; 非該当; 未; 希望しない; 不明; alive; 生存;
        存命"""
_YES_SIGNS, _NO_SIGNS = set("○◯〇◎●✓✔☑レ"), set("×✕✖✗☐-‐–—−ー／")


@lru_cache(maxsize=4096)
def a_role(text: str) -> str:
    """A role in an exchange, or `withdrawn` for who was on the list but took no part."""
    role = _role_words().get(fold(text))
    if role is None:
        raise Bad("role.unknown", value=shown(text))
    return role


@lru_cache(maxsize=4096)
def a_flag(text: str) -> bool:
    sign = text.strip()
    if sign in _YES_SIGNS or sign in _NO_SIGNS:
        return sign in _YES_SIGNS
    answer = _flag_words().get(fold(sign))
    if answer is None:
        raise Bad("flag.unknown", value=shown(text))
    return answer


@lru_cache(maxsize=1)
def _role_words() -> dict[str, str]:
    return {fold(word): role for role, listed in _ROLES.items() for word in listed.split(";")}


@lru_cache(maxsize=1)
def _flag_words() -> dict[str, bool]:
    answers = {fold(word): True for word in _YES.split(";")}
    return answers | {fold(word): False for word in _NO.split(";")}
