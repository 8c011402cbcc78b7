"""What authors, editors, moderators and those pictured are told of stories."""

from ssc.core.i18n import _, ngettext, words
from ssc.notifications.kinds import Kind, Told

_WHAT = {
    "submit": words("“{title}” waits for an editor."),
    "return": words("An editor has a word about your story “{title}”."),
    "publish": words("Your story “{title}” is published."),
    "withdraw": words("Your story “{title}” has been taken down."),
    "revoke": words(
        "Somebody in your story “{title}” has taken her or his consent back. What shows or quotes them is down."
    ),
    "consent": words("It is recorded that you agreed to be in the story “{title}”. You can take it back."),
}


def _story(told: Told) -> str:
    sentence = _WHAT.get(str(told.data.get("what")), _WHAT["return"])
    return sentence().format(title=told.data.get("title", ""))


def _question(told: Told) -> str:
    title = told.data.get("title", "")
    if told.data.get("screen"):
        return ngettext("A visitor's question waits for a moderator.", "{n} visitors' questions wait.", told.count)
    return ngettext(
        "A visitor asks you about “{title}”.", "{n} questions from visitors about “{title}”.", told.count, title=title
    )


def _title(told: Told) -> str:
    return _("Your story “{title}”", title=told.data.get("title", ""))


STORIES = Kind("stories", words("Your stories, and those you appear in"), _story, _title)
QUESTIONS = Kind("story-questions", words("Visitors' questions about stories"), _question, _title)
KINDS = (STORIES, QUESTIONS)
