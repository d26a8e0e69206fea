"""Who is in the demonstration: all invented; numbers come from the range kept for fiction (555-01xx)."""

from dataclasses import dataclass

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
    """A practice with its people and patients."""

    key: str
    name: str
    text_name: str
    phone: str
    number: str
    time_zone: str
    state: str
    networks: tuple[str, ...]
    clinicians: tuple[tuple[str, str, str], ...]
    patients: tuple[Character, ...]


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
        clinicians=(
            ("Dana Whitfield", "2000000002", "PT"),
            ("Marcus Bell", "2000000010", "PT"),
            ("Priya Nair", "2000000028", "PTA"),
        ),
        patients=(
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
        clinicians=(
            ("Elena Marsh", "2000000036", "PT"),
            ("Tom Achterberg", "2000000044", "PT"),
            ("Noor Rahimi", "2000000051", "PTA"),
        ),
        patients=(
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
        clinicians=(
            ("Ruth Castellano", "2000000069", "PT"),
            ("Ben Okonkwo", "2000000077", "PT"),
            ("Sofia Lange", "2000000085", "PTA"),
        ),
        patients=(
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
    ),
)

NETWORKS = {
    "cin": ("Great Lakes Rehab CIN", "cin"),
    "ipa": ("Front Range Therapy IPA", "ipa"),
}

PAYERS = (
    ("Medicare Part B", "medicare"),
    ("Blue Harbor Health", "commercial"),
    ("Summit Advantage", "medicare_advantage"),
)
