"""Words each refusal code; {values} come with the refusal."""
from typing import Any, Protocol

from workshop.words import N_, _, spoken

SENTENCES = {
    "already_connected": N_("The page sent something the server does not understand. Reload the page."),
    "bad_ask": N_("Only gender, language and role can be asked."),
    "bad_block": N_("Choose from the list what kind of block it is."),
    "bad_call": N_("Give the address of the call as it opens in a browser (https://…), or a telephone number (tel:+51…)."),
    "bad_channel": N_("Say whether you are in the hall or far away."),
    "bad_choice": N_("That answer is not possible in this vote."),
    "bad_date": N_("Write the date like this: {example}"),
    "bad_day": N_("Write the dates as day, month, year."),
    "bad_declared": N_("Choose one of the answers, or none."),
    "bad_email": N_("That e-mail address does not look right."),
    "bad_envelope": N_("The page sent something the server does not understand. Reload the page."),
    "bad_file": N_("This file cannot be read back into a workshop; look at {where}."),
    "bad_message": N_("The page sent something the server does not understand. Reload the page."),
    "bad_payload": N_("The page sent something the server does not understand. Reload the page."),
    "bad_minutes": N_("Give the minutes as a number from 0 to {limit}."),
    "bad_video": N_("This is not a video that can be shown. Choose an MP4 or WebM file."),
    "bad_photo": N_("This is not a picture that can be shown. Choose a photo (JPEG, PNG or WebP)."),
    "bad_language": N_("Choose at least one of the languages."),
    "bad_privacy": N_("Choose how names are shown."),
    "bad_role": N_("Choose a role from the list."),
    "bad_section": N_("Choose what kind of sentence this is."),
    "bad_sign_in": N_("E-mail or password is not right."),
    "bad_days": N_("Choose from the list when the token is over."),
    "bad_time": N_("Give the hour like this: {example}"),
    "bad_token": N_("The program's token does not work: it is wrong, or has been ended."),
    "bad_voice": N_("This is not a recording that can be played here. Choose another one (M4A, MP3, OGG, WebM or WAV)."),
    "bad_zone": N_("That time zone is not known."),
    "binary_refused": N_("The page sent something the server does not understand. Reload the page."),
    "block_not_running": N_("“{title}” is not running now."),
    "block_running": N_("“{title}” has been started already."),
    "busy": N_("Many people are signing in just now. Try again in a moment."),
    "card_is_there": N_("This card is already on that board."),
    "column_closed": N_("That column takes no cards in this step."),
    "device_barred": N_("The facilitators have removed somebody from this workshop who was on this device. Talk to them."),
    "door_locked": N_("Entry is locked: nobody new can come in right now. Talk to the facilitators. "
                     "If you have been here before, use your own return code."),
    "draw_applied": N_("This draw has already been applied."),
    "draw_not_applied": N_("This draw has not been applied yet: nobody is late for it."),
    "draw_overtaken": N_("Another draw with some of these people was applied in the meantime. Draw again."),
    "email_taken": N_("There is an account with that e-mail already."),
    "empty": N_("Write something first."),
    "expired": N_("The page was open for too long. Here it is again, with what you wrote."),
    "form_over": N_("This can no longer be sent: too much time has passed, or somebody has come in or left on this device "
                   "since. Nothing was changed."),
    "field_choice": N_("“{field}”: choose one from the list."),
    "field_date": N_("“{field}”: write a year, a month or a day, like this: 2021, 2021-10 or 2021-10-12."),
    "field_link": N_("“{field}”: an address begins with https:// or mailto:"),
    "field_long": N_("“{field}”: at most {limit} characters; this has {length}."),
    "field_missing": N_("“{field}” is missing."),
    "file_too_big": N_("The file is too big: at most {limit} MB."),
    "forbidden": N_("Your role does not allow this."),
    "guessable_password": N_(
        "That password is easy to guess: it is your own name or a row of keys. Several words make a good one."),
    "id_reused": N_("This was already sent with different content. Reload the page."),
    "in_a_circle": N_("A card cannot hang under itself."),
    "left_room": N_("You are in another room now."),
    "later": N_("The server cannot save or show anything just now. Try again in a moment."),
    "link_over": N_("This link has been used, was taken back or is too old. Ask for a new one."),
    "may_not_create": N_("On this server only administrators can create workshops. Ask whoever looks after it."),
    "method_alias": N_("Line {line}: aliases, anchors and tags are not used in a method. Write it out in full."),
    "method_changed": N_(
        "This method was changed elsewhere in the meantime. What you wrote is here; save again to put it in its place."),
    "method_cycle": N_("The process comes back to itself: {method}."),
    "method_no_process": N_("This is one method, not a process of several."),
    "nobody_yet": N_("There is nobody yet for whom a badge could be printed."),
    "not_on_list": N_("That person is not on the list any more. Come in with your name."),
    "place_taken": N_("{name} is here already. If that is you, use your return code, or ask the facilitators."),
    "process_too_long": N_("At most {limit} rooms for a process."),
    "process_over": N_("This was the last part of the process."),
    "method_has_board": N_("The method brings a board and votes of its own. Take the columns and votes out, or choose no "
                           "method."),
    "method_is_process": N_("This is a process of several methods: make a room for each of its parts."),
    "method_key_taken": N_("There is already a method with the key “{key}”. Give yours another one."),
    "method_missing": N_("Something is missing in the method: {where}."),
    "method_no_column": N_("{where}: the board has no column “{column}”."),
    "method_no_label": N_("{where}: “{label}” has no words under “labels”."),
    "method_no_method": N_("{where}: there is no method “{method}”."),
    "method_no_vote": N_("{where}: “{vote}” is neither the board, nor the summary, nor a vote of this method."),
    "method_no_word": N_("{where}: the words in the language “{language}” are missing."),
    "method_not_yaml": N_(
        "Line {line}: this cannot be read as a method. Look at the spaces at the start of the line and at the colons."),
    "method_repeated": N_("{where}: “{key}” stands there twice."),
    "method_too_big": N_("A method has at most {limit} KB; this has {length}."),
    "method_too_many": N_("You have {limit} methods of your own; more cannot be kept."),
    "method_unknown_key": N_("A method has nothing called {where}."),
    "method_used": N_("Your process “{method}” needs this method. Take it out there first."),
    "method_wrong": N_("What stands at {where} in the method does not fit."),
    "name_missing": N_("Write a name."),
    "no_cookies": N_("This browser keeps no cookies: allow them for this page, or take another browser, and try again."),
    "nobody_chosen": N_("Choose at least one person."),
    "no_room_chosen": N_("Choose at least one room."),
    "no_seat": N_("Write at least one name."),
    "no_such_block": N_("That block is not in the programme any more."),
    "no_such_card": N_("That card is not on the board any more."),
    "no_such_column": N_("That column does not exist."),
    "no_such_site": N_("That place is not one of this workshop."),
    "no_such_delegation": N_("Choose a delegation from the list."),
    "no_such_field": N_("The cards of this board have nothing called “{field}”."),
    "no_such_file": N_("That photo or voice note is not there any more."),
    "no_such_kind": N_("There is no such activity."),
    "no_such_lane": N_("That lane does not exist."),
    "no_such_number": N_("There is no card {number}, or you cannot see it."),
    "no_such_page": N_("There is no such page."),
    "no_such_row": N_("That row does not exist."),
    "no_such_step": N_("There is no such step."),
    "not_for_programs": N_("A program's token does not work here: this page is for people who sign in."),
    "not_for_you": N_("This invitation is for another account. Sign in with that one."),
    "no_workshop_file": N_("This is not the file of an exported workshop (.json)."),
    "not_aside": N_("Put “{title}” aside first; then it can be deleted."),
    "not_for_this": N_("That cannot be done here."),
    "not_here": N_("You are not in this room, or it does not exist."),
    "not_now": N_("That does not belong to this step."),
    "not_on_team": N_("You are not on the team of that workshop."),
    "not_your_seat": N_("This device does not carry that person."),
    "not_yours": N_("Only its author can change this card."),
    "only_of_commitment": N_("Who and when are of a commitment. Choose that kind of sentence, or leave both empty."),
    "our_fault": N_("Something went wrong on our side, and this was not saved. Copy your text and tell the facilitator."),
    "over_budget": N_("You have {limit} dots in all."),
    "over_hearts": N_("You have {limit} hearts in all."),
    "over_hearts_card": N_("At most {limit} hearts on one card."),
    "over_item": N_("At most {limit} dots on one card."),
    "over_shared": N_("Your delegation has {limit} dots in all. Left: {left}."),
    "over_shared_item": N_("Your delegation puts at most {limit} on one card, and somebody of yours has put dots there."),
    "over_limit": N_("At most {limit} ideas from each person in this step."),
    "photo_not_shown": N_(
        "This photo is in a format that not every phone can show (HEIC). Take a screenshot of it and choose that; or in the "
        "settings of the camera choose “Most compatible” (iPhone) or JPEG and take it again."),
    "photo_too_large": N_("The photo has too many points: at most {limit} million."),
    "privacy_stands": N_("There are cards already: whether names are shown stays as it is."),
    "same_seat": N_("Choose another person."),
    "too_late_back": N_("This cannot be taken back any more."),
    "room_closed": N_("The room is closed."),
    "no_place": N_("This room is full: {limit} people. There are places in: room {others}."),
    "no_place_left": N_("This room is full: {limit} people, and so are the others. Tell the facilitators."),
    "room_full": N_("It is full: there is room for {limit} here."),
    "room_not_open": N_("The room is not open yet."),
    "room_put_aside": N_("This room is put aside. Bring it back first: on the page where the workshop is corrected."),
    "room_paused": N_("The facilitator has paused the room."),
    "sign_in_later": N_(
        "Too many wrong passwords. Try again in {minutes} min. It goes at once on a device on which you signed in before, "
        "over another network (mobile data), or with a link from whoever looks after the server."),
    "signed_out_link": N_("You are not signed in any more. Sign in, then open the link again."),
    "rules_clash": N_("These rules contradict each other: look at who is pinned, who stays together and who apart."),
    "short_password": N_("The password needs at least {limit} characters."),
    "signed_out": N_("You are signed out. Sign in in another tab of this browser and save again here."),
    "slow_down": N_("Too many tries. Wait a few minutes."),
    "stale": N_("Somebody else changed this meanwhile. Look at it and try again."),
    "stale_ballot": N_("Your vote was changed on another device. Look at it and try again."),
    "stale_steps": N_(
        "Somebody else changed the steps meanwhile. What you wrote is here; save again to put it in place of theirs."),
    "still_used": N_("“{name}” has people or rooms: move them first."),
    "step_closed": N_("This step does not allow that now."),
    "step_repeated": N_("Two steps have the same key."),
    "step_runs": N_("The step that runs cannot be taken out."),
    "time_over": N_("The time is over."),
    "too_big": N_("That is too much at once."),
    "too_few_people": N_("There are more rooms ({rooms}) than people ({people}). Choose fewer rooms."),
    "too_long": N_("At most {limit} characters; this has {length}."),
    "too_many_at_once": N_("A lot of people are coming in from here at once. Try again in {seconds} seconds, or tell the "
                          "facilitators."),
    "too_many_blocks": N_("A programme has at most {limit} blocks."),
    "too_many_columns": N_("A board has at most {limit} columns."),
    "too_many_expected": N_("The list holds at most {limit} people."),
    "too_many_files": N_("There is no room for more photos and voice notes: at most {limit}."),
    "too_many_groups": N_("Between 1 and {limit} groups."),
    "too_many_invitations": N_("There can be at most {limit} open invitations. Take some back first."),
    "too_many_pages": N_("This device is already waiting for several pages. Wait a moment until they are there."),
    "undo_over": N_("This can no longer be taken back here: more than ten seconds have passed, or somebody was faster."),
    "too_many_tokens": N_("At most {limit} tokens of programs. End some first."),
    "too_many_seats": N_("At most {limit} people on one device."),
    "unknown_event": N_("The page sent something the server does not understand. Reload the page."),
    "unknown_verb": N_("The page sent something the server does not understand. Reload the page."),
    "video_not_playable": N_("Many browsers cannot play this video. Save it as MP4 with H.264, then choose it again."),
    "no_file": N_("Choose a file first."),
    "voice_not_playable": N_(
        "This recording is in a format that browsers cannot play (AMR, 3GPP, CAF). In the settings of the recorder choose "
        "M4A or MP3 and record it again; or write down what it says."),
    "voice_too_long": N_("A voice note may last {limit} seconds; this one lasts longer. Record a shorter one, or several."),
    "voice_tells_who": N_("In this workshop nobody is to see who wrote, and a voice would tell. Write it down."),
    "who_are_you": N_("This device is not, or no longer, in the workshop. Talk to the facilitators."),
    "withdrawn": N_("That card was taken back."),
    "nothing_brought": N_("No programme was brought in that could be taken back."),
    "nothing_cleared": N_("There is nothing that could be brought back."),
    "trial_cleared": N_("That was a trial run, and the facilitators have cleared it. Come in again with the code."),
    "title_differs": N_("That is not the title of the workshop: “{title}”. Nothing was deleted."),
    "workshop_closed": N_("This workshop is over."),
    "workshop_deleted": N_("This workshop was deleted. Its owner can bring it back for seven days."),
    "wall_ended": N_("This address is no longer the wall's. The facilitators find the new one on their desk."),
    "wrong_code": N_("No workshop has that code. Look at it again: six letters and digits, never 0, O, 1, I or L."),
    "wrong_password": N_("The old password is not right."),
}
LATE = N_("It came late and is kept for the facilitator.")


class Refused(Protocol):
    """Describes what a sentence needs of a Refusal (domain/errors.py)."""

    code: str
    values: dict[str, Any]
    tray: str | None


def sentence(refusal: Refused) -> str:
    """Returns the sentence of a Refusal in the current language."""
    text = _(SENTENCES.get(refusal.code, refusal.code)).format_map(Known(refusal.values))
    return f"{text} {_(LATE)}" if refusal.tray else text


class Known(dict[str, Any]):
    """Fills a sentence: {es, fr, en} values in the current language; a missing one shows its name."""

    def __getitem__(self, name: str) -> Any:
        value = super().__getitem__(name)
        return spoken(value) if isinstance(value, dict) else value

    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"
