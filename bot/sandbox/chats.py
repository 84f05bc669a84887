"""The chats between the bot and the people of the town.

Here: accounts, messages, keyboards and presses, and what each person does. Not here: HTTP, limits, and what the bot may send. Guarantee:
everything a person does becomes one update, in the order it was done; message numbers rise and are never used again.
"""

import secrets
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from bot.sandbox.errors import bad_request, forbidden
from bot.sandbox.objects import Chat, Document, Message, Notice, Query, document_as_api, member_as_api
from bot.sandbox.town import Inhabitant
from bot.sandbox.updates import UpdateQueue

QUERY_LIFETIME = 60.0
"""Seconds in which a press can be answered. Telegram publishes no number; bots see refusals from about a minute on."""


class Chats:
    """Every chat of the town. `changed` and `noticed` tell the page; `now` dates messages, `monotonic` times presses."""

    def __init__(
        self, people: Iterable[Inhabitant], updates: UpdateQueue, *, now: Callable[[], datetime], monotonic: Callable[[], float]
    ) -> None:
        self.people = {person.account_id: person for person in people}
        self.chats = {person.account_id: Chat(chat_id=person.account_id, members=(person,)) for person in self.people.values()}
        self.queries: dict[str, Query] = {}
        self.documents: dict[str, Document] = {}
        self.updates = updates
        self.now = now
        self.monotonic = monotonic
        self.bot_user: Mapping[str, Any] = {}
        self.changed: Callable[[int], None] = lambda _: None
        self.noticed: Callable[[Notice], None] = lambda _: None
        self._next_message = 1

    # What the bot needs.

    def writable(self, chat_id: object) -> Chat:
        """The chat the bot may write to; raises as Telegram does for an unknown, unopened or closed one."""
        chat = self.known(chat_id)
        if chat.left:
            raise forbidden("bot is not a member of the group chat")
        if not chat.started:
            raise forbidden("bot can't initiate conversation with a user")
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        return chat

    def known(self, chat_id: object) -> Chat:
        """The chat with this id; raises "chat not found"."""
        if chat_id is None or chat_id == "":
            raise bad_request("chat_id is empty")
        try:
            return self.chats[int(str(chat_id))]
        except (KeyError, ValueError) as error:
            raise bad_request("chat not found") from error

    def add(self, chat: Chat, *, sender: int | None, text: str, document: Document | None = None) -> Message:
        """A new message in `chat`."""
        message = Message(message_id=self._next_message, sender=sender, date=self.now(), text=text, document=document)
        self._next_message += 1
        chat.messages[message.message_id] = message
        if sender is None:
            chat.unread += 1
        if document is not None:
            self.documents[document.file_id] = document
        self.changed(chat.chat_id)
        return message

    # What people do.

    def say(self, account_id: int, text: str, *, chat_id: int | None = None) -> Message:
        """The person writes; the first word to the bot opens the chat."""
        chat = self.chats[chat_id or account_id]
        if chat.blocked:
            self.block(account_id, False)
        chat.started = True
        chat.unread = 0
        message = self.add(chat, sender=account_id, text=text)
        keyboard = chat.reply_keyboard
        if keyboard and keyboard.get("one_time_keyboard"):
            chat.reply_keyboard = None
        self.updates.put({"message": self.as_api(chat, message)})
        return message

    def start(self, account_id: int) -> Message:
        """The person presses Start, with the link code if they came by one."""
        code = self.people[account_id].link_code
        return self.say(account_id, f"/start {code}" if code else "/start")

    def edit(self, account_id: int, message_id: int, text: str) -> Message:
        """The person changes an earlier message of their own."""
        chat = self.chats[account_id]
        message = chat.messages[message_id]
        if message.sender != account_id or message.deleted:
            raise ValueError("people can only edit their own messages")
        message.text, message.edited = text, self.now()
        self.updates.put({"edited_message": self.as_api(chat, message)})
        self.changed(chat.chat_id)
        return message

    def press(self, account_id: int, message_id: int, row: int, column: int, *, chat_id: int | None = None) -> Query:
        """The person presses an inline button with `callback_data`; raises KeyError or IndexError when it is not there."""
        chat = self.chats[chat_id or account_id]
        message = chat.messages[message_id]
        if message.deleted or message.keyboard is None:
            raise KeyError(message_id)
        data = message.keyboard["inline_keyboard"][row][column]["callback_data"]
        query = Query(
            query_id=str(secrets.randbits(62)), account_id=account_id, chat_id=chat.chat_id, message_id=message_id,
            row=row, column=column, pressed=self.monotonic(),
        )  # fmt: skip
        self.queries = {key: old for key, old in self.queries.items() if self.monotonic() - old.pressed <= QUERY_LIFETIME}
        self.queries[query.query_id] = query
        chat.unread = 0
        body = {"id": query.query_id, "from": self.user(account_id), "message": self.as_api(chat, message)}
        self.updates.put({"callback_query": {**body, "chat_instance": str(chat.chat_id * 7919), "data": data}})
        self.changed(chat.chat_id)
        return query

    def answer(self, query_id: str, text: str, alert: bool) -> None:
        """The bot answers a press: the button stops spinning; raises when it is unknown, old or answered before."""
        query = self.queries.get(query_id)
        if query is None or query.answered or self.monotonic() - query.pressed > QUERY_LIFETIME:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        query.answered = True
        if text:
            self.noticed(Notice(account_id=query.account_id, text=text, alert=alert))
        self.changed(query.chat_id)

    def spinning(self, chat_id: int) -> set[tuple[int, int, int]]:
        """The presses of a chat that wait for an answer: message, row, column."""
        waiting = [query for query in self.queries.values() if query.chat_id == chat_id and not query.answered]
        return {(q.message_id, q.row, q.column) for q in waiting if self.monotonic() - q.pressed <= QUERY_LIFETIME}

    def block(self, account_id: int, blocked: bool) -> None:
        """The person blocks the bot, or lets it write again."""
        chat = self.chats[account_id]
        if not chat.started or chat.blocked == blocked:
            return
        chat.blocked = blocked
        statuses = ("member", "kicked") if blocked else ("kicked", "member")
        self._membership(chat, account_id, *statuses)
        self.changed(account_id)

    def open_group(self, title: str, account_id: int, *others: int) -> Chat:
        """`account_id` makes a group with `others` and adds the bot to it."""
        members = tuple(self.people[member] for member in (account_id, *others))
        chat = Chat(chat_id=-4_000_000_000 - len(self.chats), members=members, title=title, started=True)
        self.chats[chat.chat_id] = chat
        self._membership(chat, account_id, "left", "member")
        return chat

    def read(self, account_id: int) -> None:
        """The person has seen the chat."""
        if self.chats[account_id].unread:
            self.chats[account_id].unread = 0
            self.changed(account_id)

    # As the Bot API writes them.

    def user(self, account_id: int) -> dict[str, Any]:
        person = self.people[account_id]
        first, _, last = person.name.partition(" ")
        return {"id": account_id, "is_bot": False, "first_name": first, "last_name": last, "language_code": str(person.language)}

    def chat_as_api(self, chat: Chat) -> dict[str, Any]:
        if chat.chat_id < 0:
            return {"id": chat.chat_id, "type": "group", "title": chat.title}
        user = self.user(chat.chat_id)
        return {"id": chat.chat_id, "type": "private", "first_name": user["first_name"], "last_name": user["last_name"]}

    def as_api(self, chat: Chat, message: Message) -> dict[str, Any]:
        """The message as a `Message` object."""
        sender = self.bot_user if message.sender is None else self.user(message.sender)
        body: dict[str, Any] = {"message_id": message.message_id, "from": dict(sender), "chat": self.chat_as_api(chat)}
        body["date"] = int(message.date.timestamp())
        if message.edited is not None:
            body["edit_date"] = int(message.edited.timestamp())
        if message.document is None:
            body["text"] = message.text
        else:
            body["document"] = document_as_api(message.document)
            body |= {"caption": message.text} if message.text else {}
        if message.sender is not None and message.text.startswith("/"):
            body["entities"] = [{"type": "bot_command", "offset": 0, "length": len(message.text.split()[0])}]
        if message.keyboard is not None:
            body["reply_markup"] = dict(message.keyboard)
        return body

    def _membership(self, chat: Chat, account_id: int, old: str, new: str) -> None:
        body = {"chat": self.chat_as_api(chat), "from": self.user(account_id), "date": int(self.now().timestamp())}
        body["old_chat_member"] = member_as_api(self.bot_user, old)
        body["new_chat_member"] = member_as_api(self.bot_user, new)
        self.updates.put({"my_chat_member": body})
