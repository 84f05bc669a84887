"""What the bot may send, change and delete: each refusal in Telegram's words, as python-telegram-bot reads them."""

from datetime import timedelta

import pytest
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup, ReplyKeyboardRemove, ReplyParameters
from telegram.error import BadRequest, Forbidden

from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import Clocks, refusal

NO_ACTION = "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"


def keys(*rows: list[tuple[str, str]]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(text, callback_data=data) for text, data in row] for row in rows])


async def test_sends_text_with_a_keyboard(sandbox: Sandbox, bot: Bot, person: int) -> None:
    sent = await bot.send_message(person, "  Kven gjeld det?\r\n", reply_markup=keys([("Meg", "me")], [("Barnet mitt", "child")]))
    assert sent.text == "Kven gjeld det?"
    assert sent.reply_markup is not None
    assert [[key.callback_data for key in row] for row in sent.reply_markup.inline_keyboard] == [["me"], ["child"]]
    assert sandbox.chats.chats[person].unread == 1


@pytest.mark.parametrize("length", [1, 4096])
async def test_text_within_the_limit_is_sent(bot: Bot, person: int, length: int) -> None:
    assert (await bot.send_message(person, "å" * length)).text == "å" * length


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Message text is empty"),
        (" \n\t ", "Message text is empty"),
        ("å" * 4097, "Message is too long"),
        ("😀" * 2049, "Message is too long"),
    ],
)
async def test_text_outside_the_limit_is_refused(bot: Bot, person: int, text: str, words: str) -> None:
    with pytest.raises(BadRequest, match=f"^{words}$"):
        await bot.send_message(person, text)


async def test_emoji_count_twice(bot: Bot, person: int) -> None:
    assert (await bot.send_message(person, "😀" * 2048)).text is not None


async def test_a_parse_mode_is_refused(bot: Bot, person: int) -> None:
    with pytest.raises(BadRequest, match="Unsupported parse_mode"):
        await bot.send_message(person, "*hei*", parse_mode="MarkdownV2")


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ({"inline_keyboard": [[{"text": "Ja", "callback_data": "x" * 65}]]}, "BUTTON_DATA_INVALID"),
        ({"inline_keyboard": [[{"text": "Ja", "callback_data": "å" * 33}]]}, "BUTTON_DATA_INVALID"),
        ({"inline_keyboard": [[{"text": "Ja", "callback_data": ""}]]}, NO_ACTION),
        ({"inline_keyboard": [[{"text": "Ja"}]]}, NO_ACTION),
        ({"inline_keyboard": [[{"callback_data": "a"}]]}, "can't parse inline keyboard button: Can't find field \"text\""),
        ({"inline_keyboard": [[{"text": " ", "callback_data": "a"}]]}, "inline keyboard button text must be non-empty"),
        ({"inline_keyboard": [{"text": "Ja", "callback_data": "a"}]}, 'field "inline_keyboard" must be an Array of Arrays'),
        ({"inline_keyboard": "Ja"}, 'field "inline_keyboard" must be of type Array'),
        (
            {"inline_keyboard": [[{"text": "Les", "url": "ftp://example.org"}]]},
            "inline keyboard button URL 'ftp://example.org' is invalid: Unsupported URL protocol",
        ),
        ({"inline_keyboard": [[{"text": "Les", "url": "http://"}]]}, "inline keyboard button URL 'http://' is invalid: Wrong HTTP URL"),
        ({"inline_keyboard": [[{"text": "a", "callback_data": "a"}] * 101]}, "reply markup is too long"),
        ({"keyboard": [[{"request_contact": True}]]}, "can't parse keyboard button: Can't find field \"text\""),
        ([], "object expected as reply markup"),
        ("{", "can't parse reply keyboard markup JSON object"),
    ],
)
async def test_a_wrong_keyboard_is_refused(sandbox: Sandbox, person: int, markup: object, words: str) -> None:
    assert await refusal(sandbox, "sendMessage", chat_id=person, text="Hei", reply_markup=markup) == f"Bad Request: {words}"


async def test_callback_data_of_64_bytes_is_accepted(bot: Bot, person: int) -> None:
    sent = await bot.send_message(person, "Hei", reply_markup=keys([("Ja", "å" * 32)]))
    assert sent.reply_markup is not None


