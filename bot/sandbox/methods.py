"""The methods of the Bot API.

Here: what each method checks and does, and which exist. Not here: HTTP, faults and the token. Guarantee: a call that is refused has
changed nothing, and it is refused in Telegram's words. Source: core.telegram.org/bots/api; the words are those of the public server.
"""

import mimetypes
import secrets
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from bot.sandbox.chats import Chats
from bot.sandbox.errors import bad_request, conflict
from bot.sandbox.limits import LIMITED_METHODS, Limits
from bot.sandbox.markup import checked_caption, checked_markup, checked_text, utf16_length
from bot.sandbox.objects import Chat, Document, Message, document_as_api
from bot.sandbox.parameters import Call
from bot.sandbox.profile import BotProfile, checked_commands, checked_menu_button, command_key, set_text, text_for
from bot.sandbox.webhook import Webhook

DELETE_LIMIT = timedelta(hours=48)
DELETE_AT_ONCE = 100
ANSWER_LIMIT = 200
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content "
    "and reply markup of the message"
)
WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
_ACTIONS = frozenset({
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document", "choose_sticker",
    "find_location", "record_video_note", "upload_video_note",
})  # fmt: skip


class Methods:
    """Every method by name. `typing` is told whose chat shows a chat action."""

    def __init__(self, chats: Chats, profile: BotProfile, limits: Limits, webhook: Webhook) -> None:
        self.typing: Callable[[int], None] = lambda _: None
        self._chats = chats
        self._profile = profile
        self._limits = limits
        self._webhook = webhook

    async def call(self, call: Call) -> object:
        """Carry out a call and return its result; raises `ApiError`."""
        if call.method == "getUpdates":
            return await self._get_updates(call)
        if call.method in LIMITED_METHODS:
            self._limits.pass_one(self._chats.known(call.values.get("chat_id")).chat_id)
        handler: Callable[[Call], object] = getattr(self, f"_{call.method}")
        return handler(call)

    async def _get_updates(self, call: Call) -> object:
        if self._webhook.url:
            raise conflict(WEBHOOK_ACTIVE)
        allowed = call.values.get("allowed_updates")
        return await self._chats.updates.poll(
            offset=call.number("offset"), limit=call.number("limit", 100), timeout=call.number("timeout"), allowed=allowed
        )

    def _setWebhook(self, call: Call) -> object:
        if call.flag("drop_pending_updates"):
            self._chats.updates.drop()
        self._webhook.set(call.text("url") or "", call.text("secret_token") or "", call.values.get("allowed_updates"))
        return True

    def _deleteWebhook(self, call: Call) -> object:
        if call.flag("drop_pending_updates"):
            self._chats.updates.drop()
        self._webhook.remove()
        return True

    def _getWebhookInfo(self, call: Call) -> object:
        return self._webhook.info()

    def _getMe(self, call: Call) -> object:
        return self._profile.me()

    def _logOut(self, call: Call) -> object:
        return True

    def _close(self, call: Call) -> object:
        return True

    # Messages.

    def _sendMessage(self, call: Call) -> object:
        chat = self._chats.writable(call.values.get("chat_id"))
        text = checked_text(call.text("text"), call.text("parse_mode"), "message is too long")
        markup = checked_markup(call.values.get("reply_markup"))
        self._check_reply(chat, call)
        message = self._chats.add(chat, sender=None, text=text)
        self._attach(chat, message, markup)
        return self._chats.as_api(chat, message)

    def _sendDocument(self, call: Call) -> object:
        chat = self._chats.writable(call.values.get("chat_id"))
        caption = checked_caption(call.text("caption"), call.text("parse_mode"))
        markup = checked_markup(call.values.get("reply_markup"))
        self._check_reply(chat, call)
        message = self._chats.add(chat, sender=None, text=caption, document=self._document(call))
        self._attach(chat, message, markup)
        return self._chats.as_api(chat, message)

    def _document(self, call: Call) -> Document:
        upload = call.upload("document")
        if upload is None:
            named = call.text("document")
            if not named:
                raise bad_request("there is no document in the request")
            if named not in self._chats.documents:
                raise bad_request("wrong remote file identifier specified: Wrong string length")
            return self._chats.documents[named]
        if not upload.content:
            raise bad_request("file must be non-empty")
        kind = mimetypes.guess_type(upload.filename)[0] or upload.content_type
        return Document(
            file_id="BQACAgQAAx" + secrets.token_urlsafe(24), filename=upload.filename, content_type=kind, content=upload.content
        )

    def _check_reply(self, chat: Chat, call: Call) -> None:
        reply = call.values.get("reply_parameters") or {}
        missing = reply and reply["message_id"] not in chat.messages
        if missing and not reply.get("allow_sending_without_reply"):
            raise bad_request("message to be replied not found")

    def _attach(self, chat: Chat, message: Message, markup: Mapping[str, Any] | None) -> None:
        if markup is None:
            return
        if "inline_keyboard" in markup:
            message.keyboard = markup
        else:
            chat.reply_keyboard = None if markup.get("remove_keyboard") or markup.get("force_reply") else markup
        self._chats.changed(chat.chat_id)

    def _editMessageText(self, call: Call) -> object:
        chat, message = self._editable(call)
        text = checked_text(call.text("text"), call.text("parse_mode"), "MESSAGE_TOO_LONG")
        markup = checked_markup(call.values.get("reply_markup"), inline_only=True)
        if message.document is not None:
            raise bad_request("there is no text in the message to edit")
        return self._change(chat, message, text, markup)

    def _editMessageReplyMarkup(self, call: Call) -> object:
        chat, message = self._editable(call)
        return self._change(chat, message, message.text, checked_markup(call.values.get("reply_markup"), inline_only=True))

    def _editable(self, call: Call) -> tuple[Chat, Message]:
        chat = self._chats.writable(call.values.get("chat_id"))
        if "message_id" not in call.values:
            raise bad_request("message identifier is not specified")
        message = chat.messages.get(call.number("message_id"))
        if message is None or message.deleted:
            raise bad_request("message to edit not found")
        if message.sender is not None:
            raise bad_request("message can't be edited")
        return chat, message

    def _change(self, chat: Chat, message: Message, text: str, markup: Mapping[str, Any] | None) -> object:
        if message.text == text and message.keyboard == markup:
            raise bad_request(NOT_MODIFIED)
        if message.text != text:
            message.text, message.edited = text, self._chats.now()
        message.keyboard = markup
        self._chats.changed(chat.chat_id)
        return self._chats.as_api(chat, message)

    def _deleteMessage(self, call: Call) -> object:
        chat = self._chats.known(call.values.get("chat_id"))
        message = chat.messages.get(call.number("message_id"))
        if message is None or message.deleted:
            raise bad_request("message to delete not found")
        self._delete(chat, message)
        return True

    def _deleteMessages(self, call: Call) -> object:
        chat = self._chats.known(call.values.get("chat_id"))
        numbers: list[int] = call.values.get("message_ids") or []
        if not numbers:
            raise bad_request("message identifiers are not specified")
        if len(numbers) > DELETE_AT_ONCE:
            raise bad_request("too many message identifiers specified")
        found = [chat.messages.get(number) for number in numbers]
        for message in found:
            if message is not None and not message.deleted:
                self._delete(chat, message)
        return True

    def _delete(self, chat: Chat, message: Message) -> None:
        if self._chats.now() - message.date > DELETE_LIMIT:
            raise bad_request("message can't be deleted for everyone")
        message.deleted = True
        message.keyboard = None
        self._chats.changed(chat.chat_id)

    def _answerCallbackQuery(self, call: Call) -> object:
        text = call.text("text") or ""
        if utf16_length(text) > ANSWER_LIMIT:
            raise bad_request("MESSAGE_TOO_LONG")
        self._chats.answer(call.text("callback_query_id") or "", text, call.flag("show_alert"))
        return True

    def _sendChatAction(self, call: Call) -> object:
        chat = self._chats.writable(call.values.get("chat_id"))
        if call.text("action") not in _ACTIONS:
            raise bad_request("wrong parameter action in request")
        self.typing(chat.chat_id)
        return True

    def _getChat(self, call: Call) -> object:
        chat = self._chats.known(call.values.get("chat_id"))
        gifts = dict.fromkeys(("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False)
        return self._chats.chat_as_api(chat) | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}

    def _leaveChat(self, call: Call) -> object:
        chat = self._chats.known(call.values.get("chat_id"))
        if chat.chat_id > 0:
            raise bad_request("chat member status can't be changed in private chats")
        if chat.left:
            raise bad_request("chat not found")
        chat.left = True
        return True

    def _getFile(self, call: Call) -> object:
        document = self._chats.documents.get(call.text("file_id") or "")
        if document is None:
            raise bad_request("invalid file_id")
        described = document_as_api(document)
        kept = {name: described[name] for name in ("file_id", "file_unique_id", "file_size")}
        return kept | {"file_path": f"documents/{document.file_id}"}

    # What the bot says about itself.

    def _setMyCommands(self, call: Call) -> object:
        key = command_key(call.values.get("scope"), call.text("language_code"))
        commands = checked_commands(call.values.get("commands"))
        self._profile.commands.pop(key, None)
        if commands:
            self._profile.commands[key] = commands
        return self._told()

    def _deleteMyCommands(self, call: Call) -> object:
        self._profile.commands.pop(command_key(call.values.get("scope"), call.text("language_code")), None)
        return self._told()

    def _getMyCommands(self, call: Call) -> object:
        return list(self._profile.commands.get(command_key(call.values.get("scope"), call.text("language_code")), ()))

    def _setMyName(self, call: Call) -> object:
        set_text(self._profile.names, call.text("name"), call.text("language_code"), 64, default=self._profile.username)
        self._chats.bot_user = self._profile.user()
        return self._told()

    def _getMyName(self, call: Call) -> object:
        return {"name": text_for(self._profile.names, call.text("language_code"))}

    def _setMyDescription(self, call: Call) -> object:
        set_text(self._profile.descriptions, call.text("description"), call.text("language_code"), 512)
        return self._told()

    def _getMyDescription(self, call: Call) -> object:
        return {"description": text_for(self._profile.descriptions, call.text("language_code"))}

    def _setMyShortDescription(self, call: Call) -> object:
        set_text(self._profile.short_descriptions, call.text("short_description"), call.text("language_code"), 120)
        return self._told()

    def _getMyShortDescription(self, call: Call) -> object:
        return {"short_description": text_for(self._profile.short_descriptions, call.text("language_code"))}

    def _setChatMenuButton(self, call: Call) -> object:
        """For all chats; a single chat has none of its own here."""
        self._profile.menu_button = checked_menu_button(call.values.get("menu_button"))
        return True

    def _getChatMenuButton(self, call: Call) -> object:
        return self._profile.menu_button

    def _told(self) -> bool:
        for account_id in self._chats.people:
            self._chats.changed(account_id)
        return True
