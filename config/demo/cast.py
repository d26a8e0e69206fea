"""Who is in the demonstration: all invented; numbers come from the range kept for fiction (555-01xx)."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

PASSWORD = "daybook-demo-2026"


@dataclass(frozen=True)
class Character:
    """A patient and how they behave: the share of days answered, the course of pain, what else happens."""

    given: str
    family: str
    language: str
    condition: str
    side: str
    born: int
    answers: float
    pain_from: float
    pain_to: float
    style: str = "plain"
    turn: str = ""


@dataclass(frozen=True)
class House:
    """A practice with its sites, people and patients; `area_codes` give its patients' numbers."""

    key: str
    name: str
    text_name: str
    phone: str
    number: str
    time_zone: str
    state: str
    networks: tuple[str, ...]
    sites: tuple[str, ...]
    clinicians: tuple[tuple[str, str, str], ...]
    leads: tuple[Character, ...]
    patients: int
    area_codes: tuple[str, ...]


HOUSES: tuple[House, ...] = (
    House(
        key="lakeside",
        name="Lakeside Physical Therapy",
        text_name="Lakeside PT",
        phone="312-555-0100",
        number="+13125550100",
        time_zone="America/Chicago",
        state="IL",
        networks=("cin",),
        sites=("Main clinic", "North Shore"),
        clinicians=(
            ("Dana Whitfield", "2000000002", "PT"),
            ("Marcus Bell", "2000000010", "PT"),
            ("Priya Nair", "2000000028", "PTA"),
        ),
        leads=(
            Character("Rosa", "Delgado", "es", "knee", "left", 1958, 0.92, 7, 2, "spanish"),
            Character("Walter", "Brandt", "en", "knee", "right", 1949, 0.95, 6, 3),
            Character("Imani", "Okafor", "en", "shoulder", "right", 1984, 0.7, 5, 2, "words"),
            Character("Theodore", "Lindqvist-Vandermeer", "en", "hip", "left", 1951, 0.85, 6, 3, "messy"),
            Character("Grace", "Kowalski", "en", "back", "none", 1972, 0.8, 4, 7, turn="worse"),
            Character("Hector", "Salinas", "es", "shoulder", "left", 1966, 0.6, 6, 4, "spanish"),
            Character("June", "Abernathy", "en", "knee", "both", 1947, 0.9, 7, 4, turn="danger"),
            Character("Omar", "Haddad", "en", "neck", "none", 1990, 0.45, 5, 3, turn="silent"),
            Character("Peggy", "Sorensen", "en", "hip", "right", 1955, 0.88, 5, 1),
            Character("Luis", "Carrera", "es", "back", "none", 1979, 0.75, 6, 5, "spanish", turn="unclear"),
        ),
        patients=60,
        area_codes=("773",),
    ),
    House(
        key="harbor",
        name="Harbor & Main Therapy",
        text_name="Harbor Main PT",
        phone="716-555-0120",
        number="+17165550120",
        time_zone="America/New_York",
        state="NY",
        networks=("cin", "ipa"),
        sites=("Main clinic", "Waterfront"),
        clinicians=(
            ("Elena Marsh", "2000000036", "PT"),
            ("Tom Achterberg", "2000000044", "PT"),
            ("Noor Rahimi", "2000000051", "PTA"),
        ),
        leads=(
            Character("Beatrice", "Lowell", "en", "knee", "left", 1953, 0.93, 6, 2),
            Character("Samuel", "Adeyemi", "en", "back", "none", 1968, 0.82, 5, 3, "words"),
            Character("Marisol", "Fuentes", "es", "knee", "right", 1961, 0.9, 7, 3, "spanish"),
            Character("Kenji", "Watanabe", "en", "shoulder", "left", 1977, 0.55, 4, 3, turn="silent"),
            Character("Agnes", "Doyle", "en", "hip", "right", 1944, 0.97, 6, 2, turn="caregiver"),
            Character("Victor", "Pappas", "en", "neck", "none", 1986, 0.65, 5, 6, "messy", turn="worse"),
            Character("Lucille", "Fontaine", "en", "knee", "left", 1950, 0.87, 5, 2),
            Character("Ana", "Benitez", "es", "hip", "left", 1957, 0.8, 6, 3, "spanish"),
            Character("Dennis", "Crowley", "en", "back", "none", 1963, 0.5, 7, 7, turn="stopped"),
            Character("Yusra", "Saleh", "en", "shoulder", "right", 1981, 0.9, 5, 1),
        ),
        patients=55,
        area_codes=("585",),
    ),
    House(
        key="prairie",
        name="Prairie Motion Clinic",
        text_name="Prairie Motion",
        phone="303-555-0140",
        number="+13035550140",
        time_zone="America/Denver",
        state="CO",
        networks=("ipa",),
        sites=("Main clinic", "Foothills"),
        clinicians=(
            ("Ruth Castellano", "2000000069", "PT"),
            ("Ben Okonkwo", "2000000077", "PT"),
            ("Sofia Lange", "2000000085", "PTA"),
        ),
        leads=(
            Character("Harold", "Petersen", "en", "hip", "left", 1946, 0.94, 5, 2),
            Character("Consuelo", "Rivas", "es", "back", "none", 1970, 0.85, 6, 3, "spanish"),
            Character("Tamara", "Blythe", "en", "knee", "right", 1975, 0.78, 6, 4, "words"),
            Character("Frank", "Nowak", "en", "shoulder", "left", 1959, 0.6, 5, 5, "messy"),
            Character("Ines", "Quintero", "es", "knee", "left", 1964, 0.9, 7, 2, "spanish"),
            Character("Gordon", "Stubbs", "en", "back", "none", 1956, 0.4, 6, 6, turn="silent"),
            Character("Willa", "Hayes", "en", "neck", "none", 1988, 0.86, 4, 1),
            Character("Pavel", "Novotny", "en", "knee", "both", 1952, 0.9, 6, 3, turn="fall"),
            Character("Denise", "Archer", "en", "hip", "right", 1967, 0.83, 5, 2),
            Character("Caleb", "Thorne", "en", "shoulder", "right", 1993, 0.7, 4, 2, turn="unclear"),
        ),
        patients=50,
        area_codes=("720",),
    ),
    House(
        key="sonora",
        name="Sonora Valley Rehab",
        text_name="Sonora Rehab",
        phone="602-555-0160",
        number="+16025550160",
        time_zone="America/Phoenix",
        state="AZ",
        networks=("cin",),
        sites=("Main clinic",),
        clinicians=(
            ("Lucia Ortega", "2000000093", "PT"),
            ("Wes Harmon", "2000000101", "PT"),
            ("Kim Tran", "2000000119", "PTA"),
        ),
        leads=(
            Character("Guadalupe", "Mendoza", "es", "knee", "left", 1960, 0.93, 7, 2, "spanish"),
            Character("Earl", "Hutchins", "en", "back", "none", 1954, 0.7, 6, 4, "messy"),
            Character("Dolores", "Ibarra", "es", "hip", "right", 1949, 0.85, 6, 3, "spanish", turn="worse"),
            Character("Nadia", "Petrov", "en", "shoulder", "left", 1978, 0.8, 5, 2, "words"),
        ),
        patients=35,
        area_codes=("480",),
    ),
)

