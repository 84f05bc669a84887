"""What leaves, as calls to Telegram.

Here: one call for each kind of `Outgoing`. Not here: when it is called, and what an error means (`bot.telegram.sender`,
`bot.telegram.signals`). Guarantees: no parse mode is ever set, so nothing a person wrote is read as formatting; no link is opened for a
preview; nothing can be forwarded out of the chat by mistake.
"""

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions

from bot.domain.outgoing import AnswerPress, DeleteMessage, EditMessage, LeaveChat, Outgoing, Rows, SendMessage

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


def keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    """The buttons as Telegram wants them; None takes them away in an edit."""
    if not rows:
        return None
    return InlineKeyboardMarkup([[InlineKeyboardButton(each.label, callback_data=each.data, url=each.url) for each in row] for row in rows])


async def call(bot: Bot, chat: int, outgoing: Outgoing) -> int | None:
    """Make the call; what Telegram calls the message, where there is one. Raises `TelegramError`."""
    match outgoing:
        case SendMessage(text=text, rows=rows, quiet=quiet):
            message = await bot.send_message(
                chat, text, reply_markup=keyboard(rows), disable_notification=quiet, protect_content=True, link_preview_options=NO_PREVIEW
            )
            return message.message_id
        case EditMessage(message_id=message_id, text=None, rows=rows):
            await bot.edit_message_reply_markup(chat, message_id, reply_markup=keyboard(rows))
            return message_id
        case EditMessage(message_id=message_id, text=str(text), rows=rows):
            await bot.edit_message_text(
                text, chat_id=chat, message_id=message_id, reply_markup=keyboard(rows), link_preview_options=NO_PREVIEW
            )
            return message_id
        case DeleteMessage(message_id=int(message_id)):
            await bot.delete_message(chat, message_id)
        case AnswerPress(press_id=press_id, text=shown, alert=alert):
            await bot.answer_callback_query(press_id, text=shown, show_alert=alert)
        case LeaveChat():
            await bot.leave_chat(chat)
        case DeleteMessage():
            raise ValueError("a deletion without Telegram's number of the message")
    return None