async def test_a_reply_keyboard_is_shown_and_taken_away(sandbox: Sandbox, bot: Bot, person: int) -> None:
    await bot.send_message(person, "Vel", reply_markup=ReplyKeyboardMarkup([["Ja", "Nei"]], one_time_keyboard=True))
    shown = sandbox.chats.chats[person].reply_keyboard
    assert shown is not None
    assert [[key["text"] for key in row] for row in shown["keyboard"]] == [["Ja", "Nei"]]
    sandbox.chats.say(person, "Ja")
    assert sandbox.chats.chats[person].reply_keyboard is None
    await bot.send_message(person, "Vel", reply_markup=ReplyKeyboardMarkup([["Ja"]]))
    await bot.send_message(person, "Ferdig", reply_markup=ReplyKeyboardRemove())
    assert sandbox.chats.chats[person].reply_keyboard is None


async def test_a_bot_may_not_write_first(sandbox: Sandbox, bot: Bot) -> None:
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(next(iter(sandbox.chats.people)), "Hei")


@pytest.mark.parametrize("chat_id", [1, "@nobody_here"])
async def test_an_unknown_chat_is_not_found(bot: Bot, chat_id: int | str) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(chat_id, "Hei")


async def test_a_blocked_bot_may_not_write_until_it_is_let_in(sandbox: Sandbox, bot: Bot, person: int) -> None:
    sandbox.chats.block(person, True)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(person, "Hei")
    sandbox.chats.block(person, False)
    assert (await bot.send_message(person, "Hei")).text == "Hei"
    statuses = [update.my_chat_member.new_chat_member.status for update in await bot.get_updates() if update.my_chat_member]
    assert statuses == ["kicked", "member"]


async def test_an_edit_changes_text_and_keyboard(sandbox: Sandbox, bot: Bot, person: int) -> None:
    sent = await bot.send_message(person, "Kjem du?", reply_markup=keys([("Ja", "yes")]))
    edited = await bot.edit_message_text("Du kjem.", person, sent.message_id)
    assert not isinstance(edited, bool)
    assert edited.text == "Du kjem."
    assert edited.reply_markup is None
    assert edited.edit_date is not None


async def test_the_same_again_is_not_modified(sandbox: Sandbox, bot: Bot, person: int) -> None:
    sandbox.limits.on = False
    markup = keys([("Ja", "yes")])
    sent = await bot.send_message(person, "Kjem du?", reply_markup=markup)
    words = "^Message is not modified: specified new message content and reply markup are exactly the same as a current content"
    with pytest.raises(BadRequest, match=words):
        await bot.edit_message_text("Kjem du?", person, sent.message_id, reply_markup=markup)
    with pytest.raises(BadRequest, match=words):
        await bot.edit_message_reply_markup(person, sent.message_id, reply_markup=markup)
    await bot.edit_message_reply_markup(person, sent.message_id)
    with pytest.raises(BadRequest, match=words):
        await bot.edit_message_reply_markup(person, sent.message_id)


async def test_what_cannot_be_edited_is_refused(sandbox: Sandbox, bot: Bot, person: int) -> None:
    sandbox.limits.on = False
    own = sandbox.chats.say(person, "Hei")
    file = await bot.send_document(person, b"BEGIN:VCALENDAR", filename="møte.ics")
    sent = await bot.send_message(person, "Hei")
    for number, text, words in (
        (9999, "Nytt", "Message to edit not found"),
        (own.message_id, "Nytt", "Message can't be edited"),
        (file.message_id, "Nytt", "There is no text in the message to edit"),
        (sent.message_id, "å" * 4097, "Message_too_long"),
    ):
        with pytest.raises(BadRequest, match=words):
            await bot.edit_message_text(text, person, number)
    keyboard = {"keyboard": [["Ja"]]}
    words = await refusal(sandbox, "editMessageReplyMarkup", chat_id=person, message_id=sent.message_id, reply_markup=keyboard)
    assert words == "Bad Request: inline keyboard expected"


