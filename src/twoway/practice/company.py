"""Brings the organisations, the people and the partners of a world together."""

from collections.abc import Mapping

from twoway.practice.cast import Organisation, OwnAccount, Person, Population
from twoway.practice.characters import CHARACTERS, Character
from twoway.practice.clock import Calendar, Presence
from twoway.practice.dice import Dice
from twoway.practice.grammar import Phrases, organisations

# Where everybody answers below what they answer, and where all comments stand in one row.
NETWORK = "practice"
PAGES = "practice-pages"
PARTNERS = (
    ("marketsquare", "The Covered Market"), ("townlibrary", "Town Library"), ("harbourchoir", "Harbour Choir"),
    ("swimclub", "The Swimming Club"), ("allotments", "Allotment Society"), ("oldferry", "Friends of the Old Ferry"),
)  # fmt: skip


def organisation(place: int, setting: str, calendar: Calendar, dice: Dice) -> Organisation:
    """Return the organisation at a place: five characters take turns, and their names with them."""
    profiles = organisations(setting)
    character = CHARACTERS[place % len(CHARACTERS)]
    profile = profiles[place % len(profiles)]
    again = place // len(profiles)
    suffix = str(again + 1) if again else ""
    name = f"{profile['name']} {suffix}".strip()
    handle = profile["handle"] + suffix
    main = _account("main", handle, name, character, dice)
    site = profile["site"].replace(".", f"{suffix}.", 1)
    return Organisation(
        name=name, character=character, accounts=[main, *_others(main, character, dice)],
        presence=Presence(character.hours, calendar), site=site, brand=profile["brand"], profile=dict(profile),
    )  # fmt: skip


def _account(
    part: str, handle: str, name: str, character: Character, dice: Dice, **more: object
) -> OwnAccount:
    size = {"main": 1.0, "service": 0.2, "voice": 0.04, "bot": 0.005, "page": 0.5}[part]
    return OwnAccount(
        f"{'page' if part == 'page' else 'own'}-{handle}", PAGES if part == "page" else NETWORK, handle, name, name,
        followers=int(character.followers * size * dice.between(0.8, 1.25)), part=part,
        is_flat=part == "page", automatic=part == "bot", **more,  # type: ignore[arg-type]
    )  # fmt: skip


def _others(main: OwnAccount, character: Character, dice: Dice) -> list[OwnAccount]:
    handle, name = main.handle, main.name
    found = []
    if character.has_service_account:
        found.append(_account("service", f"{handle}care", f"{name} Service", character, dice))
    if character.has_voice_account:
        person = character.staff[0]
        first = person.partition(" ")[0]
        found.append(
            _account(
                "voice",
                f"{first.lower()}_{handle}",
                f"{first} from {name}",
                character,
                dice,
                person_name=person,
            )
        )
    if character.has_bot_account:
        found.append(_account("bot", f"{handle}bot", f"{name} Bot", character, dice))
    if character.has_page:
        found.append(_account("page", handle, name, character, dice))
    return found


def populate(
    size: int, dice: Dice, book: Phrases, foreign: Mapping[str, float], prefix: str
) -> dict[str, Population]:
    """Return the people of both networks; most are on the one where everybody talks."""
    return {
        network: Population(network, int(size * part), dice, book, dict(foreign), prefix)
        for network, part in ((NETWORK, 1.0), (PAGES, 0.3))
    }


def partners(prefix: str) -> dict[str, list[Person]]:
    """Return neighbours of the organisations: independent, friendly, with something to share."""
    return {
        network: [
            Person(
                f"{prefix}{sort}-{handle}",
                network,
                handle,
                name,
                name,
                followers=2_600 + 310 * n,
                role="partner",
                popular=True,
            )
            for n, (handle, name) in enumerate(PARTNERS)
        ]
        for network, sort in ((NETWORK, "partner"), (PAGES, "neighbour"))
    }