NETWORKS = {
    # The CIN is integrated and may look at outcomes by practice; the IPA is not, and its pages say so.
    "cin": ("Great Lakes Rehab CIN", "cin", "clinical_integration"),
    "ipa": ("Front Range Therapy IPA", "ipa", "pre_integration"),
}

PAYERS = (
    ("Medicare Part B", "medicare"),
    ("Blue Harbor Health", "commercial"),
    ("Summit Advantage", "medicare_advantage"),
)

_GIVEN = {
    "en": (
        "Alice",
        "Arthur",
        "Bernice",
        "Calvin",
        "Cora",
        "Curtis",
        "Delia",
        "Edith",
        "Elliot",
        "Faye",
        "Felix",
        "Gail",
        "Gus",
        "Hazel",
        "Irene",
        "Isaac",
        "Jasper",
        "Joan",
        "Keith",
        "Leona",
        "Lloyd",
        "Mabel",
        "Miles",
        "Nina",
        "Noel",
        "Opal",
        "Otis",
        "Pearl",
        "Quentin",
        "Rhea",
        "Roland",
        "Stella",
        "Tobias",
        "Una",
        "Vera",
        "Wade",
        "Yvonne",
        "Zachary",
    ),
    "es": (
        "Alma",
        "Bruno",
        "Carmen",
        "Diego",
        "Elvira",
        "Fermin",
        "Gloria",
        "Hugo",
        "Irma",
        "Joaquin",
        "Leticia",
        "Manuel",
        "Norma",
        "Pilar",
        "Ramon",
        "Silvia",
        "Teresa",
        "Vicente",
        "Ximena",
        "Yolanda",
    ),
}
_FAMILY = {
    "en": (
        "Ames",
        "Barlow",
        "Beck",
        "Cole",
        "Dalton",
        "Eads",
        "Finch",
        "Garner",
        "Holt",
        "Ingram",
        "Jarvis",
        "Keane",
        "Lund",
        "Marsh",
        "Nash",
        "Oakes",
        "Pratt",
        "Quinn",
        "Ross",
        "Stroud",
        "Thorpe",
        "Upton",
        "Vance",
        "Weir",
        "Yates",
    ),
    "es": (
        "Aguilar",
        "Bravo",
        "Campos",
        "Duarte",
        "Estrada",
        "Flores",
        "Galvan",
        "Herrera",
        "Juarez",
        "Lozano",
        "Medina",
        "Navarro",
        "Ochoa",
        "Pineda",
        "Rosales",
        "Soto",
        "Trejo",
        "Valdez",
        "Zamora",
    ),
}
_SIDES = ("left", "right")
# What happens to some of the other patients on the last days, by their place after the leads, in each
# practice: with the leads' turns about ten open alerts over the four practices, and rows set aside.
_EVENTS = {2: "question", 5: "aside", 8: "worse", 11: "silent", 14: "unclear", 17: "wrong"}
_EVENTS_OF_HOUSES = {
    "lakeside": (2, 5, 8, 11),
    "harbor": (2, 5, 8, 14),
    "prairie": (5, 11, 17),
    "sonora": (5, 8, 14),
}