async def test_a_message_can_be_deleted_for_48_hours(sandbox: Sandbox, bot: Bot, person: int, clocks: Clocks) -> None:
    sent = [(await bot.send_message(person, f"Nummer {n}")).message_id for n in range(3)]
    clocks.turn(timedelta(hours=48))
    assert await bot.delete_message(person, sent[0])
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(person, sent[0])
    clocks.turn(timedelta(seconds=1))
    with pytest.raises(BadRequest, match="Message can't be deleted for everyone"):
        await bot.delete_message(person, sent[1])
    shown = sandbox.chats.chats[person].messages
    assert [shown[number].deleted for number in sent] == [True, False, False]


async def test_several_messages_are_deleted_and_missing_ones_skipped(sandbox: Sandbox, bot: Bot, person: int) -> None:
    own = sandbox.chats.say(person, "Eit ord for mykje")
    sent = await bot.send_message(person, "Hei")
    assert await bot.delete_messages(person, [own.message_id, sent.message_id, 9999])
    assert all(sandbox.chats.chats[person].messages[number].deleted for number in (own.message_id, sent.message_id))


async def test_a_reply_needs_its_message(bot: Bot, person: int) -> None:
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(person, "Hei", reply_parameters=ReplyParameters(9999))
    loose = ReplyParameters(9999, allow_sending_without_reply=True)
    assert (await bot.send_message(person, "Hei", reply_parameters=loose)).text == "Hei"


async def test_a_document_comes_back_byte_for_byte(bot: Bot, person: int) -> None:
    content = b"\r\n--\x00\xff\r\nBEGIN:VCALENDAR\r\n"
    sent = await bot.send_document(person, content, filename="møte 4. mars.ics", caption="Møtet")
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.file_size, sent.caption) == ("møte 4. mars.ics", len(content), "Møtet")
    file = await bot.get_file(sent.document.file_id)
    assert bytes(await file.download_as_bytearray()) == content
    again = await bot.send_document(person, sent.document.file_id)
    assert again.document is not None
    assert again.document.file_unique_id == sent.document.file_unique_id


async def test_a_document_that_is_not_there_is_refused(sandbox: Sandbox, bot: Bot, person: int) -> None:
    with pytest.raises(BadRequest, match="File must be non-empty"):
        await bot.send_document(person, b"", filename="tom.txt")
    assert await refusal(sandbox, "sendDocument", chat_id=person) == "Bad Request: there is no document in the request"
    with pytest.raises(BadRequest, match="Invalid file_id"):
        await bot.get_file("nothing")


async def test_the_bot_describes_itself_in_each_language(sandbox: Sandbox, bot: Bot, person: int) -> None:
    assert await bot.set_my_commands([BotCommand("help", "Hjelp")])
    assert await bot.set_my_commands([BotCommand("help", "Få hjelp")], language_code="nn")
    assert [command.description for command in await bot.get_my_commands(language_code="nn")] == ["Få hjelp"]
    assert sandbox.profile.commands_shown(person, "nn")[0]["description"] == "Få hjelp"
    assert sandbox.profile.commands_shown(person, "nb")[0]["description"] == "Hjelp"
    assert await bot.set_my_name("Solvik kommune", language_code="nn")
    assert (await bot.get_my_name(language_code="nn")).name == "Solvik kommune"
    assert (await bot.get_my_name()).name == "Samråd"
    assert await bot.set_my_description("Kva er dette?")
    assert (await bot.get_my_description("nb")).description == "Kva er dette?"
    assert await bot.set_my_short_description("Kort")
    with pytest.raises(BadRequest, match="Bot_command_invalid"):
        await bot.set_my_commands([BotCommand("Søk", "Søk")])


async def test_a_wrong_token_is_unauthorized_and_a_malformed_one_not_found(sandbox: Sandbox) -> None:
    assert await refusal(sandbox, "getMe", token="7000000002:" + "A" * 35) == "Unauthorized"
    assert await refusal(sandbox, "getMe", token="nonsense") == "Not Found"


async def test_a_method_that_does_not_exist_is_not_found(sandbox: Sandbox) -> None:
    assert await refusal(sandbox, "sendCake") == "Not Found: method not found"


async def test_every_supported_method_is_carried_out() -> None:
    from bot.sandbox.methods import Methods
    from bot.sandbox.parameters import FACTS

    missing = [name for name in FACTS if name != "getUpdates" and not hasattr(Methods, f"_{name}")]
    assert missing == []