@dataclass(frozen=True)
class Size:
    """How large the demonstration is: how many practices, whether beyond the named patients, how many days."""

    houses: tuple[House, ...]
    with_others: bool
    days: int


SMALL = Size(houses=HOUSES[:3], with_others=False, days=40)
FULL = Size(houses=HOUSES, with_others=True, days=75)


def cast_of(house: House, *, with_others: bool) -> list[Character]:
    """Return a practice's patients: the named leads, then as many others as it takes, the same every time."""
    if not with_others:
        return list(house.leads)
    return [*house.leads, *islice(_others(house), house.patients - len(house.leads))]


def _others(house: House) -> Iterator[Character]:
    luck = random.Random(house.key)  # noqa: S311 - invented people, no secret
    seen = {(each.given, each.family) for each in house.leads}
    events = {place: _EVENTS[place] for place in _EVENTS_OF_HOUSES[house.key]}
    while True:
        language = "es" if luck.random() < 0.3 else "en"
        name = (luck.choice(_GIVEN[language]), luck.choice(_FAMILY[language]))
        if name in seen:
            continue
        seen.add(name)
        condition = luck.choices(("knee", "hip", "shoulder", "back", "neck"), (35, 20, 20, 17, 8))[0]
        begin = luck.choice((4, 5, 6, 6, 7, 8))
        yield Character(
            given=name[0],
            family=name[1],
            language=language,
            condition=condition,
            side=luck.choice(_SIDES) if condition in {"knee", "hip", "shoulder"} else "none",
            born=luck.randint(1940, 1998),
            answers=luck.choice((0.35, 0.55, 0.7, 0.8, 0.85, 0.9, 0.95)),
            pain_from=begin,
            pain_to=max(0, begin - luck.choice((0, 1, 2, 3, 4, 5))),
            style="spanish"
            if language == "es"
            else luck.choice(("plain", "plain", "plain", "words", "messy")),
            turn=events.get(
                len(seen) - len(house.leads), luck.choices(("", "stopped", "left"), (90, 4, 6))[0]
            ),
        )
